"""Relations are opened and ended 关系登记; the base never forgets what it believed before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from linli.accounts import api as accounts
from linli.kernel import facts as journal
from linli.registry import facts
from linli.registry.actions.changes import note_bond
from linli.registry.actions.project import mark_due, project_due, project_entities
from linli.registry.actions.rows import copy_rows
from linli.registry.actions.take_in import WRITE
from linli.registry.models import Entity, Relation, Source, SourceRecord
from linli.registry.rules.kinds import BONDS, HOMES, RENTS
from linli.registry.rules.refusals import BondRefusedError, UnknownSourceError
from linli.trust import api as trust


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation to be opened: its kind, from whom to what, and the days between which it holds."""

    bond: str
    start: UUID
    end: UUID
    valid_from: date
    valid_to: date | None = None
    details: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def relate(
    *, ties: Sequence[Tie], source: str, by: accounts.Actor, now: datetime, later: bool = False
) -> list[Relation]:
    """Open relations and return those that are new; one that holds already is left alone.

    With `later` those whose home changes wait for `project_due`.
    Raises NotAllowed, UnknownSourceError, and BondRefusedError for kinds that the relation does not join.
    """
    trust.require(by, WRITE)
    if not Source.objects.filter(pk=source).exists():
        raise UnknownSourceError
    kinds = _kinds({key for tie in ties for key in (tie.start, tie.end)})
    for tie in ties:
        _check(tie, kinds)
    known = _known(ties)
    fresh = {(tie.start, tie.bond, tie.end, tie.valid_from): tie for tie in ties}
    rows = [
        Relation(
            bond=tie.bond, start_id=tie.start, end_id=tie.end, source_id=source, details=tie.details,
            valid_from=tie.valid_from, valid_to=tie.valid_to, recorded_at=now, by=by.name,
        )
        for key, tie in fresh.items() if key not in known
    ]  # fmt: skip
    copy_rows(rows)
    _settle(rows, kinds, now, later=later)
    if rows and not later:
        note_bond(when="opened", rows=[row for row in rows if row.bond == RENTS], now=now)
    if rows:
        journal.publish(facts.RelationsOpened(source, tuple(row.id for row in rows)), now=now)
    return rows


@transaction.atomic
def end_relation(*, relation_id: UUID, on: date, by: accounts.Actor, now: datetime) -> Relation:
    """End a relation on a day, the first on which it no longer holds; what was known before can still be asked.

    Raises NotAllowed, and BondRefusedError when it is ended already or would end before it begins.
    """
    trust.require(by, WRITE)
    old = Relation.objects.select_for_update().get(pk=relation_id)
    if old.retracted_at or old.valid_to or on <= old.valid_from:
        raise BondRefusedError
    old.retracted_at = now
    old.save(update_fields=["retracted_at"])
    row = Relation.objects.create(
        bond=old.bond, start_id=old.start_id, end_id=old.end_id, source_id=old.source_id, details=old.details,
        valid_from=old.valid_from, valid_to=on, recorded_at=now, by=by.name,
    )  # fmt: skip
    _settle([row], _kinds({row.start_id}), now)
    note_bond(when="ended", rows=[row] if row.bond == RENTS else [], now=now)
    journal.publish(facts.RelationEnded(row.id, row.bond, row.start_id, row.end_id, on), now=now)
    return row


def settle_day(*, on: date, now: datetime) -> int:
    """Write anew whose home or record begins or ends on this day by what was recorded before. Returns how many.

    Run once a night: what begins or ends with a day needs nobody to say so again.
    """
    turns = Q(valid_from=on) | Q(valid_to=on)
    moved = Relation.objects.filter(turns, retracted_at=None, bond__in=HOMES).values_list("start_id", "start__kind")
    began = timezone.make_aware(datetime.combine(on, time.min))
    said = SourceRecord.objects.filter(turns, recorded_at__lt=began).values_list("entity_id", "entity__kind")
    kinds: dict[str, set[UUID]] = {}
    for key, kind in {*moved, *said}:
        kinds.setdefault(kind, set()).add(key)
    for kind, ids in kinds.items():
        mark_due(kind=kind, ids=ids, new=(), now=now)
    return project_due(now=now)


def _settle(rows: Iterable[Relation], kinds: dict[UUID, str], now: datetime, *, later: bool = False) -> None:
    """Let those whose home begins or ends be found where they are now."""
    movers: dict[str, set[UUID]] = {}
    for row in rows:
        if row.bond in HOMES:
            movers.setdefault(kinds[row.start_id], set()).add(row.start_id)
    for kind, ids in sorted(movers.items()):
        if later:
            mark_due(kind=kind, ids=ids, new=(), now=now)
        else:
            project_entities(kind=kind, ids=ids, now=now)


def _check(tie: Tie, kinds: dict[UUID, str]) -> None:
    bond = BONDS.get(tie.bond)
    backwards = tie.valid_to is not None and tie.valid_to <= tie.valid_from
    joined = bond is not None and kinds.get(tie.start) in bond.starts and kinds.get(tie.end) in bond.ends
    if backwards or not joined or tie.start == tie.end:
        raise BondRefusedError


def _kinds(ids: set[UUID]) -> dict[UUID, str]:
    return dict(Entity.objects.filter(pk__in=ids).values_list("id", "kind"))


def _known(ties: Sequence[Tie]) -> set[tuple[UUID, str, UUID, date]]:
    rows = Relation.objects.filter(start_id__in={tie.start for tie in ties}, retracted_at=None)
    return set(rows.values_list("start_id", "bond", "end_id", "valid_from"))
