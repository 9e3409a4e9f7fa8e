"""What was allowed on a lower grade than its elements have now: grants, feeds of other nodes, open data."""

from dataclasses import dataclass
from datetime import datetime

from linli.exchange import states
from linli.exchange.models import Grant, OpenSet, Subscription
from linli.exchange.rules.rising import Ground, Rise, ground_of, rises
from linli.registry import api as registry

Allowed = Grant | Subscription | OpenSet


@dataclass(frozen=True, slots=True)
class Risen:
    """Something that was allowed, with the elements that have risen since."""

    it: Allowed
    rises: list[Rise]

    @property
    def stops(self) -> bool:
        """Whether it may not go on before it is decided anew."""
        return any(one.stops for one in self.rises)


def elements_for(row: Allowed) -> dict[str, registry.ElementInfo]:
    """Return the elements by the names that what was allowed gives them: codes, or `kind.code` for a feed."""
    if not isinstance(row, Subscription):
        return dict(registry.elements_of(row.kind))
    return {f"{kind}.{code}": one for kind in row.kinds for code, one in registry.elements_of(kind).items()}


def ground(row: Allowed) -> Ground:
    """Return on what a decision of now stands: the grades of what is given, and of what narrows the rows."""
    if isinstance(row, OpenSet):
        named = [row.element]
    else:
        named = [*row.elements, *(row.rows if isinstance(row, Grant) else ())]
    return ground_of(elements_for(row), named)


def risen_of(row: Allowed) -> Risen:
    """Return what has risen of one; no query beyond the dictionary in memory."""
    return Risen(row, rises(row.stands_on, elements_for(row)))


def all_risen(now: datetime) -> list[Risen]:
    """Return all that is in force and has a risen element, what stops first. Three queries."""
    grants = Grant.objects.filter(state__in=[states.ACTIVE, states.SUSPENDED], closes_at__gt=now)
    feeds = Subscription.objects.filter(ended_at=None, valid_until__gt=now)
    rows: list[Allowed] = [
        *grants.select_related("unit", "owner_unit", "application").order_by("id"),
        *feeds.select_related("peer").order_by("id"),
        *OpenSet.objects.filter(ended_at=None).select_related("unit").order_by("id"),
    ]
    found = [one for one in map(risen_of, rows) if one.rises]
    return sorted(found, key=lambda one: not one.stops)
