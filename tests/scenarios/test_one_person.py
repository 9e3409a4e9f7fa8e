"""Story: three departments write one woman three ways; she becomes one, and what is known of her comes back and up."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from linli.exchange import api as exchange
from linli.exchange.tests import factories as tables
from linli.exchange.tests.places import NOW, TODAY, WU_ID, Place, granted, make_place
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.registry.models import Entity
from linli.registry.tests.factories import ledger, make_house, relate

HEADER = ["编号", "姓名", "身份证号", "联系电话", "性别", "出生日期", "现住区划"]
NAMES = {
    "姓名": "name", "身份证号": "citizen_id", "联系电话": "phone", "性别": "sex", "出生日期": "birth_date",
    "现住区划": "area_code",
}  # fmt: skip
OLD_PHONE, NEW_PHONE = "13800001111", "13900003333"
CIVIL = {"names": {**NAMES, "低保": "low_income"}, "header": [*HEADER, "低保"], "name": "低保人员", "keys": ("编号",)}
DAY, LOOKS = timedelta(days=1), 5


@pytest.fixture
def place(db, keys_in_memory) -> Place:
    cache.clear()
    kernel.load_shipped_codes()
    return make_place()


@pytest.fixture
def wu(place):
    """Let three departments bring their files, and return the one person they mean."""
    grid = place.ground.grids["xuefu1"].code
    files = (
        ("police", "公安", ["A1", "吴桂芳", WU_ID, "", "女", "1940-03-12", grid], {"names": NAMES}),
        ("health", "卫健", ["H9", "吴桂方", "", OLD_PHONE, "女", "1940年3月12日", grid], {"names": NAMES}),
        ("civil", "民政", ["M7", "吴桂芬", WU_ID.lower(), OLD_PHONE, "2", "19400312", grid, "是"], CIVIL),
    )
    for n, (code, department, row, more) in enumerate(files):
        told = {"header": HEADER, "name": f"{department}名单", "department": department, "provider": department, **more}
        dataset = tables.make_dataset(place.ground, f"file-{code}", **told)
        content = tables.table([row], told["header"], encoding="gb18030")
        run = tables.bring(dataset, content, f"{code}.csv", now=NOW - (3 - n) * DAY)
        assert (run.state, run.rejected) == ("done", 0), run.notes
    (person,) = Entity.objects.filter(kind="person")
    house = make_house(place.ground.grids["xuefu1"], key="F7")
    relate("lives_in", person.id, house)
    return person.id


def card_of(place, entity_id, now, by="worker"):
    return registry.open_card(entity_id=entity_id, by=place.actor(by), purpose="visit", now=now)


def phone_on(card):
    return next(line.text for line in card.lines if line.code == "phone")


def test_one_person_known_three_ways_comes_back_and_is_corrected_upward(place, wu):
    card = card_of(place, wu, NOW)
    assert next(line.text for line in card.lines if line.code == "name") == "吴桂芳", "the owner is believed"
    assert phone_on(card) == OLD_PHONE

    monday = date(2026, 11, 16)
    week = registry.week_of_changes(by=place.actor("worker"), monday=monday)
    later = registry.week_of_changes(by=place.actor("worker"), monday=monday + timedelta(days=7))
    assert week.total + later.total, "the community hears of her without asking"

    finding = exchange.Finding(wu, "phone", NEW_PHONE, "入户走访，本人口述并当场拨通", TODAY)
    row = exchange.propose_correction(finding=finding, by=place.actor("worker"), now=NOW)
    assert [one.text for one in card_of(place, wu, NOW).proposed] == [NEW_PHONE], "at once, marked as unconfirmed"
    assert phone_on(card_of(place, wu, NOW)) == OLD_PHONE
    owner = next(name for name in ("data", "neighbour", "police") if _answers(place, name, row))
    exchange.confirm_correction(correction_id=row.pk, by=place.actor(owner), now=NOW + DAY)
    assert phone_on(card_of(place, wu, NOW + 2 * DAY)) == NEW_PHONE
    assert not card_of(place, wu, NOW + 2 * DAY).proposed

    grant = granted(place)
    call = exchange.Call(grant=grant.number, purpose="serve", by=place.actor("asker"), now=NOW, key="form-1")
    answer = exchange.verify_one(
        call=call, whom={"citizen_id": WU_ID}, asked=registry.Condition(registry.AGE, ">=", 80)
    )
    assert answer["answer"] == "yes"
    assert "1940" not in str(answer), "an answer, and not the value"

    told = {entry.action for entry in ledger() if set(entry.subjects) & set(Entity.objects.get(pk=wu).subjects)}
    assert {"card", "exchange.verify"} <= told
    opened = ledger(action="card", person_id=place.people["worker"].pk)
    assert len(opened) == LOOKS, "each look, none forgotten"


def _answers(place, name, row):
    return exchange.corrections_seen_by(place.actor(name)).filter(pk=row.pk, owner_unit_id__in=[
        one.unit_id for one in place.actor(name).holdings_with("exchange.answer")
    ]).exists()  # fmt: skip
