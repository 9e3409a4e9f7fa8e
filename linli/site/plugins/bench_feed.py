"""`linli bench feed`: two nodes, one tells the other what changes; the link is cut in the middle."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy

from linli.exchange import api as exchange
from linli.kernel import slots
from linli.site.plugins.bench_stage import Node, Report, Stage, copy, drop, stage
from linli.site.plugins.load import percentile_ms
from linli.site.plugins.proxy import Proxy

DATABASE = "linli_bench_feed"
CUT = 5.0  # seconds
PATIENCE = 240.0  # seconds within which both sides must agree
ELEMENTS = ("person.name", "person.phone", "person.area_code")
BEFORE, WITH = "bench-before-", "bench-with-"  # what names begin with
ALLOW = "LINLI_OUTGOING_ALLOW"
SEQUENCE = "SELECT coalesce(max(sequence), -1) FROM exchange_intake"
PEOPLE = "SELECT count(*) FROM registry_entity WHERE kind = 'person' AND merged_into_id IS NULL"
NAMES = "SELECT label FROM registry_entity WHERE kind = 'person' AND label LIKE %(prefix)s"
PROPOSED = "SELECT count(*) FROM exchange_correction WHERE peer_ref IS NOT NULL"
OFFER = "bench_offer"
OFFERED = f"SELECT count(*) FROM exchange_remotedataset WHERE code = '{OFFER}'"  # noqa: S608  a constant
APPLIED = "SELECT count(*) FROM exchange_application WHERE peer_ref IS NOT NULL"
GRANTED = """SELECT count(*) FROM exchange_application
WHERE peer_ref IS NULL AND state = 'approved' AND peer_grant->>'state' = 'active'"""
CORRECTED = "SELECT count(*) FROM exchange_correction WHERE peer_ref IS NULL AND state = 'confirmed'"
INHERITED = "SELECT count(*) FROM registry_element WHERE code = 'bench_feed'"


class FeedBench(slots.Bench):
    """A county tells its city of every change; both are whole nodes, with databases and servers of their own."""

    code = "feed"
    label = gettext_lazy("The change feed between two nodes")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many changes, and how fast."""
        parser.add_argument(
            "--changes", type=int, default=300, help="changes before the cut, and with it (default: 300)"
        )
        parser.add_argument("--rate", type=float, default=20, help="changes a second (default: 20)")
        parser.add_argument("--cut", type=float, default=CUT, help=f"seconds without a link (default: {CUT:.0f})")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Link two nodes, change what is known, cut the link, and count what arrived."""
        with stage(DATABASE, report=report) as county:
            county.ask("plant")
            city = copy(county, f"{DATABASE}_city")
            try:
                with _allowed(), county.serve("up") as here, city.serve("up") as there:
                    return measure(county, city, (here, there), options, report)
            finally:
                drop(city)


def measure(
    county: Stage, city: Stage, nodes: tuple[Node, Node], options: Mapping[str, Any], report: Report
) -> dict[str, Any]:
    """Return how long changes take, and what was lost or doubled, with the link cut in the middle."""
    with Proxy(nodes[0].address) as to_county, Proxy(nodes[1].address) as to_city:
        link(county, city, to_county.port, to_city.port)
        tell(county)
        known = county.query(PEOPLE)[0][0]
        _await(lambda: city.query(SEQUENCE)[0][0] >= known, "the city never heard of the slice")
        report(f"{options['changes']} changes, {options['rate']:.0f} a second")
        delays, _last = _changes(county, city, BEFORE, options)
        report(f"{options['changes']} more, the link cut for {options['cut']:.0f} s")
        cut = threading.Timer(
            options["changes"] / options["rate"] / 3, _cut, [city, (to_county, to_city), options["cut"]]
        )
        cut.start()
        _delays, ended = _changes(county, city, WITH, options)
        cut.join()
        _answer(county, city)
    wrong = [_compared(county, city, prefix) for prefix in (BEFORE, WITH)]
    return {
        "p95_ms": percentile_ms(delays, 0.95), "p50_ms": percentile_ms(delays, 0.5),
        "lost": sum(lost for lost, _twice in wrong), "twice": sum(twice for _lost, twice in wrong),
        "caught_up_s": round(ended, 2), "corrected": int(city.query(CORRECTED)[0][0]),
        "granted": int(city.query(GRANTED)[0][0]),
        "inherited": int(county.query(INHERITED)[0][0]),
    }  # fmt: skip


def link(county: Stage, city: Stage, county_port: int, city_port: int) -> None:
    """Exchange the anchors; the city stands above and has an element of its own, which the county inherits."""
    for one, other, port, place in ((county, city, city_port, "above"), (city, county, county_port, "below")):
        anchor, mark = _anchor(other, port)
        _fed(one, anchor, "peer", "add", "--place", place, "--fingerprint", mark)
    city.ask("element", "bench_feed")
    _await(lambda: county.query(INHERITED)[0][0] == 1, "the county inherited no element")
    county.ask("offer", OFFER)
    _await(lambda: city.query(OFFERED)[0][0] == 1, "the catalogue of the county never came")


def tell(county: Stage) -> None:
    """Let the county tell the city of its people."""
    code = county.query("SELECT code FROM regions_division WHERE level = 3 ORDER BY id LIMIT 1")[0][0]
    name = county.query("SELECT name FROM exchange_peer")[0][0]
    why = ("--purpose", "bench", "--basis", "bench")
    county.linli("peer", "tell", "--peer", name, "--division", code, *why, "--elements", *ELEMENTS)


def _changes(county: Stage, city: Stage, prefix: str, options: Mapping[str, Any]) -> tuple[list[float], float]:
    """Let so many things change; return how long each took to be there, and how long the last after its commit."""
    before = int(city.query(SEQUENCE)[0][0])
    committed: list[float] = []
    arrived: list[float] = []
    writer = threading.Thread(target=lambda: committed.extend(_said(county, prefix, options)))
    writer.start()
    limit = time.monotonic() + PATIENCE + options["changes"] / options["rate"]
    with city.connect() as connection:
        while len(arrived) < options["changes"] and time.monotonic() < limit:
            (there,) = connection.execute(SEQUENCE.encode()).fetchone() or (0,)
            arrived += [time.time()] * (int(there) - before - len(arrived))
            time.sleep(0.01)
    writer.join()
    delays = [there - here for here, there in zip(committed, arrived, strict=False)]
    return delays, delays[-1] if delays else PATIENCE


def _said(county: Stage, prefix: str, options: Mapping[str, Any]) -> Sequence[float]:
    told = county.ask("changes", prefix, str(options["changes"]), str(options["rate"]))
    return [float(one) for one in told["committed"]]


def _compared(county: Stage, city: Stage, prefix: str) -> tuple[int, int]:
    """Return how many people of the county are not in the city as they are here, and how many stand there twice."""
    asked = {"prefix": f"%{prefix}"}
    here, there = ([name for (name,) in one.query(NAMES, asked)] for one in (county, city))
    return len(set(here) - set(there)) + len(set(there) - set(here)), len(there) - len(set(there))


def _cut(city: Stage, proxies: Sequence[Proxy], seconds: float) -> None:
    """Cut the link; meanwhile the city corrects somebody of the county, and applies for a data set of it."""
    for proxy in proxies:
        proxy.cut()
    began = time.monotonic()
    city.ask("ask", OFFER)
    time.sleep(max(0.0, began + seconds - time.monotonic()))
    for proxy in proxies:
        proxy.mend()


def _answer(county: Stage, city: Stage) -> None:
    """Let the county, once they came over the mended link, confirm the correction and grant what was applied for."""
    _await(lambda: county.query(PROPOSED)[0][0] == 1, "the correction never came")
    _await(lambda: county.query(APPLIED)[0][0] == 1, "the application never came")
    county.ask("answer")
    _await(lambda: city.query(CORRECTED)[0][0] == 1, "the city never heard that it was confirmed")
    _await(lambda: city.query(GRANTED)[0][0] == 1, "the city never heard that it was granted")


def _anchor(node: Stage, port: int) -> tuple[str, str]:
    text = node.linli("peer", "anchor", "--address", f"http://127.0.0.1:{port}")
    from_here = json.loads(text)
    mark = exchange.shown(exchange.fingerprint(from_here["public"]))
    return json.dumps({**from_here, "name": node.database}), mark


def _fed(node: Stage, text: str, *arguments: str) -> None:
    """Run a command that reads its standard input."""
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "linli", *arguments], env=node.environment(), input=text, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise CommandError(done.stderr[-600:])


def _await(holds: Callable[[], bool], otherwise: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > limit:
            raise CommandError(otherwise)
        time.sleep(0.1)


@contextlib.contextmanager
def _allowed() -> Iterator[None]:
    """Let the nodes call each other on this machine."""
    old = os.environ.get(ALLOW)
    os.environ[ALLOW] = "127.0.0.0/8"
    try:
        yield
    finally:
        if old is None:
            del os.environ[ALLOW]
        else:
            os.environ[ALLOW] = old
