"""The forms of who answers for data and within how many days."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange.forms.sharing import DAY, REQUIRED
from linli.exchange.rules import wording


class _FromDay(forms.Form):
    """From which day on it holds."""

    from_on = forms.DateField(
        label=_("Begins on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), error_messages=REQUIRED
    )


class OwnerForm(_FromDay):
    """Which unit answers for an owner department."""

    owner = forms.ChoiceField(label=_("Owner in the dictionary"), error_messages=REQUIRED)
    unit = forms.TypedChoiceField(label=_("Unit that answers"), coerce=int, required=False, empty_value=None)
    field_order = ("owner", "unit", "from_on")

    def __init__(self, *args: Any, owners: list[str], **kwargs: Any) -> None:
        """Offer the owners that the dictionary names, and the units that work."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].choices = [("", _("choose an owner")), *((one, one) for one in owners)]
        fields["unit"].choices = [("", _("the one known by its name")), *((u.id, u.name) for u in accounts.units())]


class LimitForm(_FromDay):
    """Within how many working days an answer is owed."""

    code = forms.ChoiceField(label=_("Answer"), choices=list(wording.LIMITS.items()))
    days = forms.IntegerField(label=_("Working days"), min_value=1, max_value=90, error_messages=REQUIRED)
    field_order = ("code", "days", "from_on")
