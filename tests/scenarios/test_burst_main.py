"""Story: a water main bursts; forty households are listed, told one by one; the event ends and so does their tag."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel.tests.deliver import deliver_all
from linli.registry import api as registry
from linli.registry.models import TagMark
from linli.trust.models import LedgerEntry
from tests.basetown import planted, say
from tests.scenarios.acting import AtDesk
from tests.town import MONDAY, SINCE, report

pytestmark = pytest.mark.slow
ALLEY, HOMES = "青石巷九号院", 40
LIST = {"kind": "household", "name": "爆管停水户", "purpose": "通知停水并送水", "reach": "community", "grade": 2,
        "keep_days": 7}  # fmt: skip


@pytest.fixture
def number(town):
    """The main has burst in the first grid, where forty households and old Wu live."""
    planted(town, MONDAY)
    for door in range(1, HOMES + 1):
        address = f"{ALLEY}{(door - 1) // 10 + 1}单元{door}室"
        say("police", "household", f"H{door}", MONDAY, head_name=f"户主{door}", address=address,
            area_code=town.grids[0].code)  # fmt: skip
    say("police", "household", "H99", MONDAY, head_name="别处", address="兰亭路1号", area_code=town.grids[3].code)
    return report(town, "青石巷路口自来水主管爆裂，水漫到路上").number


@pytest.fixture
def worker(town, number):
    return AtDesk(town.people["community_worker"])


@pytest.fixture
def grid_worker(town):
    post = accounts.save_post(code="walks", name="走访", capabilities=["registry.see"], by=accounts.SYSTEM, now=MONDAY)
    accounts.open_holding(
        person=town.people["grid_worker"], post=post, unit=town.units["nanyuan"],
        division_id=town.divisions["nanyuan"].id, grid_id=town.grids[0].id, valid_from=SINCE, by=accounts.SYSTEM,
        now=MONDAY,
    )  # fmt: skip
    return AtDesk(town.people["grid_worker"])


def make_list(worker, number):
    """Make the list at the event, find the alley, and add all that are found; return the address of the list."""
    worker.do(number, "tag", **LIST)
    assert "爆管停水户" in worker.page(f"/desk/e/{number}/concerned")
    address = re.search(r"/desk/base/tags/[0-9a-f-]{36}", worker.page(f"/desk/e/{number}/concerned"))[0]
    found = worker.browser.post(address, {"find": ALLEY}, follow=True).content.decode()
    assert "添加找到的全部 40 条" in found
    assert worker.browser.post(f"{address}/give", {"all": "1", "find": ALLEY}).status_code == 302
    return address


def finish(town, clock, number):
    worker = AtDesk(town.people["community_worker"])
    for act, said in (("accept", {}), ("contact", {"words": "已电话联系。"}), ("start", {}),
                      ("submit", {"answer": "主管已修复，恢复供水。", "inside": ""})):  # fmt: skip
        worker.do(number, act, **said)
    clock.later(hours=5)
    AtDesk(town.people["checker"]).do(number, "pass", reason="solved", answer="")
    deliver_all()


def test_forty_households_are_told_and_their_tag_ends_with_the_event(town, clock, number, worker, grid_worker):
    address = make_list(worker, number)
    shown = worker.page(address)
    assert "户**" in shown
    assert "户主1" not in shown
    desk = grid_worker.page("/desk/base/lists")
    assert "爆管停水户" in desk
    assert "已完成 0/40" in desk
    told = re.findall(r'name="entity" value="([0-9a-f-]{36})"', grid_worker.page(address))
    assert len(told) == 30, "a page"
    for one in told[:3]:
        assert grid_worker.browser.post(f"{address}/tick", {"entity": one, "deed": "done"}).status_code == 302
    assert "已完成 3/40" in grid_worker.page("/desk/base/lists")
    assert grid_worker.page(f"{address}?tab=done").count("何小满") >= 3
    sheet = worker.browser.post(f"/desk/base/export.xlsx?tab=household&tag={address[-36:]}", {"purpose": "emergency"})
    assert len(list(load_workbook(BytesIO(sheet.content)).active.values)) == 1 + HOMES
    finish(town, clock, number)
    assert "事件已办结" in worker.page(address)
    assert worker.browser.post(f"{address}/give", {"all": "1", "find": ALLEY}).status_code == 302
    assert TagMark.objects.filter(ended_at=None).count() == HOMES
    clock.later(days=9)
    registry.sweep(now=kernel.now())
    assert not TagMark.objects.filter(ended_at=None).exists()
    worker.page(address, status=404)
    deeds = LedgerEntry.objects.filter(object_kind="tag").order_by("id").values_list("action", flat=True)
    assert list(deeds) == ["tag_define", "tag_give", *["tag_done"] * 3, "tag_end"]


def test_opened_again_the_event_has_its_list_back(town, clock, number, worker):
    address = make_list(worker, number)
    finish(town, clock, number)
    clock.later(days=1)
    AtDesk(town.people["dispatcher"]).do(number, "reopen", words="又漏了。")
    deliver_all()
    clock.later(days=30)
    registry.sweep(now=kernel.now())
    assert "添加到名单" in worker.page(address)
    assert TagMark.objects.filter(ended_at=None).count() == HOMES


def test_who_may_not_see_the_event_or_the_area_finds_no_list(town, number, worker):
    address = make_list(worker, number)
    outsider, officer = AtDesk(town.people["outsider"]), AtDesk(town.people["officer"])
    for page in (address, f"/desk/e/{number}/concerned"):
        outsider.page(page, status=404)
        officer.page(page, status=403)
    for deed in ("give", "tick"):
        assert outsider.browser.post(f"{address}/{deed}", {"entity": "x"}).status_code in {403, 404}
    assert "爆管停水户" not in outsider.page("/desk/base/lists")
    officer.may_not(number, "tag", **LIST)
    worker.may_not(number, "tag", **LIST | {"grade": 4})
    worker.may_not(number, "tag", **LIST | {"reach": "county", "name": "全县"})


def test_a_summer_check_of_rented_houses_is_a_list_with_a_period(town, number, worker):
    house = registry.look_through(
        wanted=registry.Wanted(kind="house"), by=town.actor("community_worker"), now=MONDAY
    ).items[0]
    registry.take_step(register="rented", entity_id=house.id, step="register", by=accounts.SYSTEM, now=MONDAY)
    area, day = town.divisions["nanyuan"].id, kernel.now().date()
    form = {
        "name": "出租房夏季检查", "purpose": "查用电用气", "begins_on": day, "expires_on": day + timedelta(days=20),
        "owner_id": town.units["street"].pk, "grade": 2, "division": area, "areas": [area], "join": "and",
    }  # fmt: skip
    wrong = worker.browser.post("/desk/base/tags/task?tab=house", form | {"expires_on": day - timedelta(days=1)})
    assert wrong.status_code == 422
    assert "出租房夏季检查" in wrong.content.decode(), "what was typed stays"
    answer = worker.browser.post("/desk/base/tags/task?tab=house", form)
    assert answer.status_code == 302
    address = answer["Location"]
    assert "南苑街道办事处" in worker.page(address)
    assert house.title in worker.page(f"{address}?list=rented")
    worker.browser.post(f"{address}/give", {"all": "1", "list": "rented"})
    worker.browser.post(f"{address}/tick", {"entity": house.id, "deed": "done"})
    assert "已完成 1/1" in worker.page("/desk/base/lists")
    assert house.title not in worker.page(f"{address}?tab=open").split("添加到名单")[1]
    worker.browser.post(f"{address}/tick", {"entity": house.id, "deed": "take"})
    assert not TagMark.objects.filter(ended_at=None).exists()
