"""`linli bench inbox`: the desk of those with the least rights at a million events, beside the same at a thousand."""

import contextlib
import itertools
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.site.plugins.bench_load import request, sample_words
from linli.site.plugins.bench_pages import insist_on_pages, made_by
from linli.site.plugins.bench_sign_in import sign_in
from linli.site.plugins.bench_stage import Node, Report, Stage, copy, drop, exists, stage
from linli.site.plugins.load import percentile_ms, send_all

DATABASE = "linli_bench_inbox"
SMALL_COUNT = 1000
ROUNDS, TRIES = 8, 3
PAGES: Mapping[str, Sequence[str]] = {
    "list": ("/desk/", "/desk/?scope=area", "/desk/?scope=area&tab=done", "/desk/?tab=overdue"),
    "search": tuple(f"/desk/?q={quote(words)}" for words in sample_words()["searches"]),
    "map": ("/desk/map/points", "/desk/map/points?scope=area"),
}
READY = "bench-ready.json"


@dataclass
class Looks:
    """The seconds that each kind of page took."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in PAGES})

    def percentile_ms(self, kind: str, share: float) -> float:
        """Return the time in milliseconds under which this share of the pages stayed."""
        return percentile_ms(self.seconds[kind], share)


class InboxBench(slots.Bench):
    """List, search and map of a grid worker and of an officer of one department, over HTTP with their sessions."""

    code = "inbox"
    label = gettext_lazy("The desk at a million events")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many events and how many looks."""
        parser.add_argument("--events", type=int, default=1_000_000, help="how many events (default: 1000000)")
        parser.add_argument("--clients", type=int, default=4, help="connections at once (default: 4)")
        parser.add_argument("--looks", type=int, default=400, help="pages of each kind and database (default: 400)")
        parser.add_argument("--rebuild", action="store_true", help="make the databases anew (they are kept)")
        parser.add_argument(
            "--database", default=DATABASE, help=f"its name; the small one's ends in _small ({DATABASE})"
        )
        parser.add_argument("--drop", action="store_true", help="drop the databases at the end")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Build what is missing, then look at both in turns."""
        names = options["database"], f"{options['database']}_small"
        mark = {"events": options["events"], "made_by": made_by("events/actions/crowd.py")}
        if options["rebuild"] or any(_read(name) != mark for name in names):
            with _dropped_on_failure(names), stage(names[0], report=report, keep=True) as large:
                large.ask("plant")
                fill(large, names[1], mark, report)
        keep = not options["drop"]
        with (
            stage(names[0], report=report, fresh=False, keep=keep) as large,
            stage(names[1], report=report, fresh=False, keep=keep) as small,
        ):
            return look(large, small, options, report)


def fill(large: Stage, small_name: str, mark: Mapping[str, Any], report: Report) -> Stage:
    """Put some real reports and then copies of them into the database, and into a small twin; return that."""
    (large.folder / "viewers.json").write_text(json.dumps(large.ask("viewers")))
    small = copy(large, small_name)
    report(f"making {SMALL_COUNT} events and {mark['events']} events")
    small.ask("crowd", str(SMALL_COUNT), "--near")
    large.ask("crowd", str(mark["events"]))
    for here in (large, small):
        (here.folder / READY).write_text(json.dumps(mark))
    return small


def look(large: Stage, small: Stage, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Look at both in turns and return the figures."""
    with large.serve("web") as one, small.serve("web") as two:
        looks = _compare(large, one, small, two, options)
        queries = _queries(large, one), _queries(small, two)
    report(f"queries per page: {queries[0]}")
    return _figures(looks, queries)


def _figures(looks: tuple[Looks, Looks], queries: tuple[dict[str, int], dict[str, int]]) -> dict[str, Any]:
    large, small = looks
    ratios = {kind: median(large.seconds[kind]) / median(small.seconds[kind]) for kind in PAGES}
    return {
        **{f"{kind}_p95_ms": large.percentile_ms(kind, 0.95) for kind in PAGES},
        **{f"{kind}_p50_ms": large.percentile_ms(kind, 0.5) for kind in PAGES},
        **{f"{kind}_ratio": round(ratio, 3) for kind, ratio in ratios.items()},
        "ratio_to_small": round(max(ratios.values()), 3),
        "queries": max(queries[0].values()),
        "queries_constant": queries[0] == queries[1],
    }


def _compare(large: Stage, one: Node, small: Stage, two: Node, options: Mapping[str, Any]) -> tuple[Looks, Looks]:
    """Look at both in turns, so that what else the machine does falls on both alike."""
    looks = Looks(), Looks()
    cookies = [_cookies(large, one), _cookies(small, two)]
    each = max(1, options["looks"] // ROUNDS)
    for turn in range(ROUNDS + 1):
        for kind in PAGES:
            for node, cookie, into in ((one, cookies[0], looks[0]), (two, cookies[1], looks[1])):
                count = each if turn else 4 * len(PAGES[kind])  # the first turn only warms up
                wanted = _requests(kind, cookie, count)
                answers = send_all(node.address, wanted, clients=options["clients"], kept_alive=False).all
                insist_on_pages(answers, count)
                into.seconds[kind] += [answer.seconds for answer in answers] if turn else []
    return looks


def _requests(kind: str, cookies: Sequence[str], count: int) -> list[bytes]:
    paths = PAGES[kind]
    more = [f"Cookie: {cookie}\r\nAccept-Encoding: gzip\r\n" for cookie in cookies]
    turns = range(count)
    return [request("GET", paths[n // len(more) % len(paths)], more=more[n % len(more)]) for n in turns]


def _cookies(here: Stage, node: Node) -> list[str]:
    viewers = _viewers(here)
    return [sign_in(node.address, name, viewers["password"]) for name in viewers["names"]]


def _viewers(here: Stage) -> dict[str, Any]:
    viewers: dict[str, Any] = json.loads((here.folder / "viewers.json").read_text())
    return viewers


def _queries(here: Stage, node: Node) -> dict[str, int]:
    """Return the queries that each page needs, by the log of the web server; the fewest of some tries.

    Now and then a page needs one more: the revisions of what is kept in memory are read once a second.
    """
    wanted: dict[str, bytes] = {}
    for number, cookie in enumerate(_cookies(here, node)):
        for path in itertools.chain(*PAGES.values()):
            for turn in range(TRIES):
                mark = f"bench-{len(wanted):04d}-{number}-{turn}"
                wanted[mark] = request("GET", path, more=f"Cookie: {cookie}\r\nX-Request-ID: {mark}\r\n")
    send_all(node.address, wanted.values(), clients=1)
    return dict(_fewest(here.log_lines("web"), list(wanted), list(itertools.chain(*PAGES.values()))))


def _fewest(
    lines: Iterable[Mapping[str, Any]], marks: Sequence[str], paths: Sequence[str]
) -> Iterator[tuple[str, int]]:
    seen = {str(line["request"]): int(line["queries"]) for line in lines if "queries" in line}
    for start in range(0, len(marks), TRIES):
        viewer, page = divmod(start // TRIES, len(paths))
        yield f"{viewer} {paths[page]}", min(seen[mark] for mark in marks[start : start + TRIES])


@contextlib.contextmanager
def _dropped_on_failure(names: Sequence[str]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for database in names:
            drop(Stage.of(database))
        raise


def _read(database: str) -> dict[str, Any] | None:
    """Return what the kept database was made of, or None where there is none."""
    path = Stage.of(database).folder / READY
    if not path.exists() or not exists(database):
        return None
    mark: dict[str, Any] = json.loads(path.read_text())
    return mark
