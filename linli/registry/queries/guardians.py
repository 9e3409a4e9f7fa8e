"""Guardianships that hold now, whom they concern, and who cannot act alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.registry.models import Entity, Guardianship, GuardianshipEnd
from linli.registry.queries.cards import brief_of
from linli.registry.queries.identities import absorbed_by, survivor_of
from linli.registry.rules.cards import Brief
from linli.registry.rules.guardians import ACTS_FROM, BIRTH_UNKNOWN, OF_AGE, born_on, is_below


@dataclass(frozen=True, slots=True)
class GuardianLine:
    """One guardianship as an officer reads it: who the other is, masked, what was seen, how long, how it ended.

    `is_ward` says that the person whose page it is is the ward.
    """

    id: UUID
    is_ward: bool
    other: str
    paper: str
    since: datetime
    until: datetime | None
    confirmed_by: str
    holds: bool
    ended_at: datetime | None
    ended_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class GuardianSheet:
    """What a counter page shows of a person: the guardianships, the newest first, and what the base says without proof.

    `problem` says why nobody can be confirmed as their guardian now.
    """

    brief: Brief
    rows: tuple[GuardianLine, ...]
    is_child: bool
    hints: tuple[str, ...]
    problem: str


def in_force(now: datetime) -> Q:
    """Return the condition "holds now": begun, not ended, not past its last moment."""
    return Q(since__lte=now, end=None) & (Q(until=None) | Q(until__gt=now))


def guarded_by(person: UUID, now: datetime) -> list[Guardianship]:
    """Return the guardianships that a person of the base holds now, the ward with them, the first begun first."""
    rows = Guardianship.objects.filter(in_force(now), guardian_id__in=_all_ids(person)).select_related("ward")
    return [row for row in rows.order_by("since", "id") if _still(row, now)]


def guardians_of(person: UUID, now: datetime) -> list[Guardianship]:
    """Return the guardianships over a person of the base that hold now, the guardian with them."""
    rows = Guardianship.objects.filter(in_force(now), ward_id__in=_all_ids(person)).select_related("ward", "guardian")
    return [row for row in rows.order_by("since", "id") if _still(row, now)]


def guardianships_at(person: UUID) -> "QuerySet[Guardianship]":
    """Return everything that was ever confirmed about a person, as guardian or as ward, the newest first."""
    ids = _all_ids(person)
    rows = Guardianship.objects.filter(Q(ward_id__in=ids) | Q(guardian_id__in=ids))
    return rows.select_related("guardian", "ward", "confirmed_by", "end__by").order_by("-since", "-id")


def needs_guardian(person: UUID, now: datetime) -> bool:
    """Tell whether somebody cannot agree or ask alone: a child under 14, an adult with a guardian of a court."""
    entity = Entity.objects.filter(pk=person).only("attributes", "sealed").first()
    born = born_on(entity.whole()) if entity else None
    if is_below(born, ACTS_FROM, now):
        return True
    return not is_below(born, OF_AGE, now) and bool(guardians_of(person, now))


def ward_under(guardianship_id: UUID, person: UUID, now: datetime) -> UUID | None:
    """Return whom this person may act for under this guardianship now, after all merges."""
    row = next((one for one in guarded_by(person, now) if one.id == guardianship_id), None)
    return survivor_of(row.ward_id) if row else None


def wards_under(guardianship_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the ward of each of these guardianships, whether it holds or not. One query."""
    return dict(Guardianship.objects.filter(pk__in=list(guardianship_ids)).values_list("pk", "ward_id"))


def guardians_and_wards(people: Collection[UUID]) -> Sequence[tuple[UUID, UUID]]:
    """Return guardian and ward of what was ever confirmed about these people: they stay family. One query."""
    rows = Guardianship.objects.filter(Q(guardian__in=list(people)) | Q(ward__in=list(people)))
    return list(rows.values_list("guardian_id", "ward_id"))


def sheet_of(entity: Entity, hinted: Iterable[Entity], now: datetime) -> GuardianSheet:
    """Return the page of a person; `hinted` are those who guard them as the base says."""
    born = born_on(entity.whole())
    return GuardianSheet(
        brief_of(entity), tuple(_line(row, entity.pk, now) for row in guardianships_at(entity.pk)),
        is_below(born, OF_AGE, now), tuple(brief_of(one).title for one in hinted),
        "" if born else str(BIRTH_UNKNOWN),
    )  # fmt: skip


def _line(row: Guardianship, person: UUID, now: datetime) -> GuardianLine:
    end = getattr(row, "end", None)
    over = end is not None or not _still(row, now) or (row.until is not None and row.until <= now)
    is_ward = row.guardian_id != person
    by_itself = row.until if row.until is not None and row.until <= now else None
    reason = (end.get_reason_display() if end else GuardianshipEnd.Reason.AGE.label) if over else ""
    return GuardianLine(
        row.id, is_ward, brief_of(row.guardian if is_ward else row.ward).title, row.get_paper_display(), row.since,
        row.until, str(row.confirmed_by or ""), not over, end.at if end else by_itself,
        str(end.by or "") if end else "", str(reason),
    )  # fmt: skip


def _still(row: Guardianship, now: datetime) -> bool:
    """Tell whether a ward is a child still: a birth day that was put right counts at once. A court's word stands."""
    return row.paper == Guardianship.Paper.COURT or is_below(born_on(row.ward.whole()), OF_AGE, now)


def _all_ids(person: UUID) -> list[UUID]:
    return [person, *absorbed_by([person]).get(person, ())]
