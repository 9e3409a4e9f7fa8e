"""Where an overdue event rises to, and which overdue events have nowhere to rise."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from linli.accounts import api as accounts
from linli.events.models import Event
from linli.events.models.event import OPEN
from linli.events.queries.policies import ladder_at, rise_of
from linli.events.queries.rulebook import find_unit
from linli.events.rules.dispatch import Where
from linli.events.rules.escalation import Ladder, Level, NextRise, rises_from
from linli.events.rules.standards import Problem

ON_DUTY = ("events.handle", "events.dispatch")
AGAIN, MOST_LOOKED_AT = timedelta(hours=1), 1000
DEAD_END = "rise:"


def rise_target(event: Event, rise: NextRise, ladder: Ladder, staffed: frozenset[int]) -> tuple[Level, int] | None:
    """Return the level and unit to which an event rises: the next that has somebody on duty, else the highest unit.

    Never a person: who is on duty in the unit sees it in the inbox. None where no rule leads to a unit that exists.
    """
    where = Where(event.county_id, event.street_id, event.community_id, event.grid_id)
    last = None
    for rule in rises_from(rise.rule.origin, event.grade, rise.rule.clock, ladder):
        if unit := find_unit(rule.role, where):
            last = ladder.level(rule.to), unit[0]
            if unit[0] in staffed:
                return last
    return last


def staffed_units(now: datetime) -> frozenset[int]:
    """Return the units in which somebody may work on events today."""
    held = accounts.holdings_on(timezone.localdate(now)).filter(post__capabilities__overlap=list(ON_DUTY))
    return frozenset(held.values_list("unit_id", flat=True))


def dead_end(rise: NextRise, ladder: Ladder) -> Problem:
    """Return what is wrong where an event should rise and no unit is there to take it."""
    data = {"level": ladder.name(rise.rank) if rise.rank else "", "to": ladder.level(rise.rule.to).name}
    return Problem(f"{DEAD_END}{rise.rule.origin}:{rise.rule.to}", "rise_nowhere", data)


def dead_ends(now: datetime) -> Iterator[Problem]:
    """Yield the dead ends before which overdue events wait now: the sweep looks at those again within an hour."""
    waiting = Event.objects.filter(OPEN, escalate_due__gt=now, escalate_due__lte=now + AGAIN)
    for event in waiting.order_by("escalate_due", "id")[:MOST_LOOKED_AT]:
        ladder = ladder_at(event.reported_at)
        rise = rise_of(event, ladder)
        if rise and rise.at <= now and not rise_target(event, rise, ladder, frozenset()):
            yield dead_end(rise, ladder)
