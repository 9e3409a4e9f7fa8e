"""Reads sealed entries after a place, and the whole days of accounts that they belong to."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from linli.trust.models import LedgerEntry
from linli.trust.queries.leaves import content_of, last_seal
from linli.trust.rules.leaf import first_id_at
from linli.trust.rules.look_reading import ZONE, is_look
from linli.trust.rules.tree import Place

DAY = timedelta(days=1)
_START = Place(0, 0, UUID(int=0))


class Touched(NamedTuple):
    """Accounts and days that new entries belong to, the place of the last entry, and its smallest id."""

    days: frozenset[tuple[UUID, date]]
    last: Place
    first_id: UUID


def touched_after(place: Place | None, *, at_most: int) -> Touched | None:
    """Return what the next sealed entries touch, at most so many entries; None where nothing new is sealed."""
    seal = last_seal()
    if seal is None:
        return None
    keys = _next_ids(place or _START, content_of(seal).last, at_most)
    if not keys:
        return None
    ids = [key.entry for key in keys]
    looks = [one for one in LedgerEntry.objects.filter(pk__in=ids).defer("digest") if is_look(one)]
    days = frozenset((one.person_id, one.at.astimezone(ZONE).date()) for one in looks if one.person_id)
    return Touched(days, keys[-1], min((one.pk for one in looks), default=min(ids)))


def entries_of(days: Collection[tuple[UUID, date]], first_id: UUID) -> "QuerySet[LedgerEntry]":
    """Return all entries of these accounts on these days; `first_id` is the id of the oldest that is known to be new.

    Ids sort by the time of writing, so that the index of an account is read from a day and a half before that one on.
    """
    since = first_id_at(_written_at(first_id) - 1.5 * DAY)
    wanted = Q()
    for person_id, day in days:
        begin = datetime.combine(day, time(), ZONE)
        wanted |= Q(person_id=person_id, at__gte=begin, at__lt=begin + DAY)
    return LedgerEntry.objects.filter(wanted, pk__gte=since).defer("digest") if days else LedgerEntry.objects.none()


def _written_at(number: UUID) -> datetime:
    return datetime.fromtimestamp((number.int >> 80) / 1000, ZONE)


def _next_ids(after: Place, until: Place, at_most: int) -> list[Place]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT era, transaction, id FROM trust_ledgerentry"
            " WHERE (era, transaction, id) > (%s, %s, %s) AND (era, transaction, id) <= (%s, %s, %s)"
            " ORDER BY era, transaction, id LIMIT %s",
            [after.era, after.transaction, after.entry, until.era, until.transaction, until.entry, at_most],
        )
        return [Place(*row) for row in cursor.fetchall()]
