"""The forms by which a standing ledger is begun from elements, and changed later."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry
from linli.sheets.actions.ledger import QUARTER, LedgerDraft
from linli.sheets.forms import ScopeForm, initial_of
from linli.sheets.models import StandingLedger
from linli.sheets.rules.ledgers import LedgerColumn, columns_from, key_of
from linli.sheets.rules.scopes import scope_of
from linli.sheets.rules.transforms import made
from linli.sheets.rules.wording import KIND_OF_TABLE, usual_transform

LONGEST_NAME, MOST_BY_HAND, LONGEST_KEPT = 60, 20, 730


class LedgerForm(ScopeForm):
    """Name, whom it means, which elements it says of each, what hands fill beside them, for which purpose."""

    name = forms.CharField(label=_("Name of the ledger"), max_length=100)
    purpose = forms.ChoiceField(label=_("Purpose"), help_text=_("It bounds what may be filled; each look is recorded."))
    elements = forms.MultipleChoiceField(
        label=_("What it says of each"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one data element.")},
    )  # fmt: skip
    by_hand = forms.CharField(
        label=_("Columns that a hand fills"), required=False, max_length=MOST_BY_HAND * LONGEST_NAME,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One name a line; no data element stands behind them."),
    )  # fmt: skip
    keeps_days = forms.IntegerField(
        label=_("Days for which what was typed is carried over"), min_value=1, max_value=LONGEST_KEPT, initial=QUARTER,
        required=False,
    )  # fmt: skip

    def __init__(
        self, *args: Any, kind: str, areas: list[tuple[int, str]], purposes: list[tuple[str, str]],
        ledger: StandingLedger | None = None, **options: Any,
    ) -> None:  # fmt: skip
        """Offer the elements of the kind and the purposes of the post; of a ledger that is kept, what it has first."""
        super().__init__(
            *args, kind=KIND_OF_TABLE[kind], areas=areas, tags=[], initial=_shown(ledger) if ledger else None, **options
        )
        self.table, choose = kind, cast("dict[str, Any]", self.fields)
        del choose["words"]
        self.kept = [one for one in columns_from(ledger.columns) if one.element] if ledger else []
        self.hands = {one.label: one for one in columns_from(ledger.columns) if not one.element} if ledger else {}
        known = registry.elements_of(KIND_OF_TABLE[kind])
        paths = {one.element for one in self.kept}
        offered = [(code, one.label) for code, one in known.items() if f"{self.kind}.{code}" not in paths]
        choose["elements"].choices = [*((one.key, one.label) for one in self.kept), *offered]
        choose["purpose"].choices = purposes
        if not ledger:
            self.initial["purpose"] = next((code for code, _label in purposes if code == "report"), "")

    def clean(self) -> dict[str, Any]:
        """Keep no words: a ledger means whom its conditions mean."""
        return {**(super().clean() or {}), "words": ""}

    def draft(self) -> LedgerDraft:
        """Return what was filled in; columns that were there keep their name and conversion."""
        said = self.cleaned_data
        known, kept = registry.elements_of(self.kind), {one.key: one for one in self.kept}
        chosen = [kept[one] if one in kept else self._column(known[one]) for one in said["elements"]]
        names = dict.fromkeys(line.strip()[:LONGEST_NAME] for line in said["by_hand"].splitlines())
        hands = [self.hands.get(name) or self._by_hand(name) for name in names if name]
        columns = [*chosen, *hands[:MOST_BY_HAND]]
        return LedgerDraft(
            said["name"], self.table, self.scope(), columns, said["purpose"], said["keeps_days"] or QUARTER
        )

    def _by_hand(self, name: str) -> LedgerColumn:
        return LedgerColumn(key_of(name, "", {}), name, "", made("blank").as_data())

    def _column(self, element: registry.ElementInfo) -> LedgerColumn:
        path, transform = f"{self.kind}.{element.code}", usual_transform(element).as_data()
        return LedgerColumn(key_of(element.label, path, transform), element.label, path, transform)


def _shown(ledger: StandingLedger) -> dict[str, Any]:
    """Return a ledger as the form shows it."""
    columns = columns_from(ledger.columns)
    return initial_of(scope_of(ledger.scope)) | {
        "name": ledger.name, "purpose": ledger.purpose, "keeps_days": ledger.keeps_days,
        "elements": [one.key for one in columns if one.element],
        "by_hand": "\n".join(one.label for one in columns if not one.element),
    }  # fmt: skip
