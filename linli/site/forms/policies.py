"""The form with the numbers of a policy, and the day from which a version holds."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.site.rules.policies import numbers_of


class PolicyForm(forms.Form):
    """One field for each number of a policy, and why it is changed."""

    def __init__(self, kind: str, content: Mapping[str, Any], data: Any = None) -> None:
        """Make the fields of this kind of policy."""
        super().__init__(data, prefix=kind)
        for number in numbers_of(kind, content):
            self.fields[number.path] = forms.FloatField(
                label=number.label, initial=number.value, min_value=0, max_value=10_000,
                widget=forms.NumberInput(attrs={"step": "any"}),
            )  # fmt: skip
        self.fields["words"] = forms.CharField(label=_("Why it is changed"), max_length=300)

    def numbers(self) -> dict[str, float]:
        """Return the numbers by path."""
        return {path: value for path, value in self.cleaned_data.items() if path != "words"}


class SinceForm(forms.Form):
    """From which day a version holds; empty means from now on."""

    since = forms.DateField(
        label=_("Holds from"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: from now on."),
    )  # fmt: skip
