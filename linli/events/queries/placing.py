"""Where an event is: from its point, else from the division that was chosen, else from the names in its text."""

from dataclasses import dataclass

from linli.events.rules.dispatch import Reason, Where
from linli.events.rules.drafts import ReportDraft
from linli.regions import api as regions

LEVEL_FIELDS = {3: "county_id", 4: "street_id", 5: "community_id"}


@dataclass(frozen=True)
class Placing:
    """The divisions, the point (WGS-84 degrees) and how we know."""

    where: Where
    lng: float | None
    lat: float | None
    reason: Reason


def place_of(draft: ReportDraft) -> Placing:
    """Return the place of a draft. A point outside every grid falls back to the other ways."""
    lng, lat = _point(draft)
    place = regions.locate(lng, lat) if lng is not None and lat is not None else None
    if place:
        where = Where(place.county_id, place.street_id, place.community_id, place.grid_id)
        return Placing(where, lng, lat, {"kind": "place_point", "place": place.grid_name})
    if draft.division_id is not None:
        name = regions.division(draft.division_id).name
        return Placing(where_of(draft.division_id), lng, lat, {"kind": "place_chosen", "place": name})
    named = regions.place_from_text(f"{draft.address} {draft.title} {draft.text}")
    if named:
        reason = {"kind": "place_text", "words": named.text, "place": regions.division(named.division_id).name}
        return Placing(where_of(named.division_id, named.grid_id), lng, lat, reason)
    return Placing(Where(), lng, lat, {"kind": "place_unknown"})


def where_of(division_id: int, grid_id: int | None = None) -> Where:
    """Return the divisions above and at `division_id`."""
    above = [*regions.ancestors(division_id), regions.division(division_id)]
    ids = {LEVEL_FIELDS[one.level]: one.id for one in above if one.level in LEVEL_FIELDS}
    return Where(**ids, grid_id=grid_id)


def _point(draft: ReportDraft) -> tuple[float | None, float | None]:
    if draft.lng is None or draft.lat is None:
        return None, None
    return regions.to_wgs84(draft.lng, draft.lat, system=draft.coordinate_system)
