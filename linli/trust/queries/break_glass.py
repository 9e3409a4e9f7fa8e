"""What was opened by break-glass: what runs, what waits to be reviewed, and who may see it."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.trust import slots
from linli.trust.models import BreakGlass, PolicyVersion
from linli.trust.queries.policies import versions_of
from linli.trust.queries.rights import visible
from linli.trust.rules.break_glass import COMMUNITY, NO_AREA, GlassRules, rules_from

OPEN_GLASS, REVIEW, POLICY = "trust.break_glass", "trust.review_glass", "break_glass"


def glass_rules() -> GlassRules:
    """Return the limits in force."""
    row = glass_versions().first()
    return rules_from(row.content) if row else GlassRules()


def glass_versions() -> QuerySet[PolicyVersion]:
    """Return every version of the limits, the newest first, with who made it."""
    return versions_of(POLICY)


def opened_this_month(actor: accounts.Actor, now: datetime) -> int:
    """Return how often somebody has opened since the first of the month."""
    first = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return own_openings(actor).filter(opened_at__gte=first).count()


def own_openings(actor: accounts.Actor) -> QuerySet[BreakGlass]:
    """Return what somebody opened, the newest first."""
    return BreakGlass.objects.filter(Q(person_id=actor.person_id)).select_related("unit", "division").order_by("-id")


def openings_to_review(actor: accounts.Actor) -> QuerySet[BreakGlass]:
    """Return what somebody may review or has seen reviewed: never what they opened themselves."""
    rows = visible(actor, REVIEW, BreakGlass.objects.exclude(Q(person_id=actor.person_id)))
    return rows.select_related("person", "unit", "division", "reviewed_by")


def running(rows: QuerySet[BreakGlass], now: datetime) -> QuerySet[BreakGlass]:
    """Return those that are open now."""
    return rows.filter(ended_at=None, ends_at__gt=now)


def to_review_by(held: accounts.ActorHolding) -> Q:
    """Open those of all units of its area to a centre, else those of the own unit."""
    if held.unit_kind != "centre":
        return Q(unit_id=held.unit_id)
    area = regions.descendants(held.division_id)
    return Q(unit_id__in=[unit.id for unit in accounts.units() if unit.division_id in area])


def holding_to_break(actor: accounts.Actor, glass: slots.Glass) -> accounts.ActorHolding | None:
    """Return the post in which somebody may break the glass: their own, not lent, with the right to see.

    The limits may name the posts.
    """
    posts = glass_rules().posts
    fitting = [one for one in actor.holdings_with(OPEN_GLASS) if glass.capability in one.capabilities]
    fitting = [one for one in fitting if not posts or one.post_code in posts]
    return next((one for one in fitting if not one.basis), None)


def areas_to_open(held: accounts.ActorHolding) -> list[regions.DivisionInfo]:
    """Return the streets and communities of the county in which somebody works, in order."""
    above = [*regions.ancestors(held.division_id), regions.division(held.division_id)]
    county = next((one for one in above if one.level == regions.Level.COUNTY), None)
    if county is None:
        return []
    streets = regions.children(county.id)
    return [one for street in streets for one in (street, *regions.children(street.id))]


def areas_offered(held: accounts.ActorHolding) -> list[regions.DivisionInfo]:
    """Return those of the areas that the limits let somebody open as a whole."""
    largest = glass_rules().area
    if largest == NO_AREA:
        return []
    found = areas_to_open(held)
    return [one for one in found if largest != COMMUNITY or one.level == regions.Level.COMMUNITY]
