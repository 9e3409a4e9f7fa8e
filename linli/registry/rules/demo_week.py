"""What happened in the demo county within some days: deaths, benefits, births, rentals, shops. All made up."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from linli.registry.rules.demo import DemoBase

MOST = 60  # people of whom something is told
Told = tuple[str, str, str, dict[str, Any]]  # source, kind, key, values


def told_of_late(base: DemoBase, *, day: date) -> Iterator[Told]:
    """Yield what sources say; births and deaths are of this day."""
    yield from _of_people(base, day.isoformat())
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


def _place(home: Mapping[str, Any]) -> dict[str, Any]:
    return {code: home[code] for code in ("area_code", "address") if code in home}


def _some(rows: Sequence[tuple[str, dict[str, Any]]], count: int) -> Sequence[tuple[str, dict[str, Any]]]:
    return rows[:: max(1, len(rows) // count)][:count]
