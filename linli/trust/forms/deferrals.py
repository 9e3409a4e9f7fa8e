"""Looks that a law lets be told later."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.trust.models import DisclosureClass


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
