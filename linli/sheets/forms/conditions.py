"""Conditions over data elements as somebody fills them in: an element, how it is compared, with what."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry

CONDITIONS = 4


class ConditionsForm(forms.Form):
    """Up to four conditions over the data elements of one kind of record, which must all hold."""

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        """Offer the data elements of the kind."""
        super().__init__(*args, **options)
        self.kind, choose = kind, cast("dict[str, Any]", self.fields)
        elements = [("", "—"), *((code, one.label) for code, one in registry.elements_of(kind).items())]
        operators = [(code, words) for code, (words, _holds) in registry.TAG_OPERATORS.items()]
        for row in range(CONDITIONS):
            choose[f"element_{row}"] = forms.ChoiceField(label=_("Data element"), choices=elements, required=False)
            choose[f"operator_{row}"] = forms.ChoiceField(label=_("is compared"), choices=operators, required=False)
            choose[f"value_{row}"] = forms.CharField(label=_("with"), max_length=60, required=False)

    @property
    def conditions(self) -> list[list[forms.BoundField]]:
        """Return the fields of the conditions, row by row."""
        return [[self[f"{name}_{row}"] for name in ("element", "operator", "value")] for row in range(CONDITIONS)]

    def where(self) -> tuple[tuple[str, str, str], ...]:
        """Return the conditions that were filled in."""
        said = self.cleaned_data
        return tuple(
            (said[f"element_{row}"], said[f"operator_{row}"] or "is", said[f"value_{row}"].strip())
            for row in range(CONDITIONS) if said[f"element_{row}"]
        )  # fmt: skip


def conditions_shown(where: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Return conditions as the form shows them at first."""
    said: dict[str, Any] = {}
    for row, (element, operator, value) in enumerate(where[:CONDITIONS]):
        said |= {f"element_{row}": element, f"operator_{row}": operator, f"value_{row}": value}
    return said
