"""Who lives in the small town, as the base knows it: old Wu at home, a house, a neighbour. All fictional."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.models import LinkageReview
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust
from tests.snapshot import kept

PUBLIC = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="  # of RFC 8032, test 1
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
    plated = say("police", "house", "F2", now, address="翠竹花园3栋", address_code="F2", area_code=town.grids[0].code)
    registry.stand_houses(entity_ids=[plated], now=now)  # anybody may read a plate, so it hangs at nobody's home
    top = registry.addresses_kept_by(accounts.SYSTEM).get(parent=None)
    registry.issue_plates(address_id=top.pk, by=accounts.SYSTEM, now=now)
    sheet = registry.plate_sheet(address_id=top.pk, by=accounts.SYSTEM)
    registry.take_step(register="rented", entity_id=house, step="register", by=accounts.SYSTEM, now=now)
    linked = _links(town, house, now)
    linked["review_id"] = [pair_to_judge(town, now)]
    draft = registry.TagDraft("house", "青石巷走访", "上门看望", town.divisions["nanyuan"].id, about="task")
    tag = registry.define_tag(draft=draft, by=town.actor("community_worker"), now=now)
    registry.give_tag(tag_id=tag.id, entity_id=house, by=town.actor("community_worker"), now=now)
    areas = [town.grids[0].community_id]
    return {
        "tag_id": [tag.id],
        "entity_id": [wu, house],
        "node_id": [top.pk],
        "area_id": areas,
        "plate": [sheet[0][1].code],
        "opening_id": [_opened(town, now).id],
        "activity_code": ["registry.visit"],
        "file_form": ["csv", "xlsx"],
        **_sources(town, now),
        **linked,
    }


def _opened(town: Any, now: datetime) -> Any:
    """Let an officer of another community open the first one in an emergency, with a secret in the reason."""
    area = town.divisions["nanyuan"].id
    reason = "老人走失，钥匙在青石巷第七块砖下"
    return trust.break_glass(by=town.actor("helper"), now=now, reason=reason, division_id=area)


def _sources(town: Any, now: datetime) -> dict[str, list[Any]]:
    """Let a file of the county's police name a secret in a row that is set aside, and a connection lead somewhere."""
    told = {"by": accounts.SYSTEM, "now": now}
    division = town.divisions["county"].id
    connection = exchange.save_connection(
        code="walk", name="公安库（钥匙在青石巷第七块砖下）", connector="drop", values={"folder": "walk"},
        division_id=division, **told,
    )  # fmt: skip
    draft = exchange.DatasetDraft(
        code="walk", source="police", name="人口", provider="公安局", department="公安", kind="person",
        condition="钥匙在青石巷第七块砖下", connection="walk",
    )  # fmt: skip
    dataset = exchange.save_dataset(draft=draft, division_id=division, **told)
    header = ["姓名", "公民身份号码", "联系电话"]
    mapping = [
        exchange.Mapped(name, code, "text") for name, code in zip(header, ("name", "citizen_id", "phone"), strict=True)
    ]
    dataset = exchange.confirm_mapping(dataset=dataset, mapping=mapping, keys=[], header=header, **told)
    content = f"{','.join(header)}\n吴桂芳,12,13800001111\n".encode()
    run = exchange.take_run(run=exchange.read_file(dataset=dataset, content=content, name="人口.csv", **told), **told)
    return {
        "dataset": ["walk"], "connection": [connection.pk], "connector": ["sql"], "run_id": [run.pk],
        "row_id": [run.rejected_rows.get().pk], "exchange:run-do": [{"run_id": run.pk, "deed": "again"}],
    }  # fmt: skip


def _links(town: Any, house: Any, now: datetime) -> dict[str, list[Any]]:
    """Propose a deletion, and link another node."""
    linker = town.actor("linker")
    why = {"reason": "wrong", "words": "重复登记的旧户"}
    deletion = registry.propose_deletion(entity_id=house, by=linker, now=now, **why)
    city = exchange.Anchor(UUID(int=5), "虚构市平台", "https://city.example.org", "ed25519", PUBLIC)
    peer = exchange.add_peer(anchor=city, place="above", by=linker, now=now)
    return {
        "deletion_id": [deletion.id],
        "peer_id": [peer.id],
        "exchange:peer-do": [{"peer_id": peer.id, "deed": "pause"}],
    }


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


@kept
def planted(town: Any, now: datetime) -> tuple[Any, Any]:
    """Plant the same where nothing but the town stands yet."""
    return plant(town, now)


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
