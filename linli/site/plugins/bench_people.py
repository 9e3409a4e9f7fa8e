"""What `linli bench registry` needs done inside its own database: a crowd of people, and two who look at them."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.registry import api as registry

WORKER, OFFICER = "bench-worker", "bench-county"
CARDS, SEED = 12, 1


def prepare(now: datetime) -> dict[str, Any]:
    """Plant a base, employ a community worker and a county officer; return what they look for and how they sign in."""
    county = next(unit.division_id for unit in accounts.units() if unit.kind == "centre")
    registry.plant_demo_base(county_id=county, seed=SEED, now=now)
    password = secrets.token_urlsafe(12)
    viewers = [_employed(name, post, unit, password, now) for name, post, unit in _viewers(now)]
    seen = [_seen(viewer, now) for viewer in viewers]
    return {
        "names": [WORKER, OFFICER],
        "password": password,
        "searches": [list(_words(cards)) for cards in seen],
        "cards": [[str(card.brief.id) for card in cards] for cards in seen],
    }


def crowd(people: int) -> dict[str, int]:
    """Let there be so many people, spread over the county; return how many there are of what."""
    registry.crowd_registry(people=people, grids=list(_grids()))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return _counts()


def _viewers(now: datetime) -> Iterator[tuple[str, Any, Any]]:
    held = {holding.post.code: holding for holding in accounts.holdings_on(now.date())}
    yield WORKER, held["community-worker"].post, held["community-worker"].unit
    yield OFFICER, held["data-officer"].post, held["data-officer"].unit


def _employed(name: str, post: Any, unit: Any, password: str, now: datetime) -> accounts.Actor:
    person = accounts.create_person(
        username=name, name=name, password=password, must_change_password=False, by=accounts.SYSTEM, now=now
    )
    accounts.open_holding(person=person, post=post, unit=unit, valid_from=now.date(), by=accounts.SYSTEM, now=now)
    return accounts.actor_for(person, on=now.date())


def _seen(viewer: accounts.Actor, now: datetime) -> list[registry.Card]:
    """Return some cards from the middle of the viewer's list, opened by the node itself to learn whole names."""
    page = registry.look_through(wanted=registry.Wanted(), by=viewer, now=now)
    for _ in range(3):
        page = registry.look_through(wanted=registry.Wanted(), by=viewer, now=now, cursor=page.next_cursor)
    return [
        registry.open_card(entity_id=brief.id, by=accounts.SYSTEM, purpose="verify", now=now)
        for brief in page.items[:CARDS]
    ]


def _words(cards: Iterable[registry.Card]) -> Iterator[str]:
    """Yield what people type: a name, its end, a surname alone, a door, an id number."""
    for card in cards:
        said = {line.code: line.text for line in card.lines}
        yield from (card.title, card.title[-2:], card.title[0])
        if "address" in said:
            yield said["address"][-10:]
        if "citizen_id" in said:
            yield said["citizen_id"]


def _counts() -> dict[str, int]:
    tables = {
        "people": "registry_entity WHERE kind = 'person'",
        "entities": "registry_entity",
        "relations": "registry_relation",
    }
    with connection.cursor() as cursor:
        found = {}
        for name, table in tables.items():
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  our own words
            found[name] = int(cursor.fetchone()[0])
    return found


def _grids() -> Iterator[registry.CrowdGrid]:
    for grid_id in regions.Grid.objects.filter(retired_at=None).order_by("id").values_list("id", flat=True):
        place = regions.place_of_grid(grid_id)
        if place and place.community_id and place.street_id and place.county_id:
            yield registry.CrowdGrid(grid_id, place.community_id, place.street_id, place.county_id)
