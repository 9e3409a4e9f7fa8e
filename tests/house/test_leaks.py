"""Every address as every post of the town: nobody reads a row or a field beyond the predicate, nor by forged ids."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

import pytest
from django.test import Client

from linli.accounts import api as accounts
from linli.accounts import slots as accounts_slots
from linli.events.models import Event
from linli.regions import api as regions
from linli.registry.models import Entity
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.sight import clearance_over
from linli.trust import api as trust
from tests import town as town_of_tests
from tests.basetown import say
from tests.duties import MONDAY
from tests.house.reading import refuse
from tests.house.routes import (
    SIGN_IN,
    Answer,
    Route,
    Secret,
    Visitor,
    ask,
    closed_to_some_method,
    fill,
    leaks,
    routes,
    walk,
)

pytestmark = pytest.mark.slow

OTHER_OFFICES = {"accounts.manage", "trust.audit"}  # nobody holds two: here that of the security administrator
SERVER_ERROR, NOT_FOUND, NOT_BY_GET = 500, 404, 405
TWINS = {"colleague"}  # the post, unit and area of somebody else
EVERYWHERE = {"whom this node is linked with", "what an incident of this node says"}  # both are the node's, of no area
# The whole set-up of the node, for those who may set it up; it belongs to no area.
OF_THE_NODE = {"GET /desk/config.yaml", "POST /desk/config.yaml"}
FORGED = (
    str(uuid.UUID(int=7)), "9" * 40, "\u0663", "' OR '1'='1' --", "../../etc/passwd", "%00",
    "<script>alert(1)</script>",
)  # fmt: skip
SCRIPT = FORGED[-1]
ASKED = re.compile(r"""(?:GET|get)(?:\.get|\.getlist)?[(\[]"([a-z_]+)\"""")


@dataclass(frozen=True)
class Kept:
    """Words of one row or field, who may read them by the predicate, and other words by which the row is found."""

    secret: Secret
    found_by: str
    may_be_read_by: Callable[[accounts.Actor], bool]


def planted(town: Any) -> tuple[list[Kept], dict[str, list[Any]]]:
    """Let a house, a person and an event keep a secret in each of three areas; return them with what addresses name."""
    kept, entities, numbers = [], [], []
    for number, (area, grid) in enumerate(_grids(town).items(), start=1):
        home, whole = f"柏树湾{number}号院3栋1单元{number}01室", citizen_id(f"99010119{50 + number}0101{number:03}")
        house = say(
            "police", "house", f"L{number}", MONDAY, address=home, address_code=f"L{number}", area_code=grid.code
        )
        said = {"name": "柏" + "甲乙丙"[number - 1], "citizen_id": whole, "area_code": grid.code}
        person = say("police", "person", f"L{number}", MONDAY, **said)
        kept += [
            Kept(Secret(f"柏树湾{number}号院", f"a home in {area}"), f"柏树湾{number}号", knows(Entity, house)),
            Kept(Secret(whole, f"a whole id number in {area}"), said["name"], reads_whole(person)),
        ]
        entities += [house, person]
        if area != "elsewhere":
            words = f"柏树下第{number}盏灯坏了"
            receipt = town_of_tests.report(town, words, grid=0 if area == "nanyuan" else 2, phone=f"1360000{number:04}")
            kept.append(Kept(Secret(words, f"what was said in {area}"), words[:-1], knows(Event, receipt.event_id)))
            numbers.append(receipt.number)
    return kept, {"entity_id": entities, "number": numbers}


def _grids(town: Any) -> dict[str, Any]:
    how = {"valid_from": date(2026, 1, 1), "by": "tests", "now": MONDAY}
    street = regions.add_division(code="990102001000", name="远山街道", parent=town.divisions["elsewhere"], **how)
    far = regions.add_division(code="990102001001", name="远山社区", parent=street, **how)
    drawn = regions.draw_grid(community=far, name="远山网格", boundary=None, by="tests", now=MONDAY)
    return {"nanyuan": town.grids[0], "xuefu": town.grids[2], "elsewhere": drawn.grid}


def citizen_id(first: str) -> str:
    """Return an id number with its check character (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11]


def knows(model: Any, key: Any) -> Callable[[accounts.Actor], bool]:
    row = model.objects.get(pk=key)
    return lambda actor: trust.may_know(actor, row)


def reads_whole(key: Any) -> Callable[[accounts.Actor], bool]:
    row, element = Entity.objects.get(pk=key), elements_of("person")["citizen_id"]
    return lambda actor: trust.may(actor, "registry.see", row) and clearance_over(actor, row).of(element) == "plain"


def looks(visitor: Visitor, values: dict[str, list[Any]], kept: list[Kept]) -> list[Answer]:
    """Open every card for a purpose, look for every secret, and export every list."""
    home = Client(raise_request_exception=False, headers=dict(visitor.headers))
    if visitor.person is not None:
        home.force_login(visitor.person)
    asked = [("get", "/desk/base?" + urlencode({"tab": tab, "find": one.found_by}))
             for one in kept for tab in ("person", "house")]  # fmt: skip
    asked += [("get", f"/desk/?{urlencode({'scope': 'area', 'tab': 'all', 'q': one.found_by})}") for one in kept]
    asked += [("post", f"/desk/base/{one}") for one in values["entity_id"]]
    asked += [("post", f"/desk/base/export.xlsx?tab={tab}") for tab in ("person", "house")]
    route = Route("looks", "", ())
    return [ask(home, route, path, method, {"purpose": "verify", "steps": "2"}) for method, path in asked]


@pytest.fixture
def walked(db, caplog):
    caplog.set_level("WARNING", logger="linli.requests")  # a line for each of many thousand requests
    return town_of_tests.build()


def somebody(town: Any, code: str, unit: str, division: str) -> Any:
    """Employ somebody who may do everything, in one area."""
    every = [one.code for one in accounts_slots.capabilities.all() if one.code not in OTHER_OFFICES]
    post = accounts.save_post(code=code, name=code, capabilities=every, by=accounts.SYSTEM, now=MONDAY)
    person = accounts.create_person(username=code, name=code, by=accounts.SYSTEM, now=MONDAY)
    accounts.open_holding(
        person=person, post=post, unit=town.units[unit], division_id=town.divisions[division].id,
        valid_from=date(2026, 1, 1), by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip
    return person


def test_each_post_reads_what_the_predicate_opens_and_no_more(walked):
    town = walked.town
    kept, own = planted(town)
    values = {**{name: some[:1] for name, some in walked.values.items()}, **own}
    people = {name: person for name, person in town.people.items() if name not in TWINS}
    people["who may do all"] = somebody(town, "t-all", "centre", "county")
    visitors = [Visitor("a guest"), *(Visitor(name, person) for name, person in people.items())]
    insiders = {one.name for one in walked.insiders}
    assert insiders <= set(people)
    found, read, there = [], set(), set()
    for visitor in visitors:
        actor = accounts.actor_for(visitor.person, on=MONDAY.date()) if visitor.person else accounts.GUEST
        open_to = {one.secret for one in kept if one.may_be_read_by(actor)}
        answers = [*walk(visitor, values, walked.queries, methods=("get",)), *looks(visitor, own, kept)]
        for answer in [*answers, *(_as_insider(visitor, walked, values) if visitor.name in insiders else ())]:
            shown = set(leaks(answer, [one.secret for one in kept]))
            read |= shown & open_to
            found += [f"{visitor.name}: {answer.request} shows {one.what}" for one in shown - open_to]
            found += [f"{visitor.name}: {answer.request} fails"] if answer.status >= SERVER_ERROR else []
            if visitor.name in insiders:
                read |= set(leaks(answer, walked.secrets))
                there |= {answer.route.key} if answer.status != NOT_FOUND else set()
    refuse(found, "Ask trust.api.visible() for the rows, and the clearance for the fields.")
    secrets = [*(one.secret for one in kept), *walked.secrets]
    refuse([one.what for one in secrets if one not in read], "Nobody reads this, so it proves nothing of the others.")
    there |= {*SIGN_IN, *closed_to_some_method()}
    empty = [one.key for one in routes() if one.parameters and one.key not in there]
    refuse(empty, "The values of the town lead to nothing at these addresses, so the walk proves nothing about them.")


def _as_insider(visitor: Visitor, walked: Any, looked_at: dict[str, list[Any]]) -> Iterator[Answer]:
    """Yield what else somebody gets who works here: where other rows are named, and for what is sent."""
    more = {name for name, some in walked.values.items() if some != looked_at[name]}
    others = [route for route in routes() if more & set(route.parameters) or route.key in walked.values]
    yield from walk(visitor, walked.values, walked.queries, methods=("get",), among=others)
    yield from walk(visitor, walked.values, walked.queries, methods=("post",))


def test_who_may_do_everything_elsewhere_reads_nothing_here_by_the_ids_of_here(walked):
    visitor = Visitor("who may do all elsewhere", somebody(walked.town, "t-far", "elsewhere", "elsewhere"))
    secrets = [one for one in walked.secrets if one.what not in EVERYWHERE]
    found = []
    for answer in walk(visitor, walked.values, walked.queries):
        if answer.request in OF_THE_NODE:
            continue
        found += [f"{answer.request} shows {one.what}" for one in leaks(answer, secrets)]
        found += [f"{answer.request} fails"] if answer.status >= SERVER_ERROR else []
    refuse(found, "Ask trust.api.visible() for the row that an address names.")


def test_forged_ids_are_refused_in_every_address_and_question(walked):
    visitor = Visitor("who may do all", somebody(walked.town, "t-all", "centre", "county"))
    home = Client(raise_request_exception=False)
    home.force_login(visitor.person)
    found = []
    for route, path in [*_forged_paths(walked), *_forged_questions(walked)]:
        answer = ask(home, route, path, "get")
        if answer.status == NOT_BY_GET:
            answer = ask(home, route, path, "post")
        found += [f"{answer.request[:200]} fails"] if answer.status >= SERVER_ERROR else []
        found += [f"{answer.request[:200]} writes a script"] if SCRIPT in answer.body else []
    refuse(found, "Say in one sentence what is wrong with the question.")


def _forged_paths(walked: Any) -> list[tuple[Route, str]]:
    """Return the addresses with each parameter forged in turn, the others true."""
    found = []
    for route in (one for one in routes() if one.parameters):
        true = fill(route, walked.values)[0]
        written = {name: route.write(name, value) for name, value in true.items()}
        for name, word in product(route.parameters, FORGED):
            safe = "%" if "%" in word else ""
            found.append((route, "/" + (route.pattern % {**written, name: quote(word, safe=safe)}).lstrip("/")))
    return found


def _forged_questions(walked: Any) -> list[tuple[Route, str]]:
    """Return the pages with every question that any page knows, forged all at once, and their own ones each alone."""
    house = Path(town_of_tests.__file__).parents[1] / "linli"
    sources = [path.read_text("utf-8") for path in house.rglob("*.py") if "tests" not in path.parts]
    names = sorted({name for text in sources for name in ASKED.findall(text)} | {"tag", "element", "value"})
    assert {"cursor", "tab", "find", "q"} <= set(names)
    found = []
    for route in (one for one in routes() if not one.parameters and one.key != "account_logout"):
        path = "/" + route.pattern.lstrip("/")
        found += [(route, f"{path}?{urlencode(dict.fromkeys(names, word))}") for word in FORGED[-2:]]
        known = {name for query in walked.queries.get(route.key, ()) for name in parse_qs(query)} | {"cursor"}
        found += [(route, f"{path}?{urlencode({name: FORGED[1]})}") for name in sorted(known)]
    return found
