"""A small known area for the tests of regions: one county, two streets, three communities, four grids on a lattice."""

import json
from datetime import UTC, date, datetime

from django.db import connection

from linli.regions import api as regions
from tests.snapshot import kept

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)
BY = "tester"


def told(name):
    """Return the payloads of one kind of fact in the journal, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload::text FROM kernel_journalentry WHERE kind = %s ORDER BY id", [f"regions.{name}"])
        return [json.loads(row[0]) for row in cursor.fetchall()]


def square(west, south, size=1.0):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def make_division(code, name, **options):
    return regions.add_division(code=code, name=name, valid_from=SINCE, by=BY, now=NOW, **options)


def make_grid(community, name="第一网格", boundary=None):
    return regions.draw_grid(community=community, name=name, boundary=boundary, by=BY, now=NOW).grid


@kept
def make_county():
    """Return the divisions by a short name: county, south, north (streets), elm, oak (south), ash (north)."""
    made = {}
    for key, code, name in (
        ("province", "99", "示例省"),
        ("city", "9901", "示例市"),
        ("county", "990101", "青禾县"),
        ("south", "990101001", "南苑街道"),
        ("north", "990101100", "北溪镇"),
        ("elm", "990101001001", "榆树社区"),
        ("oak", "990101001002", "橡林社区"),
        ("ash", "990101100201", "白蜡村"),
    ):
        made[key] = make_division(code, name)
    return made


def make_grids(county):
    """Draw four unit squares: elm at (100, 30) and (101, 30), oak at (102, 30), ash at (100, 31)."""
    return [
        make_grid(county["elm"], "榆树社区第一网格", square(100, 30)),
        make_grid(county["elm"], "榆树社区第二网格", square(101, 30)),
        make_grid(county["oak"], "橡林社区第一网格", square(102, 30)),
        make_grid(county["ash"], "白蜡村第一网格", square(100, 31)),
    ]
