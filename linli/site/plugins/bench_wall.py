"""What `linli bench rows` needs done inside its own database: many communities with their people, and who looks."""

from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import connection

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.site.plugins import bench_people

COMMUNITIES, EACH = 300, 20
BEGUN = date(2020, 1, 1)
SEED = 1


def prepare(people: int, now: datetime) -> dict[str, int]:
    """Plant a base, draw communities until there are 300, and let so many people live in them."""
    county = next(unit.division_id for unit in accounts.units() if unit.kind == "centre")
    registry.plant_demo_base(county_id=county, seed=SEED, now=now)
    _draw(regions.division(county).code[:6], now)
    return bench_people.crowd(people)


def measure(rounds: int) -> dict[str, float]:
    """Let somebody over a grid, a community, a street and the county look, behind the wall and without it."""
    place = regions.place_of_grid(_middling_grid())
    if place is None or not place.community_id or not place.street_id or not place.county_id:
        message = "the grid lies nowhere"
        raise LookupError(message)
    viewers = [
        _viewer(place.community_id, place.grid_id),
        *(_viewer(one) for one in (place.community_id, place.street_id, place.county_id)),
    ]
    return dict(registry.measure_wall(viewers=viewers, words=_words(viewers[1]), rounds=rounds))


def _middling_grid() -> int:
    """Return the grid in the middle of all by the number of its people."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT grid_id FROM registry_entity WHERE kind = 'person' AND grid_id IS NOT NULL"
            " GROUP BY grid_id ORDER BY count(*), grid_id"
        )
        grids = [int(row[0]) for row in cursor.fetchall()]
    return grids[len(grids) // 2]


def _words(viewer: accounts.Actor) -> list[str]:
    """Return what people type of somebody in the viewer's list: name, its end, surname, id number, a piece of the home.

    The node itself opens the card to learn the whole name.
    """
    brief = registry.look_through(wanted=registry.Wanted(), by=viewer, now=kernel.now()).items[0]
    card = registry.open_card(entity_id=brief.id, by=accounts.SYSTEM, purpose="verify", now=kernel.now())
    said = {line.code: line.text for line in card.lines}
    return [said["name"], said["name"][-2:], said["name"][0], said["citizen_id"], said["address"][-8:]]


def _draw(county: str, now: datetime) -> None:
    """Draw streets of 20 communities, each with one grid, until the county has 300 communities."""
    missing = COMMUNITIES - regions.Division.objects.filter(level=regions.Level.COMMUNITY).count()
    add = partial(regions.add_division, valid_from=BEGUN, by="bench", now=now)
    for number in range(max(0, missing)):
        street, within = 900 + number // EACH, number % EACH
        if not within:
            add(code=f"{county}{street}000", name=f"street {street}")
        name = f"{street}-{within + 1}"
        drawn = add(code=f"{county}{street}{within + 1:03}", name=name)
        regions.draw_grid(community=drawn, name=name, by="bench", now=now)


def _viewer(division_id: int, grid_id: int | None = None) -> accounts.Actor:
    held = accounts.ActorHolding(
        holding_id=UUID(int=1), unit_id=1, unit_name="", unit_kind="community", post_code="bench", post_name="",
        division_id=division_id, grid_id=grid_id, capabilities=frozenset({"registry.see"}),
    )  # fmt: skip
    return accounts.Actor(person_id=UUID(int=1), name="bench", kind="staff", holdings=(held,))
