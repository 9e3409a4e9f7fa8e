"""Why many rows should leave as a file, and how that is decided."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """What so many rows are needed for."""

    reason = forms.CharField(
        label=_("What are so many rows needed for, and who gets the file?"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Somebody else reads it and decides by it."),
    )  # fmt: skip


class DecisionForm(forms.Form):
    """Whether an export of many rows leaves, and why."""

    allowed = forms.ChoiceField(
        label=_("May it leave?"), choices=[("1", _("Allow it")), ("0", _("Refuse it"))], widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who asked reads it."),
    )  # fmt: skip
