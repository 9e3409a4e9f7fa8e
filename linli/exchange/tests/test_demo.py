"""The departments of the demo county: their dirt is known, and the runs find exactly that."""

import pytest

from linli.exchange.actions.demo import LIVE, plant_demo_sources
from linli.exchange.models import Dataset, Run
from linli.exchange.queries.datasets import late_since
from linli.exchange.rules.demo import DEPARTMENTS, delivery
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.registry.tests.factories import NOW

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
    assert sum(Run.objects.values_list("rejected", flat=True)) > 0
    assert Dataset.objects.get(code="police-population").connection_id == LIVE
