"""The form by which an officer says what a column of a table by area counts."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry
from linli.sheets.forms.conditions import ConditionsForm, conditions_shown


class FigureForm(ConditionsForm):
    """Conditions that must all hold, and whether records are counted or one of their numbers is added up."""

    total = forms.ChoiceField(label=_("What is put in"), required=False)

    def __init__(self, *args: Any, kind: str, figure: registry.Figure | None = None, **options: Any) -> None:
        """Offer the numbers of the kind, and show what the column counts now."""
        shown = conditions_shown(figure.where) | {"total": figure.total} if figure and figure.kind == kind else {}
        super().__init__(*args, kind=kind, initial=shown, **options)
        numbers = [one for one in registry.elements_of(kind).values() if one.type == "number"]
        added = [(one.code, _("the sum of “%(name)s”") % {"name": one.label}) for one in numbers]
        cast("dict[str, Any]", self.fields)["total"].choices = [("", _("how many there are")), *added]

    def figure(self) -> registry.Figure:
        """Return what was filled in."""
        return registry.Figure(self.kind, self.where(), self.cleaned_data["total"])
