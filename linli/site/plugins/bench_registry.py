"""`linli bench registry`: list, search, card and picture of the base for a community worker, at a million people."""

import itertools
import json
import re
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.site.plugins.bench_load import request
from linli.site.plugins.bench_pages import insist_on_pages, made_by
from linli.site.plugins.bench_sign_in import sign_in
from linli.site.plugins.bench_stage import Node, Report, Stage, exists, stage
from linli.site.plugins.load import Answers, send_all

DATABASE = "linli_bench_registry"
READY = "bench-registry.json"
KINDS = ("list", "search", "card", "graph")
TRIES = 3
FILLERS = (
    "registry/actions/crowd.py", "registry/actions/demo.py", "registry/rules/demo.py",
    "registry/rules/demo_departments.py",
)  # fmt: skip
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
Ask = tuple[str, str, str]  # method, path, body


class RegistryBench(slots.Bench):
    """A community worker and a county officer look at a base of many people, over HTTP with their sessions."""

    code = "registry"
    label = gettext_lazy("The base at a million people")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many people and how many looks."""
        parser.add_argument("--people", type=int, default=1_000_000, help="how many people (default: 1000000)")
        parser.add_argument("--looks", type=int, default=200, help="looks of each kind (default: 200)")
        parser.add_argument("--clients", type=int, default=2, help="connections at once (default: 2)")
        parser.add_argument("--database", default=DATABASE, help=f"its name ({DATABASE})")
        parser.add_argument("--rebuild", action="store_true", help="make the database anew (it is kept)")
        parser.add_argument("--drop", action="store_true", help="drop the database at the end")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Build what is missing, then look."""
        name, people = options["database"], options["people"]
        fresh = options["rebuild"] or not is_kept(name, people)
        with stage(name, report=report, fresh=fresh, keep=not options["drop"]) as here:
            if fresh:
                fill(here, people, report)
            return look(here, options, report)


def is_kept(name: str, people: int) -> bool:
    """Tell whether a database with so many people is kept under this name, made as it would be made now."""
    return _read(name) == _mark(people)


def fill(here: Stage, people: int, report: Report) -> None:
    """Plant the demo county, employ those who look, note the queries that each look needs, and add copies of people."""
    here.ask("plant")
    told = here.ask("base")
    with here.serve("web") as node:
        few = _all_queries(here, node, told)
    report(f"making {people} people")
    told |= here.ask("people", str(people))
    here.folder.joinpath(READY).write_text(json.dumps({**told, "mark": _mark(people), "few": few}))


