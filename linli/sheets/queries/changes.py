"""What is new in a ledger since an issue, row by row, as a page and as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets.models import Issue, StandingLedger
from linli.sheets.queries.ledgers import Standing, ids_in, said_in, standing_of, told_since
from linli.sheets.rules.ledgers import CellChange, Changes, changes_between, columns_from
from linli.trust import slots as trust

CAME, WENT, CHANGED = "came", "went", "changed"
CODE = "sheets.ledger_changes"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that came, left or changed: who, and its cells before and now."""

    entity_id: UUID
    kind: str
    who: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class LedgerChanges:
    """All that is new since an issue, with the rows as they stand and the names of the columns by key."""

    changes: Changes
    standing: Standing
    before: Mapping[UUID, Mapping[str, str]]
    labels: Mapping[str, str]


def changes_since(
    ledger: StandingLedger, issue: Issue, *, by: accounts.Actor, now: datetime, for_export: bool = False
) -> LedgerChanges:
    """Return what is new since an issue; everybody read stands in the ledger of use.

    Only who came, and those of whom something was told since, are read: the others say what they said. Raises
    NotAllowed, PurposeMissingError, WishRefusedError.
    """
    ids, noted = ids_in(ledger, by=by, now=now), set(issue.cells.values_list("entity_id", flat=True))
    came, there = [one for one in ids if one not in noted], [one for one in ids if one in noted]
    moved = told_since(ledger, there, issue.at, now)
    standing = standing_of(ledger, [*came, *moved], by=by, now=now, for_export=for_export)
    before = said_in(issue, [*moved, *(noted - set(ids))])
    labels = {one.key: one.label for one in columns_from(ledger.columns)}
    return LedgerChanges(changes_between(before, standing.rows), standing, before, labels)


def rows_changed(found: LedgerChanges) -> list[RowChange]:
    """Return the rows that came, then those that changed, then those that left."""
    now, before = found.standing.rows, found.before
    came = [RowChange(key, CAME, _who(now[key]), ()) for key in found.changes.came]
    changed = [RowChange(key, CHANGED, _who(now[key]), cells) for key, cells in found.changes.cells.items()]
    return [*came, *changed, *(RowChange(key, WENT, _who(before[key]), ()) for key in found.changes.went)]


def leaving_with(ledger: StandingLedger, found: LedgerChanges) -> trust.Leaving:
    """Return the differences as lines of a file: what happened, to whom, in which column, before and now."""
    words = {CAME: _("came in"), WENT: _("went out"), CHANGED: _("cells changed")}
    lines: list[list[str]] = []
    for row in rows_changed(found):
        if row.cells:
            lines += [[words[row.kind], row.who, found.labels[one.key], one.before, one.now] for one in row.cells]
        else:
            lines.append([words[row.kind], row.who, "", "", ""])
    told = {row.entity_id for row in rows_changed(found)}
    heading = [_("Sort of change"), _("Row"), _("Column"), _("Last issue"), _("This issue")]
    return trust.Leaving(
        name=_("changes"), heading=heading, lines=lines,
        subjects=_subjects(told, found.standing.found), elements=list(dict.fromkeys(found.standing.found.read)),
        grades=list(found.standing.found.grades), purpose=f"registry.{ledger.purpose}", object_kind="standing_ledger",
        object_id=str(ledger.pk), label=_("Taken out by"), people=len(told),
    )  # fmt: skip


def _subjects(ids: set[UUID], found: registry.Found) -> list[str]:
    """Return the tokens of everybody in the rows, also of those who left the list."""
    tokens = [token for key in ids for token in found.subjects.get(key, (registry.subject_of(key),))]
    return list(dict.fromkeys(tokens))


def _who(cells: Mapping[str, str]) -> str:
    named: Sequence[str] = [text for key, text in cells.items() if "name" in key or "address" in key]
    return next((text for text in (*named, *cells.values()) if text), "–")
