"""The form of the terms of rights."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.trust.models.right import Kind
from linli.trust.queries.right_terms import right_terms
from linli.trust.rules.right_terms import LONGEST, MOST_DAYS


class RightTermsForm(forms.Form):
    """Working days and basis of each right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the terms in force."""
        super().__init__(*args, **kwargs)
        for kind, term in right_terms().items():
            label, initial = Kind(kind).label, term
            self.fields[f"{kind}_days"] = forms.IntegerField(
                label=format_lazy("{} · {}", label, _("working days")), min_value=1, max_value=MOST_DAYS,
                initial=initial.days,
            )  # fmt: skip
            self.fields[f"{kind}_basis"] = forms.CharField(
                label=format_lazy("{} · {}", label, _("on what basis")), max_length=LONGEST, initial=initial.basis
            )

    @property
    def content(self) -> dict[str, Any]:
        """Return what was entered, by right."""
        said = self.cleaned_data
        return {kind: {"days": said[f"{kind}_days"], "basis": said[f"{kind}_basis"]} for kind in Kind.values}
