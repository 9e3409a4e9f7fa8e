"""A form that is a view of a ledger, marked with what is new since the last issue and what is too old to carry over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from linli.sheets.models import Column, Form, Issue, LedgerNote, Part
from linli.sheets.queries.filled import Cell, FilledLine
from linli.sheets.queries.ledgers import last_issue, notes_of, said_in
from linli.sheets.rules.ledgers import key_of

OPEN = frozenset({"gap", "hand", "stale"})


@dataclass(frozen=True, slots=True)
class Since:
    """What a form is compared with: the last issue, and how many of its rows are not in the form any more."""

    issue: Issue
    went: int


def since_last(form: Form, part: Part) -> Since | None:
    """Return the issue with which a form is compared; None where it is no view, or the first one."""
    issue = last_issue(form.ledger, before=form) if form.ledger and form.ledger.kind == part.kind else None
    if issue is None:
        return None
    here = part.lines.filter(left_out="").values("entity_id")
    return Since(issue, issue.cells.exclude(entity_id__in=here).count())


def marked(
    lines: Sequence[FilledLine], columns: Sequence[Column], form: Form, issue: Issue | None
) -> list[FilledLine]:  # fmt: skip
    """Return lines with the cells marked that say something else than in the last issue."""
    if form.ledger is None:
        return list(lines)
    keys = {one.pk: key_of(one.label, one.element, one.transform) for one in columns}
    ids = [one.entity_id for one in lines]
    before, notes = said_in(issue, ids), notes_of(form.ledger, ids)
    return [_line(one, keys, before.get(one.entity_id), notes, with_issue=issue is not None) for one in lines]


def _line(
    line: FilledLine, keys: Mapping[UUID, str], was: Mapping[str, str] | None,
    notes: Mapping[tuple[UUID, str], LedgerNote], *, with_issue: bool,
) -> FilledLine:  # fmt: skip
    cells = tuple(
        _cell(one, (was or {}).get(keys[one.column]), notes.get((line.entity_id, keys[one.column])))
        for one in line.cells
    )
    return replace(line, cells=cells, is_new=with_issue and was is None)


def _cell(cell: Cell, was: str | None, note: LedgerNote | None) -> Cell:
    if was is not None and was != cell.text and cell.state != "closed":
        cell = replace(cell, before=was)
    if note is not None and cell.state in OPEN:
        said = {"value": note.value.reveal(), "day": note.said_on.isoformat()}
        words = _("“%(value)s” was typed on %(day)s: too old to be carried over, please ask again.") % said
        return replace(cell, hint=words)
    return cell
