"""The county at a glance, where counting is slow: the same figures for a minute, and then new ones."""

from datetime import timedelta

from linli.events import api as events
from linli.events.queries import overview
from tests.town import MONDAY, report


def test_slow_figures_are_kept_for_a_minute(town, monkeypatch):
    monkeypatch.setattr(overview, "SLOW", -1.0)
    monkeypatch.setattr(overview, "_kept", {})
    leader = town.actor("leader")
    report(town)
    first = events.overview(actor=leader, now=MONDAY)
    report(town, text="南苑社区5栋楼道灯坏了")
    assert events.overview(actor=leader, now=MONDAY + timedelta(seconds=59)) is first
    later = events.overview(actor=leader, now=MONDAY + timedelta(seconds=60))
    assert (first.open, later.open, later.counted_at) == (1, 2, MONDAY + timedelta(seconds=60))


def test_quick_figures_are_always_of_now(town):
    leader = town.actor("leader")
    assert events.overview(actor=leader, now=MONDAY).open == 0
    report(town)
    assert events.overview(actor=leader, now=MONDAY).open == 1


def test_nobody_gets_the_figures_of_another(town, monkeypatch):
    monkeypatch.setattr(overview, "SLOW", -1.0)
    monkeypatch.setattr(overview, "_kept", {})
    report(town)
    assert events.overview(actor=town.actor("leader"), now=MONDAY).open == 1
    assert events.overview(actor=town.actor("outsider"), now=MONDAY).open == 0
