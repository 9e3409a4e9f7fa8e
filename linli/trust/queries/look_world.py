"""What the node knows around looks: ties, cases, campaigns, duty and areas, asked once for many."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID

from django.db.models import Q

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.trust import slots
from linli.trust.models import Campaign
from linli.trust.queries.marked import marked_among
from linli.trust.rules.looks import COLLEAGUE, Around, Sight

EDGE = timedelta(hours=1)  # before and after working time is work as well


class NodeWorld:
    """Answers about the looks of some accounts in some days."""

    def __init__(self, person_ids: Collection[UUID], first: datetime, last: datetime) -> None:
        """Ask for the duty of these accounts and the campaigns of these days."""
        self._duty = accounts.duty_spans(person_ids, first=first, last=last)
        days = Q(first_day__lte=last.date() + timedelta(days=1), last_day__gte=first.date() - timedelta(days=1))
        self._campaigns = list(Campaign.objects.filter(days).values_list("unit_id", "purpose", "first_day", "last_day"))
        self._spans = cache(_working_spans)

    def around(self, sights: Sequence[Sight]) -> Mapping[Sight, Around]:
        """Ask everybody who knows; the first tie that is named holds, family before all others."""
        found: dict[Sight, Around] = {}
        for known in [*(one.around(sights) for one in slots.surroundings.all()), _colleagues(sights)]:
            for sight, around in known.items():
                found[sight] = _joined(found.get(sight), around)
        return found

    def with_case(self, sights: Sequence[Sight]) -> Collection[Sight]:
        """Ask everybody who keeps cases."""
        return frozenset(sight for one in slots.open_cases.all() for sight in one.with_case(sights))

    def announced(self, unit_id: int | None, purpose: str, day: date) -> bool:
        """Tell whether a campaign was announced."""
        return any(
            (unit_id, purpose) == (unit, why) and first <= day <= last for unit, why, first, last in self._campaigns
        )

    def marked(self, subjects: Collection[str]) -> Collection[str]:
        """Ask the list of those at whom each look is reviewed. One query."""
        return marked_among(subjects)

    def off_duty(self, person_id: UUID, at: datetime) -> bool:
        """Ask the calendar, then the roster."""
        if any(begin - EDGE <= at <= end + EDGE for begin, end in self._spans(at.date())):
            return False
        return not any(begin <= at <= end for begin, end in self._duty.get(person_id, ()))

    def area(self, unit_id: int | None) -> int | None:
        """Return the division that a unit answers for; None where it is not known any more."""
        if unit_id is None:
            return None
        try:
            return accounts.unit(unit_id).division_id
        except accounts.UnknownUnitError:
            return None


def tie_to(actor: accounts.Actor, object_kind: str, object_id: object) -> str:
    """Return how an officer stands to whom an object is about, so that they hear it before they look; "" for nothing.

    One query where their own telephone is not known.
    """
    if actor.person_id is None or not accounts.staff_tokens({actor.person_id}):
        return ""
    sight = Sight(actor.person_id, None, (), object_kind, str(object_id))
    found = [around[sight].tie for one in slots.surroundings.all() if sight in (around := one.around([sight]))]
    return next((tie for tie in found if tie), "")


def _working_spans(day: date) -> list[tuple[datetime, datetime]]:
    return regions.calendar().working_spans(day)


def _joined(one: Around | None, other: Around) -> Around:
    if one is None:
        return other
    return Around(one.tie or other.tie, one.alike | other.alike, one.divisions | other.divisions)


def _colleagues(sights: Sequence[Sight]) -> Mapping[Sight, Around]:
    works = accounts.units_of_staff({token for sight in sights for token in sight.subjects})
    return {
        sight: Around(tie=COLLEAGUE)
        for sight in sights
        if any(sight.unit_id in units and who != sight.person_id for token in sight.subjects
               for who, units in works.get(token, {}).items())
    }  # fmt: skip
