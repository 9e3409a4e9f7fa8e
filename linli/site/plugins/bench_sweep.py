"""`linli bench sweep`: the sweep of overdue events over a million open ones, two of them at the same time."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.site.plugins.bench_stage import Stage, stage

DATABASE = "linli_bench_sweep"
TWICE = """
SELECT count(*) FROM (SELECT event_id FROM events_escalation GROUP BY event_id, to_level HAVING count(*) > 1) twice
"""
TWO_LEVELS = "SELECT count(*) - count(DISTINCT event_id) FROM events_escalation"


class SweepBench(slots.Bench):
    """One sweep that finds `due` overdue events among many open ones; then two at once find nothing twice."""

    code = "sweep"
    label = gettext_lazy("The sweep of overdue events")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many are open and how many of them are overdue."""
        parser.add_argument("--events", type=int, default=1_000_000, help="how many are open (default: 1000000)")
        parser.add_argument("--due", type=int, default=10_000, help="how many of them are overdue (default: 10000)")
        parser.add_argument("--sweeps", type=int, default=1, help="how many sweeps at the same time (default: 1)")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Build the crowd, sweep, and count what rose, and whether anything rose twice."""
        if not 0 < options["due"] <= options["events"] // 4:
            message = "At least one event must be overdue, and at most a quarter of them."
            raise CommandError(message)
        with stage(DATABASE, report=report) as here:
            here.ask("plant")
            here.ask("viewers")
            report(f"making {options['events']} open events, {options['due']} of them overdue")
            here.ask("crowd", str(options["events"]), "--due", str(options["due"]))
            here.query("UPDATE events_event SET escalate_due = NULL WHERE number NOT LIKE 'B-%%' RETURNING 1")
            report("sweeping")
            return _figures(here, _sweeps(here, options["sweeps"]))


def _sweeps(here: Stage, count: int) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda _: here.ask("sweep"), range(count)))


def _figures(here: Stage, swept: list[dict[str, Any]]) -> dict[str, Any]:
    twice = here.query(TWICE)[0][0] + here.query(TWO_LEVELS)[0][0]
    return {
        "seconds": max(one["seconds"] for one in swept),
        "cpu_seconds": max(one["cpu_seconds"] for one in swept),
        "escalated": sum(one["escalated"] for one in swept),
        "twice": twice,
    }
