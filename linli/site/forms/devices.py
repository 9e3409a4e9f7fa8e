"""The forms of the register of devices: what a device is, and the words of each step in its life."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.site.forms.desk import REQUIRED, LongSelect
from linli.trust import api as trust

DAY = {"type": "date"}


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DeviceForm(forms.Form):
    """One device: what, where, whose, why, how to do without it."""

    name = forms.CharField(
        label=_("Name of the device"), max_length=80, error_messages=REQUIRED,
        help_text=_("As people know it: South gate, door of building 3."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind"), help_text=_("One that reads bodies needs another way in and an assessment.")
    )
    unit_id = forms.TypedChoiceField(
        label=_("Unit that answers for it"), coerce=int, widget=LongSelect,
        help_text=_("Residents are told its name; objections are checked with it."),
    )  # fmt: skip
    operator = forms.CharField(
        label=_("Who runs it"), max_length=100, error_messages=REQUIRED, help_text=_("Such as the property company.")
    )
    division_id = forms.TypedChoiceField(label=_("Community"), coerce=int, widget=LongSelect)
    address = forms.CharField(label=_("Where exactly"), max_length=200, error_messages=REQUIRED)
    place = forms.ChoiceField(label=_("Kind of place"), help_text=_("In private spaces none may stand."))
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        help_text=_("From the register of activities; it names the data that are needed."),
    )
    necessity = forms.CharField(
        label=_("Why it is needed"), required=False, max_length=2000, widget=_text(),
        help_text=_("What happened, what was tried, why less would not do."),
    )  # fmt: skip
    alternative = forms.CharField(
        label=_("How people get in without it"), required=False, max_length=2000, widget=_text(),
        help_text=_("A card, a code, a guard: at any hour, without giving reasons. Needed where bodies are read."),
    )  # fmt: skip
    retention_days = forms.IntegerField(label=_("Days that records are kept"), min_value=1, max_value=3650, initial=7)
    people = forms.IntegerField(
        label=_("People whose features it stores"), min_value=0, max_value=100_000_000, initial=0, required=False
    )
    filed_as = forms.CharField(
        label=_("Number of the filing"), required=False, max_length=100,
        help_text=_("Needed from 100,000 people on."),
    )  # fmt: skip
    signs = forms.CharField(
        label=_("Signs on site"), required=False, max_length=2000, widget=_text(2),
        help_text=_("Where they hang and what they say: who, why, how long, whom to call."),
    )  # fmt: skip

    def __init__(self, data: Any, *, actor: accounts.Actor, activities: Any, initial: Any = None) -> None:
        """Offer the kinds of the policy, the units and communities of who writes, the activities of the register."""
        super().__init__(data, initial=initial)
        fields: Any = self.fields
        policy = trust.ask_less_in_force()
        fields["kind"].choices = [(code, one.name) for code, one in policy.kinds.items()]
        fields["place"].choices = [(code, one.name) for code, one in policy.places.items()]
        fields["unit_id"].choices = _units(actor)
        fields["division_id"].choices = areas_of(actor)
        fields["purpose"].choices = [(one.code, str(one.name)) for one in activities]

    def draft(self) -> trust.DeviceDraft:
        """Return what was written."""
        return trust.DeviceDraft(**{**self.cleaned_data, "people": self.cleaned_data["people"] or 0})


class DeviceStepForm(forms.Form):
    """Words and a day for a decision, a closing or a removal."""

    words = forms.CharField(
        label=_("Conditions, or why"), required=False, max_length=2000, widget=_text(),
        help_text=_("Everybody reads the conditions on the public page."),
    )  # fmt: skip
    review_on = forms.DateField(
        label=_("Reviewed by"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_("After that day it is closed. Empty: the longest time the county allows."),
    )  # fmt: skip


class DeviceFilter(forms.Form):
    """Which area, kind and state."""

    area = forms.TypedChoiceField(label=_("Area"), coerce=int, required=False, empty_value=None, widget=LongSelect)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, data: Any, *, areas: list[tuple[int, str]]) -> None:
        """Offer the areas and the kinds."""
        super().__init__(data)
        fields: Any = self.fields
        fields["area"].choices = [("", _("all")), *areas]
        kinds = trust.ask_less_in_force().kinds.items()
        fields["kind"].choices = [("", _("all")), *((code, one.name) for code, one in kinds)]


def areas_of(actor: accounts.Actor) -> list[tuple[int, str]]:
    """Return the streets and communities of somebody's areas, by code."""
    ids = {below for held in actor.holdings for below in regions.descendants(held.division_id)}
    found = sorted((regions.division(one) for one in ids), key=lambda one: one.code)
    return [(one.id, one.name) for one in found if one.is_current and one.level >= regions.Level.STREET]


def _units(actor: accounts.Actor) -> list[tuple[int, str]]:
    own = actor.unit_ids
    areas = {below for held in actor.holdings for below in regions.descendants(held.division_id)}
    rows = [one for one in accounts.units() if one.is_open and (one.id in own or one.division_id in areas)]
    return [(one.id, one.name) for one in sorted(rows, key=lambda one: (one.id not in own, one.code))]
