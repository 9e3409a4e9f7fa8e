"""`linli bench crash`: kills the processes of a node while reports come in, then counts what became of each report."""

import contextlib
import os
import signal
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.site.plugins import bench_cpu
from linli.site.plugins.bench_load import made_before, report_requests
from linli.site.plugins.bench_stage import Node, Stage, stage
from linli.site.plugins.load import Answers, send_all

DATABASE = "linli_bench_crash"
VICTIMS = ("a web process", "worker", "relay", "all of web", "worker", "a web process", "relay", "worker")
OK, CREATED = 200, 201

EACH = """
SELECT count(*) FILTER (WHERE here = 1 AND entries = 1 AND facts = 1 AND heard = 1 AND findable = 1),
       sum(greatest(entries - 1, 0) + greatest(facts - 1, 0) + greatest(heard - 1, 0))
FROM (
    SELECT a.id,
        (SELECT count(*) FROM events_event e WHERE e.id = a.id AND e.lead_unit_id IS NOT NULL) AS here,
        (SELECT count(*) FROM trust_ledgerentry l
            WHERE l.object_kind = 'event' AND l.object_id = a.id::text AND l.action = 'create') AS entries,
        (SELECT count(*) FROM told t WHERE t.event_id = a.id) AS facts,
        (SELECT count(*) FROM told t JOIN heard h ON h.entry = t.id WHERE t.event_id = a.id) AS heard,
        (SELECT count(*) FROM events_terms t WHERE t.event_id = a.id) AS findable
    FROM answered a
) found
"""
REPORTED = "SELECT count(*) FROM events_event WHERE channel <> 'source'"  # what recurs may raise one more
ANSWERED = "CREATE TEMP TABLE answered AS SELECT DISTINCT unnest(%(ids)s::uuid[]) AS id"
PREPARED = """
CREATE TEMP TABLE told AS SELECT id, (payload ->> 'event_id')::uuid AS event_id FROM kernel_journalentry
    WHERE kind = 'events.EventReported';
CREATE TEMP TABLE heard AS SELECT unnest(entries) AS entry FROM kernel_batch
    WHERE receiver = 'events.index_reported' AND done_at IS NOT NULL;
CREATE INDEX ON told (event_id);
CREATE INDEX ON heard (entry);
ANALYZE answered, told, heard
"""


class CrashBench(slots.Bench):
    """Web, worker and relay are killed by SIGKILL, again and again; the supervisor of `linli up` starts them anew."""

    code = "crash"
    label = gettext_lazy("Reports while processes are killed")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many reports and how many kills."""
        most = len(VICTIMS)
        parser.add_argument("--reports", type=int, default=2000, help="how many reports (default: 2000)")
        parser.add_argument("--clients", type=int, default=16, help="connections at once (default: 16)")
        parser.add_argument("--kills", type=int, default=6, help=f"how many kills, at most {most} (default: 6)")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Send every report until it is answered, killing meanwhile; then look at what is there."""
        with stage(DATABASE, report=report) as here:
            ground = here.ask("plant")
            with here.serve("up") as node:
                answers = strike(here, node, ground, options, report)
            report("counting what is there, and recomputing the ledger")
            return {**counted(here, answers), "kills": options["kills"], "cut_off": len(answers.cut)}


def strike(
    here: Stage, node: Node, ground: Mapping[str, Any], options: Mapping[str, Any], report: Callable[[str], None]
) -> Answers:
    """Send reports until each is answered, killing meanwhile; return when every fact is delivered."""
    victims, clients = VICTIMS[: options["kills"]], options["clients"]
    requests = made_before(report_requests(ground, prefix="crash"), options["reports"])
    report(f"{len(requests)} reports from {clients} clients, {len(victims)} kills")
    answers = send_all(node.address, _killing(requests, node, victims, report), clients=clients, insist=True)
    report(f"all answered after {answers.elapsed:.0f} s; waiting for the relay and the worker")
    here.wait_for_receivers()  # what is missing then is counted as lost
    return answers


def counted(here: Stage, answers: Answers) -> dict[str, Any]:
    """Return what became of the reports that were answered: found once with all that belongs to them, lost, doubled."""
    refused = answers.others_than(OK, CREATED)
    if refused:
        message = f"a report was refused: {refused[0]!r}"
        raise CommandError(message)
    ids = [orjson.loads(answer.body)["event_id"] for answer in answers.all]
    with here.connect() as connection:
        connection.execute(ANSWERED.encode(), {"ids": ids})
        connection.execute(PREPARED.encode())
        found, more = connection.execute(EACH.encode()).fetchone() or (0, 0)
        (events,) = connection.execute(REPORTED.encode()).fetchone() or (0,)
    return {
        "answered": len(ids),
        "found": found,
        "lost": len(ids) - found,
        "twice": int(more or 0) + max(0, events - len(ids)),
        "ledger_ok": here.ask("ledger")["ok"],
    }


def _killing(
    requests: Sequence[bytes], node: Node, victims: Sequence[str], report: Callable[[str], None]
) -> Iterator[bytes]:
    """Hand out the requests, and kill the next victim each time a share of them is out."""
    turns = {len(requests) * (turn + 1) // (len(victims) + 1): victim for turn, victim in enumerate(victims)}
    for number, request in enumerate(requests):
        if number in turns:
            report(f"after {number} reports: kill -9 {turns[number]}")
            _kill(node, turns[number])
        yield request


def _kill(node: Node, victim: str) -> None:
    role = "granian" if "web" in victim else victim
    pids = bench_cpu.pids_of(role, below=node.pid)
    if victim == "a web process":
        pids = pids[-1:]  # the first one starts the others
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
