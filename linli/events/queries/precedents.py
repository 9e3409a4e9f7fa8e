"""What was decided before: the precedents that hold, in memory, and which of them speaks of a matter at a place."""

from functools import lru_cache

from django.db.models import QuerySet

from linli.accounts import api as accounts
from linli.events.models import Precedent
from linli.events.rules.dispatch import Where
from linli.kernel import api as kernel
from linli.regions import api as regions

REVISION = "precedents"


def precedent_for(matter_code: str, where: Where) -> int | None:
    """Return the unit that a decision names for this matter at this place; the smallest area goes first."""
    known = _holding(kernel.revision(REVISION))
    if not known:
        return None
    areas = (where.community_id, where.street_id, where.county_id)
    return next((known[matter_code, area] for area in areas if area and (matter_code, area) in known), None)


def precedents_seen_by(*, actor: accounts.Actor) -> "QuerySet[Precedent]":
    """Return the precedents that hold in the areas of somebody who may decide, the newest first."""
    divisions = {holding.division_id for holding in actor.holdings_with("events.arbitrate")}
    within = {below for one in divisions for below in regions.descendants(one)} | divisions
    rows = Precedent.objects.filter(ended_at=None, division_id__in=within)
    return rows.select_related("unit", "division", "by").order_by("-at", "-id")


@lru_cache(maxsize=1)
def _holding(_revision: int) -> dict[tuple[str, int], int]:
    rows = Precedent.objects.filter(ended_at=None, unit__closed_at=None)
    return {(code, area): unit for code, area, unit in rows.values_list("matter_code", "division_id", "unit_id")}
