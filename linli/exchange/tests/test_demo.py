"""The departments of the demo county: their dirt is known, and the runs find exactly that."""

from random import Random

import pytest

from linli.exchange.actions.demo import LIVE, plant_demo_sources
from linli.exchange.models import Dataset, LinkageReview, Run
from linli.exchange.queries.datasets import late_since
from linli.exchange.rules.demo import DEPARTMENTS, delivery
from linli.exchange.rules.demo_doubts import doubts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.registry.tests.factories import NOW, Identity

SEED, PEOPLE = 5, 400


@pytest.mark.slow
def test_the_departments_deliver_and_only_the_rows_that_were_spoiled_are_set_aside(db, tmp_path):
    kernel.load_shipped_codes()
    county = regions.plant_demo_county(seed=SEED, now=NOW)
    registry.plant_demo_base(county_id=county.county_id, seed=SEED, people=PEOPLE, now=NOW)
    assert plant_demo_sources(county_id=county.county_id, seed=SEED, people=PEOPLE, now=NOW) == len(DEPARTMENTS)
    assert plant_demo_sources(county_id=county.county_id, seed=SEED, people=PEOPLE, now=NOW) == 0
    said = registry.demo_sayings(county_id=county.county_id, seed=SEED, people=PEOPLE, now=NOW).said
    for one in DEPARTMENTS:
        brought = delivery(one, said, seed=SEED, today=NOW.date())
        run = Run.objects.get(dataset=one.code, number=2)
        assert (run.state, run.rows, run.rejected) == ("done", len(brought.rows), len(brought.wrong)), one.code
        assert run.new == 0, one.code
    late = {one.code for one in Dataset.objects.all() if late_since(one, NOW)}
    assert late == {one.code for one in DEPARTMENTS if one.late}
    check_doubts(
        delivery(next(one for one in DEPARTMENTS if one.source == "health"), said, seed=SEED, today=NOW.date())
    )
    assert sum(Run.objects.values_list("rejected", flat=True)) > 0
    assert Dataset.objects.get(code="police-population").connection_id == LIVE


def check_doubts(brought):
    """What a machine can't tell waits for a person: no two people were joined, and those who are one stand in pairs."""
    whom = {row.key: row.entity_id for row in Identity.objects.filter(kind="person")}
    reviews = list(LinkageReview.objects.select_related("left", "right"))
    assert 5 <= len(reviews) <= 15
    assert {row.cause for row in reviews} >= {"siblings", "namesake"}
    assert {row.state for row in reviews} == {"open"}
    asked = {row.left.key for row in reviews} | {row.right.key for row in reviews}
    for key, doubt in brought.doubts.items():
        joined = whom[key] == whom[doubt.like]
        assert joined or key in asked, key
        assert doubt.is_one or not joined, key
        assert brought.truth[key] == (doubt.like if doubt.is_one else key)
    assert {doubt.is_one for doubt in brought.doubts.values()} == {True, False}


def test_the_same_seed_gives_the_same_doubts():
    people = [
        {
            "base_key": f"P{number}", "name": f"吴{given}芳", "birth_date": f"19{40 + number}-03-0{number % 9 + 1}",
            "sex": "1", "address": f"青石巷{number}号", "area_code": "990101001001001",
        }
        for number, given in enumerate("桂秀文静丽红美玉雪春秋冬")
    ]  # fmt: skip
    first, again, other = (list(doubts(people, Random(seed))) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert len(first) == 12
    assert len({one.key for one in first}) == 12
    assert all(one.values["citizen_id"] == "" for one in first)
