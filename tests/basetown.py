"""Who lives in the small town, as the base knows it: old Wu at home, a house, a neighbour. All fictional."""

from datetime import date, datetime
from typing import Any

from linli.accounts import api as accounts
from linli.exchange.models import LinkageReview
from linli.kernel import api as kernel
from linli.registry import api as registry

WU_ID, TENANT_ID = "99010119400312122X", "990101199508150017"
HOME = "青石巷七号院2栋1单元201室"
SOURCES = (
    ("police", "公安人口信息系统", "公安"),
    ("visits", "社区入户走访", "社区"),
    ("civil", "民政救助系统", "民政"),
)


def people_and_houses(town: Any, now: datetime) -> dict[str, list[Any]]:
    """Plant them and return what the walk through every address needs."""
    wu, house = plant(town, now)
    return {"entity_id": [wu, house], "review_id": [pair_to_judge(town, now)]}


def plant(town: Any, now: datetime) -> tuple[Any, Any]:
    """Let three sources speak of old Wu and the house in the first grid; return both."""
    kernel.load_shipped_codes()
    registry.load_shipped_elements(now=now)
    for code, name, department in SOURCES:
        registry.register_source(code=code, name=name, department=department, now=now)
    grid = town.grids[0].code
    house = say("police", "house", "F1", now, address=HOME, address_code="F1", area_code=grid)
    said = {"name": "吴桂芳", "citizen_id": WU_ID, "sex": "2", "birth_date": "1940-03-12", "area_code": grid}
    wu = say("police", "person", "P1", now, **said)
    say("visits", "person", "V1", now, name="吴桂花", citizen_id=WU_ID, phone="13800001111", lives_alone="是")
    tie = registry.Tie("lives_in", wu, house, date(2020, 1, 1))
    registry.relate(ties=[tie], source="visits", by=accounts.SYSTEM, now=now)
    return wu, house


def pair_to_judge(town: Any, now: datetime) -> Any:
    """Let two sources speak of what may be one person or twins; return the pair that waits to be judged."""
    said = {
        "birth_date": "1951-06-07",
        "sex": "1",
        "address": "青石巷九号1栋1单元101室",
        "area_code": town.grids[0].code,
    }
    say("police", "person", "P8", now, name="陶安远", **said)
    say("visits", "person", "V8", now, name="陶安近", **said)
    return LinkageReview.objects.get().id


def say(source: str, kind: str, key: str, now: datetime, /, **values: Any) -> Any:
    """Let a source say one thing and return whom it means."""
    statement = registry.Statement(key, values, now)
    taken = registry.take_in(source=source, kind=kind, statements=[statement], run="t", by=accounts.SYSTEM, now=now)
    return taken.ids[key]
