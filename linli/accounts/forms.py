"""Forms of accounts."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.accounts import slots
from linli.accounts.models import Cover, Person, Post, Unit
from linli.accounts.queries.console import managed_units
from linli.accounts.queries.messages import channels_ready, units_looked_after
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.cover import MOST_AHEAD, MOST_DAYS
from linli.accounts.rules.phone import mobile_number
from linli.accounts.rules.refusals import BadPhoneError, WrongCodeError


class PhoneForm(forms.Form):
    """A mobile number, however it is typed."""

    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        error_messages={"required": _("Enter your mobile number so that we can send you a code.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        """Return the 11 digits."""
        number = mobile_number(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(BadPhoneError.sentence)
        return number


class CodeForm(forms.Form):
    """The six digits of the message."""

    code = forms.RegexField(
        label=_("Code"),
        regex=r"^\s*[0-9]{6}\s*$",
        max_length=12,
        error_messages={
            "required": _("Enter the six digits from the message."),
            "invalid": WrongCodeError.sentence,
        },
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "pattern": "[0-9]*"}),
    )


_CODE = RegexValidator(r"^[a-z][a-z0-9-]{1,38}$", _("Use 2 to 39 small letters, digits or hyphens, a letter first."))


class PersonForm(forms.Form):
    """A new member of staff."""

    username = forms.CharField(label=_("User name"), max_length=39, validators=[_CODE])
    name = forms.CharField(label=_("Person's name"), max_length=60)


class HoldingForm(forms.Form):
    """A post for somebody: which, in which unit, from when to when. The area is that of the unit."""

    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.order_by("name"), empty_label=None)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    valid_to = forms.DateField(
        label=_("Until and including"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = managed_units(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", _("The last day lies before the first. Check both days."))
        return cleaned


class UnitForm(forms.Form):
    """A new unit below an existing one, answering for the same area."""

    code = forms.CharField(label=_("Unit code"), max_length=39, validators=[_CODE])
    name = forms.CharField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"))
    parent = forms.ModelChoiceField(label=_("Belongs to"), queryset=Unit.objects.none(), empty_label=None)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(UNIT_KINDS.items())  # type: ignore[attr-defined]
        self.fields["parent"].queryset = managed_units(actor)  # type: ignore[attr-defined]


class PostForm(forms.Form):
    """What a post may do."""

    name = forms.CharField(label=_("Name"), max_length=100)
    capabilities = forms.MultipleChoiceField(label=_("May do"), required=False, widget=forms.CheckboxSelectMultiple)
    needs_second_factor = forms.BooleanField(label=_("Needs a second factor to sign in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(capability.code, capability.label) for capability in slots.capabilities.all()]
        kept = [(code, code) for code in self.initial.get("capabilities", []) if code not in dict(known)]
        self.fields["capabilities"].choices = known + kept  # type: ignore[attr-defined]


UNIT_KINDS = {
    "centre": _("County centre"),
    "department": _("Department"),
    "street": _("Street office"),
    "community": _("Community committee"),
    "team": _("Team"),
}


class NoticeAddressForm(forms.Form):
    """Where a unit is told of new work."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=None)
    channel = forms.ChoiceField(label=_("By"))
    address = forms.CharField(
        label=_("Number, mailbox or web address"),
        max_length=500,
        help_text=_("New events are told together, without what was said and by whom."),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """Offer the units of the area and the channels that are set up."""
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units_looked_after(actor)  # type: ignore[attr-defined]
        self.fields["channel"].choices = [(one.code, one.label) for one in channels_ready()]  # type: ignore[attr-defined]


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class ShiftForm(forms.Form):
    """Who is on duty on a day from when to when; an end that is not later than the beginning is on the next day."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person on duty"), empty_label=None)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    begins = forms.TimeField(label=_("From (time)"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    ends = forms.TimeField(
        label=_("Until (time)"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("An end before the beginning is on the next day."),
    )
    days = forms.IntegerField(label=_("So many days in a row"), min_value=1, max_value=14, initial=1)

    def __init__(self, *args: Any, people: "QuerySet[Person]", **options: Any) -> None:
        """Offer the people of the unit."""
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ShiftTimesForm(forms.Form):
    """From when to when a shift lasts."""

    starts_at = forms.DateTimeField(label=_("Begins"), widget=_moment())
    ends_at = forms.DateTimeField(label=_("Until"), widget=_moment())


class CoverForm(forms.Form):
    """Who covers for a holding, with what of it, from when until when, and why."""

    to = forms.ModelChoiceField(Person.objects.none(), label=_("Who covers"), empty_label=None)
    why = forms.ChoiceField(label=pgettext_lazy("of a cover", "Why"), choices=Cover.Why.choices)
    first = forms.DateField(label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    last = forms.DateField(
        label=_("Until and including"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    at = forms.TimeField(
        label=_("On that day until"), required=False, help_text=_("Empty: until midnight."),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )  # fmt: skip
    capabilities = forms.MultipleChoiceField(
        label=_("May do in their place"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Administration, emergency access and its review are never lent."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: "QuerySet[Person]", lendable: list[str], **options: Any) -> None:
        """Offer the colleagues and what may be lent, all of it chosen."""
        options["initial"] = {"capabilities": lendable, **options.get("initial", {})}
        super().__init__(*args, **options)
        labels = {one.code: one.label for one in slots.capabilities.all()}
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
        self.fields["capabilities"].choices = [(code, labels.get(code, code)) for code in lendable]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """Return what was said, as the action takes it."""
        given = self.cleaned_data
        last, at = given["last"], given["at"]
        day, hour = (last, at) if at else (last + timedelta(days=1), time.min)
        ends_at = timezone.make_aware(datetime.combine(day, hour))
        return {
            "to": given["to"].pk, "why": given["why"], "first": given["first"], "ends_at": ends_at,
            "capabilities": given["capabilities"],
        }  # fmt: skip


class CoverLimitsForm(forms.Form):
    """How long somebody may be covered for."""

    longest_days = forms.IntegerField(label=_("Days that a cover lasts at most"), min_value=1, max_value=MOST_DAYS)
    ahead_days = forms.IntegerField(label=_("Days that it is set ahead at most"), min_value=0, max_value=MOST_AHEAD)


class DutyAddressForm(forms.Form):
    """Where a person of the unit is told of new work while on duty."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person on duty"), empty_label=None)
    channel = forms.ChoiceField(label=_("By"))
    address = forms.CharField(label=_("Mobile number or mailbox"), max_length=200)

    def __init__(self, *args: Any, people: "QuerySet[Person]", **options: Any) -> None:
        """Offer the people of the unit and the channels to people."""
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        ready = [(one.code, one.label) for one in channels_ready() if one.takes != "url"]
        self.fields["channel"].choices = ready  # type: ignore[attr-defined]
