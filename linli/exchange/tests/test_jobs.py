"""The jobs that the README promises are known to the worker: a job that nobody imports never runs."""

import pytest
from procrastinate.contrib.django import app

from linli.exchange import tasks
from linli.exchange.models import LinkageModel, LinkageReview
from linli.exchange.tests.test_linkage import PHONE, WU, wu
from linli.registry.tests.factories import say

EVERY_MINUTE, EVERY_NIGHT, EVERY_WEEK = {"* * * * *"}, {"40 2 * * *"}, {"10 4 * * 0"}


@pytest.mark.parametrize(("job", "when"), [
    ("exchange.wake", EVERY_MINUTE),
    ("exchange.sweep", EVERY_MINUTE),
    ("exchange.wake_carrier", EVERY_MINUTE),
    ("exchange.wake_pushes", EVERY_MINUTE),
    ("exchange.tell_heads", EVERY_MINUTE),
    ("exchange.rerun_linkage", EVERY_NIGHT),
    ("exchange.learn_weights", EVERY_WEEK),
])  # fmt: skip
def test_what_is_promised_comes_by_the_clock(job, when):
    assert {one.cron for one in app.periodic_registry.periodic_tasks.values() if one.task.name == job} == when


def test_the_night_finds_what_two_records_say_by_now(ground):
    grid = ground.grids["xuefu1"]
    wu("police", "P1", grid, phone=PHONE)
    say("visits", "person", "V1", name="周某", area_code=grid.code)
    say("visits", "person", "V1", **WU, phone=PHONE, area_code=grid.code)
    assert not LinkageReview.objects.exists()
    tasks.rerun(timestamp=0)
    assert LinkageReview.objects.count() == 1


def test_the_week_learns_nothing_from_a_few(ground):
    wu("police", "P1", ground.grids["xuefu1"])
    tasks.learn(timestamp=0)
    assert not LinkageModel.objects.exists()
