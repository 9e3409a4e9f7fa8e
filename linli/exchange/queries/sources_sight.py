"""Who sees which sources: whose post lies over the area for which they speak."""

from django.db.models import Q

from linli.accounts import api as accounts
from linli.regions import api as regions

SOURCES = "exchange.sources"


def in_area(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "speaks for the area of this holding, or for a part of it"; a grid has no sources."""
    if holding.grid_id:
        return None
    return Q(division_id__in=regions.descendants(holding.division_id))
