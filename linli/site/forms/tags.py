"""The form that defines a tag: name, purpose, area, grade, expiry, and a rule of up to three conditions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry
from linli.site.forms.desk import REQUIRED

ROWS = 3
GRADES = [(grade, str(grade)) for grade in (1, 2, 3, 4)]
JOINS = [("and", _("all of them hold")), ("or", _("one of them holds"))]


class TagForm(forms.Form):
    """A tag. Without a condition it is given by hand."""

    name = forms.CharField(label=_("Name"), max_length=40, error_messages=REQUIRED)
    purpose = forms.CharField(label=_("Purpose"), max_length=200, error_messages=REQUIRED)
    division = forms.TypedChoiceField(label=_("Area"), coerce=int, error_messages=REQUIRED)
    grade = forms.TypedChoiceField(label=_("Grade"), coerce=int, choices=GRADES, initial=2)
    expires_on = forms.DateField(
        label=_("Expires on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    join = forms.ChoiceField(label=_("It is given where"), choices=JOINS)

    def __init__(self, *args: Any, kind: str, areas: list[tuple[int, str]], **options: Any) -> None:
        """Fill the areas and the elements of the kind."""
        super().__init__(*args, **options)
        self.kind = kind
        self.fields["division"].choices = areas  # type: ignore[attr-defined]
        elements = [("", "—"), *((code, one.label) for code, one in registry.elements_of(kind).items())]
        operators = [(code, words) for code, (words, _holds) in registry.TAG_OPERATORS.items()]
        for row in range(ROWS):
            self.fields[f"element_{row}"] = forms.ChoiceField(label=_("Data element"), choices=elements, required=False)
            self.fields[f"operator_{row}"] = forms.ChoiceField(
                label=_("is compared"), choices=operators, required=False
            )
            self.fields[f"value_{row}"] = forms.CharField(label=_("with"), max_length=60, required=False)

    @property
    def conditions(self) -> list[list[forms.BoundField]]:
        """Return the fields of the rule, row by row."""
        return [[self[f"{name}_{row}"] for name in ("element", "operator", "value")] for row in range(ROWS)]

    def draft(self) -> registry.TagDraft:
        """Return what was filled in."""
        said = self.cleaned_data
        parts = [
            [said[f"element_{row}"], said[f"operator_{row}"] or "is", said[f"value_{row}"]]
            for row in range(ROWS) if said[f"element_{row}"]
        ]  # fmt: skip
        return registry.TagDraft(
            kind=self.kind, name=said["name"], purpose=said["purpose"], division_id=said["division"],
            grade=said["grade"], expires_on=said["expires_on"],
            rule={"join": said["join"], "parts": parts} if parts else None,
        )  # fmt: skip
