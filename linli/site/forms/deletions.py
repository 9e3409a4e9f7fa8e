"""The forms of deletions: a proposal, a decision, and how long something is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry
from linli.site.forms.desk import REQUIRED


class ProposeForm(forms.Form):
    """What is to be deleted of a record, and why."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(code, words) for code, words in registry.REASONS.items() if code != "retention"]
    )
    element = forms.ChoiceField(label=_("What is deleted"), required=False)
    words = forms.CharField(
        label=_("Why, in a sentence"), max_length=300, error_messages=REQUIRED,
        help_text=_("It stays in the entry for good: write no names and no numbers."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        """Offer the elements of the kind."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["element"]
        named = [(code, one.label) for code, one in registry.elements_of(kind).items()]
        field.choices = [("", _("the whole record")), *named]


class DecideForm(forms.Form):
    """Approved or not, and why."""

    approved = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1")
    words = forms.CharField(max_length=300, required=False)


class RetentionForm(forms.Form):
    """How long something is kept."""

    rule_id = forms.IntegerField()
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=1200)
    basis = forms.CharField(label=_("Basis"), max_length=200, error_messages=REQUIRED)