def look(here: Stage, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Look at lists, searches, cards and pictures in turns and return the figures."""
    told = json.loads(here.folder.joinpath(READY).read_text())
    report(f"{told['people']} people, {told['entities']} records, {told['relations']} relations")
    with here.serve("web") as node:
        cookies = [sign_in(node.address, name, told["password"]) for name in told["names"]]
        answers = {kind: _timed(node, cookies, _asks(kind, told), options) for kind in KINDS}
        queries = _all_queries(here, node, told)
    figures: dict[str, Any] = {}
    for kind, each in answers.items():
        figures[f"{kind}_p95_ms"] = each.percentile_ms(0.95)
        figures[f"{kind}_p50_ms"] = each.percentile_ms(0.5)
        figures[f"{kind}_queries"] = max(queries[kind])
    figures["queries_constant"] = _is_constant(queries, told["few"])
    return {**figures, "people": told["people"]}


def _is_constant(many: Mapping[str, list[int]], few: Mapping[str, list[int]]) -> bool:
    """Tell whether no look asks more than it did of few people; who is found by a common word may be asked for less."""
    return all(now <= then for kind in KINDS for now, then in zip(many[kind], few[kind], strict=True))


def _all_queries(here: Stage, node: Node, told: Mapping[str, Any]) -> dict[str, list[int]]:
    """Return how many queries each look of each kind needs."""
    cookies = [sign_in(node.address, name, told["password"]) for name in told["names"]]
    return {kind: _queries(here, node, cookies, _asks(kind, told), kind) for kind in KINDS}


def _asks(kind: str, told: Mapping[str, Any]) -> list[list[Ask]]:
    """Return what each viewer asks for, one list for each: every viewer looks at what lies in the own area."""
    if kind == "list":
        pages = ["/desk/base", "/desk/base?tab=house", "/desk/base?tab=household", "/desk/base?elsewhere=1"]
        return [[("GET", page, "") for page in pages] for _ in told["names"]]
    if kind == "search":
        return [[("GET", f"/desk/base?find={quote(words)}", "") for words in each] for each in told["searches"]]
    steps = 1 if kind == "card" else 2
    return [
        [("POST", f"/desk/base/{entity}", f"purpose=visit&steps={steps}") for entity in each] for each in told["cards"]
    ]


def _timed(node: Node, cookies: Sequence[str], asks: Sequence[Sequence[Ask]], options: Mapping[str, Any]) -> Answers:
    warm = _requests(node, cookies, asks, 4 * len(cookies))
    send_all(node.address, warm, clients=1, kept_alive=False)
    wanted = _requests(node, cookies, asks, options["looks"])
    answers = send_all(node.address, wanted, clients=options["clients"], kept_alive=False)
    insist_on_pages(answers.all, len(wanted))
    return answers


def _requests(
    node: Node, cookies: Sequence[str], asks: Sequence[Sequence[Ask]], count: int, mark: str = ""
) -> list[bytes]:
    """Return whole requests, one viewer after the other, each with the token of its session where it posts."""
    tokens = [_token(node, cookie, each) for cookie, each in zip(cookies, asks, strict=True)]
    turns = [itertools.cycle(each) for each in asks]
    made = []
    for n in range(count):
        viewer = n % len(cookies)
        method, path, body = next(turns[viewer])
        cookie, token = tokens[viewer]
        more = f"Cookie: {cookie}\r\nAccept-Encoding: gzip\r\n"
        more += f"X-CSRFToken: {token}\r\nContent-Type: application/x-www-form-urlencoded\r\n" if body else ""
        more += f"X-Request-ID: {mark}-{n}\r\n" if mark else ""
        made.append(_whole(method, path, more, body))
    return made


def _whole(method: str, path: str, more: str, body: str) -> bytes:
    sized = f"{more}Content-Length: {len(body)}\r\n" if body else more
    return request(method, path, more=sized) + body.encode()


def _token(node: Node, cookie: str, asks: Sequence[Ask]) -> tuple[str, str]:
    """Return the cookies with the one against forgery, and its word; only who posts needs them."""
    if not asks or not asks[0][2]:
        return cookie, ""
    (answer,) = send_all(
        node.address, [request("GET", asks[0][1], more=f"Cookie: {cookie}\r\n")], clients=1, kept_alive=False
    ).all
    found = TOKEN.search(answer.body.decode())
    if found is None:
        message = "the page of a card has no form"
        raise CommandError(message)
    return cookie, found[1]


def _queries(here: Stage, node: Node, cookies: Sequence[str], asks: Sequence[Sequence[Ask]], kind: str) -> list[int]:
    """Return how many queries each look needs, by the log of the web server; the fewest of some tries."""
    fewest: dict[int, int] = {}
    for turn in range(TRIES):
        mark = f"base-{kind}-{turn}"
        wanted = _requests(node, cookies, asks, 4 * len(cookies), mark)
        send_all(node.address, wanted, clients=1, kept_alive=False)
        for line in here.log_lines("web"):
            if "queries" in line and str(line["request"]).startswith(f"{mark}-"):
                n = int(str(line["request"]).rsplit("-", 1)[1])
                fewest[n] = min(fewest.get(n, 10**6), int(line["queries"]))
    return [fewest[n] for n in sorted(fewest)]


def _mark(people: int) -> dict[str, Any]:
    return {"people": people, "made_by": made_by(*FILLERS)}


def _read(database: str) -> dict[str, Any] | None:
    """Return what the kept database was made of, or None where there is none."""
    path = Stage.of(database).folder / READY
    kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() and exists(database) else {}
    return kept.get("mark")
