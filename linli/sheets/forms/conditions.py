"""Conditions over data elements as somebody fills them in: an element, how it is compared, with what."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry
from linli.sheets.rules.condition_words import from_words, in_words

CONDITIONS, PARTS = 4, ("element", "operator", "value")


class ConditionsForm(forms.Form):
    """Up to four conditions over the data elements of one kind of record, which must all hold."""

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        """Offer the data elements of the kind."""
        super().__init__(*args, **options)
        self.kind, choose = kind, cast("dict[str, Any]", self.fields)
        self.known = registry.elements_of(kind)
        elements = [("", "—"), *((code, one.label) for code, one in self.known.items())]
        operators = [(code, words) for code, (words, _holds) in registry.TAG_OPERATORS.items()]
        for row in range(CONDITIONS):
            choose[f"element_{row}"] = forms.ChoiceField(label=_("Data element"), choices=elements, required=False)
            choose[f"operator_{row}"] = forms.ChoiceField(label=_("is compared"), choices=operators, required=False)
            choose[f"value_{row}"] = forms.CharField(label=_("with"), max_length=60, required=False)
            for name in PARTS:
                field = choose[f"{name}_{row}"]
                words = {"number": row + 1, "what": field.label}
                field.widget.attrs["aria-label"] = _("Condition %(number)d: %(what)s") % words
            if value := self.initial.get(f"value_{row}"):
                self.initial[f"value_{row}"] = in_words(self.known.get(self.initial[f"element_{row}"]), value)

    @property
    def conditions(self) -> list[list[forms.BoundField]]:
        """Return the fields of the conditions that are filled in, row by row, and of an empty one."""
        return self._rows(range(self._shown()))

    @property
    def further_conditions(self) -> list[list[forms.BoundField]]:
        """Return the fields of the others."""
        return self._rows(range(self._shown(), CONDITIONS))

    def _shown(self) -> int:
        said = [row for row in range(CONDITIONS) if any(self[f"{name}_{row}"].errors for name in PARTS)
                or self[f"element_{row}"].value()]  # fmt: skip
        return min(CONDITIONS, max(said, default=-1) + 2)

    def _rows(self, rows: Iterable[int]) -> list[list[forms.BoundField]]:
        return [[self[f"{name}_{row}"] for name in PARTS] for row in rows]

    def where(self) -> tuple[tuple[str, str, str], ...]:
        """Return the conditions that were filled in."""
        said = self.cleaned_data
        return tuple(
            (code, said[f"operator_{row}"] or "is", from_words(self.known.get(code), said[f"value_{row}"].strip()))
            for row in range(CONDITIONS) if (code := said[f"element_{row}"])
        )  # fmt: skip


def conditions_shown(where: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Return conditions as the form shows them at first."""
    said: dict[str, Any] = {}
    for row, (element, operator, value) in enumerate(where[:CONDITIONS]):
        said |= {f"element_{row}": element, f"operator_{row}": operator, f"value_{row}": value}
    return said
