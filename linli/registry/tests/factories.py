"""A county with two communities and four grids, sources, and people who read and write the base. All fictional."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import UUID

from django.db import connection

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_town
from linli.regions import api as regions
from linli.registry import api as registry
from linli.registry.models import (  # for the tests of others, too
    Entity,
    Identifier,
    Identity,
    IdentityDeed,
    Load,
    SourceRecord,
)

__all__ = ["Entity", "Identifier", "Identity", "IdentityDeed", "Load", "SourceRecord"]
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
WU_ID = "99010119400312122X"
WU_PHONE = "13800001111"
SOURCES = (
    ("police", "公安人口信息系统", "公安"),
    ("visits", "社区入户走访", "社区"),
    ("civil", "民政救助系统", "民政"),
)


@dataclass
class Ground:
    """The ground of a test: the town of accounts and grid codes by short name."""

    town: object
    grids: dict[str, object] = field(default_factory=dict)


def make_ground():
    town = make_town()
    ground = Ground(town)
    for name, community in (("xuefu1", town.community), ("xuefu2", town.community), ("lanting1", town.other_community)):
        ground.grids[name] = regions.draw_grid(community=community, name=name, boundary=None, by="tests", now=NOW).grid
    registry.load_shipped_elements(now=NOW)
    for code, name, department in SOURCES:
        registry.register_source(code=code, name=name, department=department, now=NOW)
    return ground


def viewer(division_id, *capabilities, grid_id=None, number=1):
    """Return somebody of the staff with one post over a division or grid."""
    held = accounts.ActorHolding(
        holding_id=UUID(int=number), unit_id=1, unit_name="学府社区居委会", unit_kind="community", post_code="worker",
        post_name="社区工作者", division_id=division_id, grid_id=grid_id, capabilities=frozenset(capabilities),
    )  # fmt: skip
    return accounts.Actor(person_id=UUID(int=number), name="李青", kind="staff", holdings=(held,))


def say(source, kind, key, *, at=NOW, observed=None, **values):
    """Let a source say one thing and return the entity's id."""
    more = {name: values.pop(name) for name in ("valid_from", "valid_to", "is_verified") if name in values}
    statement = registry.Statement(key, values, observed or at, **more)
    taken = registry.take_in(source=source, kind=kind, statements=[statement], run="t", by=accounts.SYSTEM, now=at)
    return taken.ids[key]


def make_house(grid, address="翠竹花园3栋2单元501室", key="F1", **more):
    return say("police", "house", key, address=address, address_code=key, area_code=grid.code, **more)


def make_wu(grid, **more):
    """Make an old resident by name, known to the police and to the community."""
    values = {"name": "吴桂芳", "citizen_id": WU_ID, "sex": "2", "birth_date": "1940-03-12", "area_code": grid.code}
    wu = say("police", "person", "P1", **values)
    say("visits", "person", "V1", name="吴桂芳", citizen_id=WU_ID, phone=WU_PHONE, **more)
    return wu


def ledger(**where):
    """Return the entries of the use ledger in order, those with these columns only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust_ledgerentry ORDER BY id")
        names = [column.name for column in cursor.description]
        rows = [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    return [row for row in rows if all(getattr(row, name) == value for name, value in where.items())]


def relate(bond, start, end, since=date(2020, 1, 1), *, at=NOW, **more):
    tie = registry.Tie(bond, start, end, since, **more)
    (row,) = registry.relate(ties=[tie], source="visits", by=accounts.SYSTEM, now=at)
    return row


def exported(**asked):
    """Take a list out and return its heading and lines, without the column that says who took it."""
    return [line[:-1] for line in registry.export_entities(**asked).lines]
