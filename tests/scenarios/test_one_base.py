"""Story: three departments know one old woman under three spellings; the community finds one record."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Entity
from linli.trust import api as trust
from linli.trust.models import LedgerEntry
from tests.basetown import HOME, WU_ID, planted, say
from tests.scenarios.acting import AtDesk
from tests.town import MONDAY, OLD_WU_PHONE


@pytest.fixture
def wu(town):
    person, _house = planted(town, MONDAY)
    say("civil", "person", "M7", kernel.now(), name="吴桂芬", citizen_id=WU_ID, low_income="是")
    return person


@pytest.fixture
def worker(town):
    return AtDesk(town.people["community_worker"])


def opened(desk, person, status=200, **said):
    answer = desk.browser.post(f"/desk/base/{person}", said)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_three_sources_are_one_person_and_the_owner_is_believed(wu, worker):
    assert Entity.objects.filter(kind="person").count() == 1
    for words in ("桂芳", "青石巷七号院2栋", OLD_WU_PHONE, WU_ID):
        page = worker.page(f"/desk/base?find={words}")
        assert "吴**" in page, words
        assert WU_ID[6:14] not in page.replace(words, "")
    typed = worker.browser.post("/desk/base", {"tab": "person", "find": WU_ID})
    assert "吴**" in typed.content.decode()
    assert worker.browser.post("/desk/base", {"find": "桂芳"})["Location"].startswith("/desk/base?tab=person&find=")
    card = opened(worker, wu, purpose="visit")
    assert "吴桂芳" in card
    assert "吴桂芬" not in card
    assert "吴桂花" not in card
    for said in ("公安人口信息系统", "社区入户走访", OLD_WU_PHONE, WU_ID, HOME, "主责部门提供", "居住于"):
        assert said in card, said
    assert "最低生活保障" not in card
    assert "1 项敏感信息" in card


def test_a_card_opens_only_for_a_purpose_and_each_look_is_written_down(wu, worker, town):
    asking = worker.page(f"/desk/base/{wu}")
    assert "吴**" in asking
    assert "吴桂芳" not in asking
    assert "请先选择查阅用途" in opened(worker, wu, status=422, purpose="")
    opened(worker, wu, purpose="serve")
    looks = LedgerEntry.objects.filter(purpose="registry.serve").order_by("id")
    assert [look.action for look in looks] == ["card", "around"]
    assert {look.person_id for look in looks} == {town.people["community_worker"].id}
    assert all(accounts.phone_token(OLD_WU_PHONE) in look.subjects for look in looks[:1])
    trust.seal_once(now=kernel.now())
    assert trust.verify_ledger().ok


def test_another_day_shows_another_state(wu, worker, clock):
    clock.later(days=3)
    say("visits", "person", "V1", kernel.now(), name="吴桂芳", citizen_id=WU_ID, phone="13911112222", lives_alone="否")
    assert "13911112222" in opened(worker, wu, purpose="verify")
    before = opened(worker, wu, purpose="verify", on="2026-11-16")
    assert OLD_WU_PHONE in before
    assert "并非现状" in before
    assert OLD_WU_PHONE in opened(worker, wu, purpose="verify", known="2026-11-17")
    assert "当天没有已掌握的信息" in opened(worker, wu, purpose="verify", on="2020-01-01")


def test_the_county_adds_an_element_and_it_is_on_the_card_and_in_the_file(wu, worker, town):
    keeper = AtDesk(town.people["standards_keeper"])
    form = {
        "kind": "person", "code": "canteen", "label": "长者食堂就餐", "type": "text", "owner": "社区", "grade": 2,
        "sharing": "conditional", "mask": "none", "search": "fragment",
    }  # fmt: skip
    assert keeper.browser.post("/desk/base/elements", form | {"code": "Canteen!"}).status_code == 422
    assert keeper.browser.post("/desk/base/elements", form).status_code == 302
    assert "长者食堂就餐" in keeper.page("/desk/base/elements?tab=person")
    say("visits", "person", "V1", kernel.now(), name="吴桂芳", citizen_id=WU_ID, phone=OLD_WU_PHONE, canteen="清真窗口")
    assert "清真窗口" in opened(worker, wu, purpose="serve")
    assert "吴**" in worker.page("/desk/base?find=清真")
    answer = worker.browser.post("/desk/base/export.xlsx?tab=person", {"purpose": "serve"})
    heading, row = load_workbook(BytesIO(answer.content)).active.values
    assert row[heading.index("长者食堂就餐")] == "清真窗口"
    assert "最低生活保障对象" not in heading
    assert keeper.browser.post("/desk/base/elements/retire", {"kind": "person", "code": "canteen"}).status_code == 302
    assert "清真窗口" not in opened(worker, wu, purpose="serve")


def test_another_county_finds_nobody(wu, town):
    outsider = AtDesk(town.people["outsider"])
    for page in ("/desk/base", "/desk/base?find=桂芳", f"/desk/base?find={WU_ID}", "/desk/base?tab=house"):
        shown = outsider.page(page)
        assert "吴**" not in shown
        assert "青石巷" not in shown
    outsider.page(f"/desk/base/{wu}", status=404)
    opened(outsider, wu, status=404, purpose="visit")
    officer = AtDesk(town.people["officer"])
    officer.page("/desk/base", status=403)
