"""Standing ledgers as they stand: their rows read now, what was typed and still holds, what is new since an issue."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets.models import Column, Form, Issue, IssueRow, LedgerNote, Line, StandingLedger
from linli.sheets.queries.filled import columns_of, written
from linli.sheets.rules.ledger_states import KEPT
from linli.sheets.rules.ledgers import ALIKE, LedgerColumn, columns_from, key_of, likeness, still_holds
from linli.sheets.rules.scopes import scope_of
from linli.sheets.rules.wording import KIND_OF_TABLE
from linli.sheets.states import FILL
from linli.trust import api as trust

AGEING = frozenset({"age", "years_since"})
OF_FORM = frozenset({"row_number"})  # each issue counts its rows anew
Notes = Mapping[tuple[UUID, str], LedgerNote]


@dataclass(frozen=True, slots=True)
class Standing:
    """Some rows of a ledger as they stand: by record its cells in words, whom they speak of, what was read."""

    rows: Mapping[UUID, dict[str, str]]
    found: registry.Found


def ledgers_seen_by(actor: accounts.Actor) -> "QuerySet[StandingLedger]":
    """Return the ledgers of the own unit."""
    return trust.visible(actor, FILL, StandingLedger.objects.all())


def ids_in(ledger: StandingLedger, *, by: accounts.Actor, now: datetime) -> list[UUID]:
    """Return whom a ledger means now. Raises NotAllowed, PurposeMissingError, WishRefusedError."""
    scope = scope_of(ledger.scope)
    wish = registry.Wish(
        kind=KIND_OF_TABLE[ledger.kind], division_id=scope.division_id, grid_id=scope.grid_id,
        register=scope.register, tag_id=scope.tag_id, where=scope.where,
    )  # fmt: skip
    return registry.choose_rows(wish=wish, by=by, purpose=ledger.purpose, now=now)


def standing_of(
    ledger: StandingLedger, ids: Sequence[UUID], *, by: accounts.Actor, now: datetime, for_export: bool = False
) -> Standing:
    """Return rows as they stand; everybody read stands in the ledger of use, `for_export` with the file that leaves."""
    columns = columns_from(ledger.columns)
    asked = [Column(index=at, path=[one.label], element=one.element, transform=one.transform)
             for at, one in enumerate(columns)]  # fmt: skip
    read = registry.look_for_form if for_export else registry.fill
    paths = list(dict.fromkeys(one.element for one in columns if one.element))
    found = read(
        kind=KIND_OF_TABLE[ledger.kind], ids=ids, paths=paths, by=by, purpose=ledger.purpose, now=now, with_origins=True
    )
    lines, on = [Line(entity_id=key) for key in found.rows], timezone.localdate(now)
    notes = notes_of(ledger, list(found.rows))
    typed = {
        (line.pk, column.pk): note.value.reveal()
        for line in lines for column, one in zip(asked, columns, strict=True)
        if (note := notes.get((line.row_id, one.key))) and holds(note, ledger, one, found, on)
    }  # fmt: skip
    rows = written(asked, lines, found, typed, on=on)
    said = [{one.key: in_cell(value) for one, value in zip(columns, row, strict=True)} for row in rows]
    return Standing(dict(zip([line.row_id for line in lines], said, strict=True)), found)


def told_since(ledger: StandingLedger, ids: Sequence[UUID], since: datetime, now: datetime) -> list[UUID]:
    """Return of which of these rows a cell may say something else than at a moment: told, typed, or a year older."""
    columns = columns_from(ledger.columns)
    ages = [one.element for one in columns if one.transform["kind"] in AGEING or one.transform.get("of") == "age"]
    of_others = any(path.count(".") > 1 for path in ages)  # the day of somebody else: everybody is looked at
    if of_others or ledger.steps.filter(step="change", at__gt=since).exists():
        return list(ids)
    touched = registry.touched_since(
        kind=KIND_OF_TABLE[ledger.kind], ids=ids, paths=[one.element for one in columns if one.element], since=since,
        now=now, ageing={path.rpartition(".")[2] for path in ages},
    )  # fmt: skip
    touched |= _typed_since(ledger, columns, since, now)
    return [one for one in ids if one in touched]


def _typed_since(ledger: StandingLedger, columns: Sequence[LedgerColumn], since: datetime, now: datetime) -> set[UUID]:
    """Return of which rows something was typed since a moment, or became too old to be carried over."""
    first, today = timezone.localdate(since), timezone.localdate(now)
    days = {one.key: timedelta(days=days_kept(ledger, one)) for one in columns}
    notes = ledger.notes.filter(column__in=days).values_list("entity_id", "column", "said_on", "at")
    return {key for key, column, said_on, at in notes if at >= since or first <= said_on + days[column] < today}


def notes_of(ledger: StandingLedger, ids: Collection[UUID]) -> dict[tuple[UUID, str], LedgerNote]:
    """Return what was typed about these rows, by record and column; the newest of each. One query."""
    places = ("entity_id", "column")
    rows = LedgerNote.objects.filter(ledger=ledger, entity_id__in=ids).order_by(*places, "-id").distinct(*places)
    return {(one.entity_id, one.column): one for one in rows}


def holds(
    note: LedgerNote, ledger: StandingLedger, column: LedgerColumn, found: registry.Found, today: date
) -> bool:  # fmt: skip
    """Tell whether what was typed may be carried over to this day."""
    known_on = None
    if column.element in found.paths and (origins := found.origins.get(note.entity_id)):
        origin = origins[found.paths.index(column.element)]
        known_on = timezone.localdate(origin.at) if origin else None
    return still_holds(note.said_on, today=today, days=days_kept(ledger, column), known_on=known_on)


def days_kept(ledger: StandingLedger, column: LedgerColumn) -> int:
    """Return for how many days something typed is carried over: as the element stays fresh, else as the ledger says."""
    led = registry.along(column.element) if column.element else None
    element = registry.elements_of(led[1]).get(led[2]) if led else None
    return element.fresh_days if element and element.fresh_days else ledger.keeps_days


def said_in(issue: Issue | None, ids: Collection[UUID] | None = None) -> dict[UUID, dict[str, str]]:
    """Return what the rows of an issue said, opened; all of them, or those of some records. One query."""
    if issue is None:
        return {}
    rows = IssueRow.objects.filter(issue=issue)
    if ids is not None:
        rows = rows.filter(entity_id__in=ids)
    return {one.entity_id: json.loads(one.said.reveal()) for one in rows.order_by("id")}


def last_issue(ledger: StandingLedger, *, before: Form | None = None) -> Issue | None:
    """Return the newest issue of a ledger, another than the one that a form made."""
    rows = ledger.issues.order_by("-at", "-id")
    return (rows.exclude(form=before) if before else rows).first()


def grade_of(ledger: StandingLedger) -> int:
    """Return the highest grade of what a ledger says of its rows."""
    led = [registry.along(one.element) for one in columns_from(ledger.columns) if one.element]
    known = [registry.elements_of(one[1]).get(one[2]) for one in led if one]
    return trust.highest_grade([one.grade for one in known if one])


def views_for(form: Form, actor: accounts.Actor) -> list[StandingLedger]:
    """Return the kept ledgers of which a form may be a view, the most alike first."""
    found = []
    for part in form.parts.filter(is_card=False).prefetch_related("columns"):
        asked = [one.element for one in columns_of(part)]
        for ledger in ledgers_seen_by(actor).filter(kind=part.kind, state=KEPT):
            share = likeness(asked, [one.element for one in columns_from(ledger.columns)])
            if share >= ALIKE:
                found.append((share, ledger))
    return [ledger for _share, ledger in sorted(found, key=lambda one: (-one[0], one[1].name))]


def columns_for(columns: Sequence[Column]) -> list[LedgerColumn]:
    """Return the columns of a form as a ledger keeps them."""
    kept = [
        LedgerColumn(key_of(one.label, one.element, one.transform), one.label, one.element, one.transform)
        for one in columns if one.transform["kind"] not in OF_FORM and "columns" not in one.transform
    ]  # fmt: skip
    return list({one.key: one for one in kept}.values())


def in_cell(value: Any) -> str:
    """Return a written value as it is compared and kept."""
    return "" if value is None else str(value)
