"""What the auditor may ask of the ledger, and what is proposed to be told later."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.trust.models import DisclosureClass
from linli.trust.rules.leaf import first_id_at


class LedgerFilter(forms.Form):
    """Who, what, about what, from when to when. Every field may stay empty."""

    person = forms.UUIDField(label=_("Account"), required=False)
    action = forms.CharField(label=_("Action"), required=False, max_length=40)
    object = forms.CharField(label=_("Object number"), required=False, max_length=100)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To the day"), required=False, widget=forms.DateInput({"type": "date"}))

    def condition(self) -> Q:
        """Return the filter as a condition on entries. Days are turned into ids: ids sort by time and are indexed."""
        given = self.cleaned_data
        condition = Q()
        for field, column in (("person", "person_id"), ("action", "action"), ("object", "object_id")):
            if given.get(field):
                condition &= Q(**{column: given[field]})
        if given.get("since"):
            condition &= Q(pk__gte=first_id_at(_midnight(given["since"])))
        if given.get("until"):
            condition &= Q(pk__lt=first_id_at(_midnight(given["until"] + timedelta(days=1))))
        return condition


class DeferralForm(forms.Form):
    """Looks of which unit, for which business, are told later, on which basis and for how long."""

    kind = forms.ChoiceField(label=_("Class and basis in law"))
    unit_id = forms.TypedChoiceField(label=_("Unit that looks"), coerce=int)
    case_ref = forms.CharField(label=_("Number of the business"), max_length=100)
    days = forms.IntegerField(label=_("Days until the person is told"), min_value=1, max_value=3650)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the classes of the county and its units."""
        super().__init__(*args, **kwargs)
        kinds, units = DisclosureClass.objects.order_by("code"), accounts.units()
        self.fields["kind"].choices = [(one.code, f"{one.name}: {one.basis}") for one in kinds]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [(one.id, one.name) for one in units]  # type: ignore[attr-defined]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
