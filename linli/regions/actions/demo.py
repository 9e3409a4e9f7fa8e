"""Plant the fictional demo county 青禾县."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from linli.kernel import facts as journal
from linli.regions import facts
from linli.regions.actions.divisions import announce, next_division_ids
from linli.regions.actions.grids import version_of
from linli.regions.models import Division, Grid, GridVersion, PlaceAlias
from linli.regions.rules import codes
from linli.regions.rules import demo_names as words
from linli.regions.rules.demo import DemoCounty, demo_county

BY = "demo"
_SINCE = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Planted:
    """The demo county in the database, and how many rows this call added."""

    county_id: int
    divisions: int
    grids: int
    aliases: int


@transaction.atomic
def plant_demo_county(*, seed: int = 1, now: datetime) -> Planted:
    """Store the demo county of the seed. A second call adds what is missing and changes nothing that is there."""
    county = demo_county(seed)
    ids, made = _plant_divisions(county)
    grids = _plant_grids(county, ids, now=now)
    aliases = _plant_aliases(county, ids)
    if made or grids or aliases:
        announce("divisions", "grids", "aliases")
        day = now.astimezone(ZoneInfo("Asia/Shanghai")).date()
        journal.publish(facts.DivisionsImported(words.SOURCE, len(made), 0, day, BY), now=now)
    return Planted(ids[county.divisions[2].code], len(made), grids, aliases)


def _plant_divisions(county: DemoCounty) -> tuple[dict[str, int], list[Division]]:
    known = Division.objects.filter(valid_to=None, code__in=[division.code for division in county.divisions])
    paths = {row.code: row.path for row in known}
    made = []
    missing = [division for division in county.divisions if division.code not in paths]
    for division, pk in zip(missing, next_division_ids(len(missing)), strict=True):
        above = next((paths[code] for code in codes.parent_codes(division.code) if code in paths), [])
        paths[division.code] = [*above, pk]
        made.append(
            Division(
                id=pk,
                code=division.code,
                name=division.name,
                level=codes.level_of(division.code),
                parent_id=above[-1] if above else None,
                path=paths[division.code],
                boundary=division.boundary,
                source=words.SOURCE,
                valid_from=_SINCE,
            )
        )
    Division.objects.bulk_create(made)
    return {code: path[-1] for code, path in paths.items()}, made


def _plant_grids(county: DemoCounty, ids: dict[str, int], *, now: datetime) -> int:
    known = set(GridVersion.objects.values_list("code", flat=True))
    made = Grid.objects.bulk_create(
        Grid(code=grid.code, community_id=ids[grid.community_code], name=grid.name, boundary=grid.boundary)
        for grid in county.grids
        if grid.code not in known
    )
    GridVersion.objects.bulk_create(version_of(grid, GridVersion.Kind.DRAWN, by=BY, now=now) for grid in made)
    return len(made)


def _plant_aliases(county: DemoCounty, ids: dict[str, int]) -> int:
    known = set(PlaceAlias.objects.values_list("name", "division_id"))
    made = [
        PlaceAlias(
            name=alias.name, kind=alias.kind, division_id=ids[alias.community_code], lng=alias.lng, lat=alias.lat
        )
        for alias in county.aliases
        if (alias.name, ids[alias.community_code]) not in known
    ]
    return len(PlaceAlias.objects.bulk_create(made))
