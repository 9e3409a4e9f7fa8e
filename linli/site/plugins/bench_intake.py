"""`linli bench intake`: reports over HTTP until they are dispatched, with everything running that runs in a node."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.site.plugins import bench_cpu
from linli.site.plugins.bench_floor import floor_per_second
from linli.site.plugins.bench_load import made_before, report_requests
from linli.site.plugins.bench_stage import Node, Stage, stage
from linli.site.plugins.load import Answers, send_all

DATABASE = "linli_bench_intake"
MOST_PER_SECOND = 1500
FLOOR_EACH = 500
CREATED = 201
MILLI = 1000


class IntakeBench(slots.Bench):
    """Signed reports from kept-alive clients against web, worker and relay; then the same rows by pgbench."""

    code = "intake"
    label = gettext_lazy("Reports over HTTP until dispatched")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how long and how many at once."""
        parser.add_argument("--seconds", type=float, default=15.0, help="how long to measure (default: 15)")
        parser.add_argument("--warm-up", type=float, default=3.0, help="how long to warm up (default: 3)")
        parser.add_argument("--clients", type=int, default=16, help="connections at once (default: 16)")
        parser.add_argument(
            "--floor-each", type=int, default=FLOOR_EACH, help=f"floor: reports per client (default: {FLOOR_EACH})"
        )

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Measure the node, then the floor on the same server."""
        clients = options["clients"]
        with stage(DATABASE, report=report) as here:
            ground = here.ask("plant")
            with here.serve("up") as node:
                figures = measure(here, node, ground, options, report)
            report("measuring the floor by pgbench")
            floor = floor_per_second(here, clients=clients, each=options["floor_each"], report=report)
        ratio = round(figures["per_second"] / floor, 3) if floor else None
        return {**figures, "floor_per_second": floor, "ratio": ratio}


def measure(
    here: Stage, node: Node, ground: Mapping[str, Any], options: Mapping[str, Any], report: Callable[[str], None]
) -> dict[str, Any]:
    """Return what a node takes: reports per second, their time, and the processor time of each part for one report."""
    seconds, clients = options["seconds"], options["clients"]
    warm = made_before(report_requests(ground, prefix="warm"), int(options["warm_up"] * MOST_PER_SECOND))
    requests = made_before(report_requests(ground, prefix="bench"), int(seconds * MOST_PER_SECOND))
    report(f"warming up for {options['warm_up']:.0f} s, then {clients} clients for {seconds:.0f} s")
    _check(send_all(node.address, warm, clients=clients, seconds=options["warm_up"]))
    before, database = bench_cpu.node_seconds(node.pid), bench_cpu.database_seconds(here.database)
    answers = send_all(node.address, requests, clients=clients, seconds=seconds)
    behind = here.wait_for_receivers()
    after, database_after = bench_cpu.node_seconds(node.pid), bench_cpu.database_seconds(here.database)
    _check(answers)
    used = {role: after[role] - before[role] for role in after}
    by_server = sum(spent - database.get(pid, 0.0) for pid, spent in database_after.items())
    each = MILLI / len(answers.all)
    return {
        "per_second": answers.per_second,
        "p50_ms": answers.percentile_ms(0.5),
        "p95_ms": answers.percentile_ms(0.95),
        "cpu_ms_per_report": round(used["granian"] * each, 3),
        "relay_cpu_ms_per_report": round(used["relay"] * each, 3),
        "worker_cpu_ms_per_report": round(used["worker"] * each, 3),
        "database_cpu_ms_per_report": round(by_server * each, 3) if database else None,
        "reports": len(answers.all),
        "receivers_behind_s": round(behind, 1),
    }


def _check(answers: Answers) -> None:
    """Insist that every answer is a receipt with a number and a unit."""
    for answer in answers.all:
        receipt = orjson.loads(answer.body) if answer.status == CREATED else {}
        if not receipt.get("number") or not receipt.get("unit_name"):
            message = f"a report was answered with {answer.status}: {answer.body[:300]!r}"
            raise CommandError(message)
    if answers.cut or not answers.all:
        message = f"{len(answers.cut)} reports were cut off, {len(answers.all)} answered"
        raise CommandError(message)
