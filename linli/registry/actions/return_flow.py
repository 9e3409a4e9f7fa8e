"""What comes back to a community 数据回流: what changed this week about its people and houses, and who says what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Change, ChangeSeen, Entity, Source
from linli.registry.queries.cards import brief_of
from linli.registry.queries.changes import changes_of_week, counts_between, heard_by, slices_of
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.sight import SEE, covers
from linli.registry.rules.cards import Brief
from linli.registry.rules.elements import OWN_PERMISSION
from linli.registry.rules.heads import subject_of
from linli.registry.rules.kinds import PERSON
from linli.trust import api as trust

FIND, SIZE = "registry.find", 30
NEWEST = ("-at", "-id")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change as somebody reads it. `brief` is None for what was deleted.

    `opens` tells whether the card opens to the viewer: who moved out belongs to another community now. `elements` are
    the names of what changed, as far as the viewer may know, and `hidden` counts the others.
    """

    id: int
    what: str
    at: datetime
    brief: Brief | None
    opens: bool
    elements: tuple[str, ...]
    hidden: int
    other_id: int | None
    source: str
    seen_by: str
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class WeekOfChanges:
    """How much an area heard in a week and in the one before, by what; `kept_back` of it needs its own permission."""

    monday: date
    counts: dict[str, int]
    before: dict[str, int]
    kept_back: dict[str, int]

    @property
    def total(self) -> int:
        """All together."""
        return sum(self.counts.values())


def week_of_changes(*, by: accounts.Actor, monday: date) -> WeekOfChanges:
    """Return the counts of a week and of the one before. Raises NotAllowed. At most two queries, of counts only."""
    trust.require(by, SEE)
    now = counts_between(by, monday, monday + timedelta(days=6))
    then = counts_between(by, monday - WEEK, monday - timedelta(days=1))
    back = {} if by.can("registry.sensitive") else {what: n for (what, hidden), n in now.items() if hidden}
    return WeekOfChanges(monday, _summed(now), _summed(then), back)


@transaction.atomic
def look_at_changes(
    *, what: str, monday: date, by: accounts.Actor, now: datetime, cursor: str | None = None
) -> "kernel.Page[ChangeLine]":
    """Return a page of one sort of changes of a week, newest first; whose they are stands in the ledger.

    Raises NotAllowed, CursorError.
    """
    trust.require(by, SEE)
    rows = changes_of_week(by, what, monday)
    page = kernel.keyset_page(rows, order=NEWEST, cursor=cursor, size=SIZE)
    people = sorted({row.entity_id for row in page.items if row.kind == PERSON})
    if people:
        trust.record(
            by=by, action="list", purpose=FIND, subjects=[subject_of(key) for key in people],
            object_kind="change_list", object_id=f"{len(page.items)} rows",
            elements=["name_masked", "changes"], now=now,
        )  # fmt: skip
    return kernel.Page(_lines(page.items, by), page.next_cursor, page.previous_cursor)


def slices(*, by: accounts.Actor) -> list[dict[str, Any]]:
    """Return who says what about the areas of this person, and how fresh it is. Raises NotAllowed."""
    trust.require(by, SEE)
    return slices_of(by)


@transaction.atomic
def mark_seen(*, ids: Sequence[int], by: accounts.Actor, now: datetime, seen: bool = True) -> int:
    """Mark changes as seen by the post of this person, or take the mark back; return how many. Raises NotAllowed.

    What is out of sight is left alone.
    """
    trust.require(by, SEE)
    held = by.holdings_with(SEE)
    if not held:
        return 0
    unit, post = held[0].unit_id, held[0].post_code
    rows = list(heard_by(by).filter(pk__in=list(ids)[:SIZE]).values_list("id", flat=True))
    if not seen:
        return ChangeSeen.objects.filter(change_id__in=rows, unit_id=unit, post=post).delete()[0]
    marks = [ChangeSeen(change_id=key, unit_id=unit, post=post, by=by.name, at=now) for key in rows]
    return len(ChangeSeen.objects.bulk_create(marks, ignore_conflicts=True))


def _summed(counts: dict[tuple[str, bool], int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (what, _hidden), n in counts.items():
        found[what] = found.get(what, 0) + n
    return found


def _lines(rows: Sequence[Change], by: accounts.Actor) -> tuple[ChangeLine, ...]:
    keys = {row.entity_id for row in rows}
    entities = {row.id: row for row in Entity.objects.filter(pk__in=keys).defer("terms", "sealed", "origins")}
    names = dict(Source.objects.filter(code__in={row.source for row in rows}).values_list("code", "name"))
    seen = _seen(rows, by)
    return tuple(_line(row, entities.get(row.entity_id), names.get(row.source, ""), seen.get(row.id), by)
                 for row in rows)  # fmt: skip


def _line(row: Change, entity: Entity | None, source: str, seen: ChangeSeen | None, by: accounts.Actor) -> ChangeLine:
    opens = entity is not None and _opens(entity, by)
    brief = brief_of(entity) if entity else None
    if brief and not opens:
        brief = Brief(brief.id, brief.kind, brief.title, "", None, False)  # the new address is not theirs to know
    known = elements_of(row.kind)
    may = [known[code].label for code in row.elements
           if code in known and (known[code].grade < OWN_PERMISSION or row.grade >= OWN_PERMISSION)]  # fmt: skip
    return ChangeLine(
        id=row.id, what=row.what, at=row.at, brief=brief, opens=opens, elements=tuple(may),
        hidden=len(row.elements) - len(may), other_id=row.other_id, source=source,
        seen_by=seen.by if seen else "", seen_at=seen.at if seen else None,
    )  # fmt: skip


def _opens(entity: Entity, by: accounts.Actor) -> bool:
    return by.kind == "system" or any(covers(held, entity) for held in by.holdings_with(SEE))


def _seen(rows: Sequence[Change], by: accounts.Actor) -> dict[int, ChangeSeen]:
    held = by.holdings_with(SEE)
    if not held:
        return {}
    marks = ChangeSeen.objects.filter(
        change_id__in=[row.id for row in rows], unit_id=held[0].unit_id, post=held[0].post_code
    )
    return {one.change_id: one for one in marks}
