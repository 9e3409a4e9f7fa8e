"""The form by which a standing ledger is begun from elements."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry
from linli.sheets.actions.ledger import LedgerDraft
from linli.sheets.forms import ScopeForm
from linli.sheets.rules.ledgers import LedgerColumn, key_of
from linli.sheets.rules.wording import KIND_OF_TABLE, usual_transform


class LedgerForm(ScopeForm):
    """Name, whom it means, which elements it says of each, for which purpose."""

    name = forms.CharField(label=_("Name of the ledger"), max_length=100)
    purpose = forms.ChoiceField(label=_("Purpose"), help_text=_("It bounds what may be filled; each look is recorded."))
    elements = forms.MultipleChoiceField(
        label=_("What it says of each"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one data element.")},
    )  # fmt: skip

    def __init__(
        self, *args: Any, kind: str, areas: list[tuple[int, str]], purposes: list[tuple[str, str]], **options: Any
    ) -> None:  # fmt: skip
        """Offer the elements of the kind and the purposes of the post."""
        super().__init__(*args, kind=KIND_OF_TABLE[kind], areas=areas, tags=[], **options)
        self.table, choose = kind, cast("dict[str, Any]", self.fields)
        known = registry.elements_of(KIND_OF_TABLE[kind])
        choose["elements"].choices = [(code, one.label) for code, one in known.items()]
        choose["purpose"].choices = purposes
        if not self.is_bound:
            self.initial["purpose"] = next((code for code, _label in purposes if code == "report"), "")

    def draft(self) -> LedgerDraft:
        """Return what was filled in."""
        said, kind = self.cleaned_data, KIND_OF_TABLE[self.table]
        known = registry.elements_of(kind)
        columns = [self._column(kind, known[code]) for code in known if code in said["elements"]]
        return LedgerDraft(said["name"], self.table, self.scope(), columns, said["purpose"])

    def _column(self, kind: str, element: registry.ElementInfo) -> LedgerColumn:
        path, transform = f"{kind}.{element.code}", usual_transform(element).as_data()
        return LedgerColumn(key_of(element.label, path, transform), element.label, path, transform)
