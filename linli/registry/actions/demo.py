"""Plant the fictional base of the demo county, through the same doors as real sources."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.registry.actions.demo_changes import LATE, plant_demo_changes
from linli.registry.actions.dictionary import load_shipped_elements
from linli.registry.actions.lifecycle import load_retention_rules
from linli.registry.actions.lists import take_step
from linli.registry.actions.project import project_due
from linli.registry.actions.relate import Tie, relate
from linli.registry.actions.slices import recount_slices
from linli.registry.actions.take_in import Statement, register_source, take_in
from linli.registry.models import Entity, SourceRecord
from linli.registry.rules.demo import DemoBase, DemoPlace, demo_base
from linli.registry.rules.demo_departments import let_departments_speak
from linli.registry.rules.demo_names import SOURCES
from linli.registry.rules.kinds import DOG, PERSON

AGES = {"police": 40, "housing": 200, "visits": 25, "market": 90, "civil": 15, "disabled": 300}  # days since observed
LATELY = 20  # days since all others observed
LONG_KNOWN = {"police": 1500, "housing": 3000, "market": 900}  # days since when what a register says holds
RUN, TIES = "demo", 2000
LISTED, DAYS_LISTED = 4, (20, 90, 150, 170, 200, 345, 380)


@dataclass(frozen=True, slots=True)
class PlantedBase:
    """How many people, other things and relations were planted; none where a base was there already."""

    people: int = 0
    others: int = 0
    relations: int = 0


@transaction.atomic
def plant_demo_base(*, county_id: int, seed: int, people: int = 3000, now: datetime, news: bool = False) -> PlantedBase:
    """Plant about so many fictional people with homes, households, shops and dogs in the communities of a county.

    With `news` the base has been there for some days, and things happened in it since.
    The dictionary comes with it; a base that holds something is left alone, and no people bring nothing else.
    """
    load_shipped_elements(now=now)
    load_retention_rules(now=now)
    if not people or SourceRecord.objects.exists():
        return PlantedBase()
    for code, name, department in SOURCES:
        register_source(code=code, name=name, department=department, is_sample=True, now=now)
    base = demo_sayings(county_id=county_id, seed=seed, people=people, now=now)
    loaded = now - LATE if news else now
    ids = _take_in(base, now, loaded)
    ties = [
        Tie(bond, ids[start], ids[end], since, details=details)
        for bond, start, end, since, details in base.ties if start in ids and end in ids
    ]  # fmt: skip
    for first in range(0, len(ties), TIES):
        relate(ties=ties[first : first + TIES], source="visits", by=accounts.SYSTEM, now=loaded, later=True)
    project_due(now=loaded)
    _keep_lists(now)
    if news:
        plant_demo_changes(base, ids, now=now)
    recount_slices(now=now)
    made = Entity.objects.filter(kind=PERSON).count()
    return PlantedBase(made, Entity.objects.count() - made, len(ties))


def demo_sayings(*, county_id: int, seed: int, people: int, now: datetime) -> DemoBase:
    """Return what the demo base is made of; the same seed, county and day give what was planted."""
    today = timezone.localdate(now)
    base = demo_base(list(_places(county_id)), seed=seed, people=people, today=today)
    let_departments_speak(base, today)
    return base


def _take_in(base: DemoBase, now: datetime, loaded: datetime) -> dict[tuple[str, str], UUID]:
    """Let each source speak; return the entities by (kind, key)."""
    ids: dict[tuple[str, str], UUID] = {}
    for (source, kind), said in base.said.items():
        statements = [
            Statement(
                key, values, now - timedelta(days=AGES.get(source, LATELY) + number % 60),
                is_verified=key in base.verified, valid_from=_since(source, values, now),
            )
            for number, (key, values) in enumerate(said)
        ]  # fmt: skip
        taken = take_in(
            source=source, kind=kind, statements=statements, run=RUN, by=accounts.SYSTEM, now=loaded, later=True
        )
        ids |= {(kind, key): entity for key, entity in taken.ids.items()}
    return ids


def _keep_lists(now: datetime) -> None:
    """Register some rented houses, residents from elsewhere and dogs, some of them long ago: a few are due."""
    rows = Entity.objects.exclude(community=None).order_by("id").values_list("id", "community_id")
    wanted = {
        "rented": rows.filter(kind="house", attributes__rented=True),
        "floating": rows.filter(kind="person", is_apart=True),
        "dogs": rows.filter(kind="thing", attributes__type__contains=DOG),
    }
    for register, found in wanted.items():
        for number, entity_id in enumerate(_some_of_each(found)):
            since = now - timedelta(days=DAYS_LISTED[number % len(DAYS_LISTED)])
            take_step(register=register, entity_id=entity_id, step="register", by=accounts.SYSTEM, now=since)


def _some_of_each(rows: Iterable[tuple[UUID, int | None]]) -> Iterator[UUID]:
    """Yield the first few of each community."""
    seen: dict[int | None, int] = {}
    for entity_id, community in rows:
        seen[community] = seen.get(community, 0) + 1
        if seen[community] <= LISTED:
            yield entity_id


def _since(source: str, values: Mapping[str, Any], now: datetime) -> date | None:
    """Return since when a statement holds: registers know it for years, or since a birth; a visit since that day."""
    if source not in LONG_KNOWN:
        return None
    known = timezone.localdate(now) - timedelta(days=LONG_KNOWN[source])
    return max(known, date.fromisoformat(values["birth_date"])) if "birth_date" in values else known


def _places(county_id: int) -> Iterator[DemoPlace]:
    """Yield the communities of a county with their grids and estates."""
    below = regions.descendants(county_id)
    grids: dict[int, list[str]] = {}
    for community, code in (
        regions.Grid.objects.filter(community_id__in=below).order_by("code").values_list("community_id", "code")
    ):
        grids.setdefault(community, []).append(code)
    estates: dict[int, list[str]] = {}
    named = regions.PlaceAlias.objects.filter(division_id__in=below, kind="estate").order_by("id")
    for division, name in named.values_list("division_id", "name"):
        estates.setdefault(division, []).append(name)
    for division_id, codes in sorted(grids.items()):
        here = regions.division(division_id)
        yield DemoPlace(here.code, here.name, tuple(codes), tuple(estates.get(division_id, [here.name])))
