"""What happened in the demo county of late, so that its communities find something on their desks. All made up."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from linli.accounts import api as accounts
from linli.registry.actions.relate import Tie, end_relation, relate
from linli.registry.actions.take_in import Statement, take_in
from linli.registry.models import Relation
from linli.registry.rules.demo import DemoBase
from linli.registry.rules.kinds import LIVES_IN

LATE = timedelta(days=8)  # the base was loaded so long ago; what follows is news
MOST = 60  # people of whom something is told
RUN = "demo-week"
Told = tuple[str, str, str, dict[str, Any]]  # source, kind, key, values


def plant_demo_changes(base: DemoBase, ids: Mapping[tuple[str, str], UUID], *, now: datetime) -> None:
    """Let departments and visits tell of deaths, benefits, births, a new address, rentals and shops of ten days."""
    told = list(_told(base, now))
    for number, (source, kind, key, values) in enumerate(told):
        at = now - LATE + (number + 1) * LATE / (len(told) + 2)
        said = [Statement(key, values, at)]
        take_in(source=source, kind=kind, statements=said, run=RUN, by=accounts.SYSTEM, now=at)
    _move(base, ids, now)


def _told(base: DemoBase, now: datetime) -> Iterator[Told]:
    yield from _of_people(base, (timezone.localdate(now) - LATE).isoformat())
    for number, said in list(base.said.get(("civil", "person"), ()))[:3]:
        yield "civil", "person", number, {"citizen_id": said["citizen_id"], "low_income": "否"}
    for key, values in _some(base.said.get(("housing", "house"), ()), MOST // 3):
        yield "housing", "house", key, {**values, "rented": "否" if values["rented"] == "是" else "是"}
    for key, values in _some(base.said.get(("market", "organisation"), ()), 3):
        named = {"name": f"{values['name']}分店", "type": values["type"], "address": values["address"]}
        yield "market", "organisation", f"N{key[1:]}", {**named, "area_code": values["area_code"]}


def _of_people(base: DemoBase, day: str) -> Iterator[Told]:
    """Yield what is told of some people: a benefit, a death, a birth in the home, or another employer."""
    homes = dict(base.said.get(("visits", "person"), ()))
    known = {values["citizen_id"] for _key, values in base.said.get(("civil", "person"), ())}
    for number, (key, values) in enumerate(_some(base.said.get(("police", "person"), ()), MOST)):
        home = homes.get(f"V{key[1:]}", {})
        who = {code: values[code] for code in ("citizen_id", "name")}
        if number % 4 == 0 and values["citizen_id"] not in known:
            yield "civil", "person", f"N{key[1:]}", {**who, "low_income": "是"}
        elif number % 7 == 1:
            yield "police", "person", key, {**values, "died_on": day}
        elif number % 5 == 2:  # noqa: PLR2004  a share
            born = {"name": f"{values['name'][0]}小满", "sex": "2", "birth_date": day}
            yield "visits", "person", f"B{key[1:]}", {**born, **_place(home)}
        elif home:
            yield "visits", "person", f"V{key[1:]}", {**home, "employer": "自由职业", "emergency_contact": "邻居"}


def _move(base: DemoBase, ids: Mapping[tuple[str, str], UUID], now: datetime) -> None:
    """Let some people move into a home at the other end of the list, which is in another community."""
    houses = [ids["house", key] for key, _values in base.said.get(("housing", "house"), ()) if ("house", key) in ids]
    at, today = now - timedelta(hours=5), timezone.localdate(now)
    rows = Relation.objects.filter(bond=LIVES_IN, retracted_at=None, valid_to=None, valid_from__lt=today)
    movers = list(rows.order_by("start_id")[: MOST * 3 : MOST // 4])
    for number, row in enumerate(movers):
        end_relation(relation_id=row.id, on=today, by=accounts.SYSTEM, now=at)
        ties = [Tie(LIVES_IN, row.start_id, houses[-1 - number % len(houses)], today)]
        relate(ties=ties, source="visits", by=accounts.SYSTEM, now=at + timedelta(minutes=number))


def _place(home: Mapping[str, Any]) -> dict[str, Any]:
    return {code: home[code] for code in ("area_code", "address") if code in home}


def _some(rows: Sequence[tuple[str, dict[str, Any]]], count: int) -> Sequence[tuple[str, dict[str, Any]]]:
    return rows[:: max(1, len(rows) // count)][:count]
