"""Story: a county takes in its manual, sees what is missing, tries a rule, puts it in force for tomorrow, goes back."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.models import DutyList, Event, RuleAlarm
from linli.kernel import api as kernel
from tests.scenarios.acting import AtDesk, event_of
from tests.town import report

HEAD = ["大类", "小类", "责任单位", "立案条件", "处置时限", "结案条件", "备注", "事项编码"]
ROWS = [
    ["市政", "照明", "社区", "灯不亮", "3工作日", "恢复照明", "", "T-01"],
    ["市容", "垃圾", "城市管理局", "有暴露垃圾", "7工作时", "清除", "", "T-02"],
    ["安全", "燃气", "城市管理局", "有泄漏", "2工作时", "排除", "", "T-03"],
    ["市容", "私搭乱建", "城市管理局", "新建", "停工4工作时；处罚7工作日；拆除20工作日", "拆除", "", ""],
    ["市容", "小广告", "不存在的局", "张贴", "尽快", "清除", "", ""],
]


@pytest.fixture
def keeper(town):
    """Return who keeps the standards, at the console."""
    return AtDesk(town.people["standards_keeper"])


def manual():
    book, out = Workbook(), io.BytesIO()
    for row in (["青禾县立案结案标准"], HEAD, *ROWS):
        book.active.append(row)
    book.save(out)
    return SimpleUploadedFile("青禾县立案结案标准.xlsx", out.getvalue())


def send(keeper, path, follow=302, **said):
    answer = keeper.browser.post(f"/console/standards/{path}", said)
    assert answer.status_code == follow, answer.content.decode()
    return answer


def test_from_the_manual_to_a_rule_that_holds_tomorrow_and_back(town, clock, keeper):
    before = report(town).number
    old = event_of(before).duty_list

    send(keeper, "take-in", file=manual())
    draft = DutyList.objects.latest("number")
    page = keeper.page(f"/console/standards/{draft.number}/check")
    assert "不存在的局" in page
    assert ">E7<" in page, "the bad cell is named as the program shows it"
    assert "C7" in page
    assert "私搭乱建" in keeper.page(f"/console/standards/{draft.number}/changes")
    assert "停工" in keeper.page(f"/console/standards/{draft.number}/matters/N0001")

    accounts.close_unit(unit=town.units["xuefu"], by=accounts.SYSTEM, now=kernel.now())
    assert "学府社区" in keeper.page(f"/console/standards/{draft.number}/check"), "a cell that nobody owns"

    hidden = send(keeper, f"{draft.number}/rules", 422, name="空", target="街道").content.decode()
    assert "空" in hidden
    rule = {"name": "楼道灯归街道", "target": "街道", "matters": "T-01", "words": "灯", "place": "1"}
    send(keeper, f"{draft.number}/rules", **rule)
    trial = keeper.page(f"/console/standards/{draft.number}/rules?last=50")
    assert f"/desk/e/{before}" in trial or event_of(before).title in trial
    assert "南苑街道办事处" in trial

    tomorrow = kernel.now() + timedelta(days=1)
    send(keeper, f"{draft.number}/enforce", begins_at=tomorrow.strftime("%Y-%m-%dT%H:%M"), words="新手册")
    today = report(town, now=kernel.now()).number
    clock.later(days=1, minutes=1)
    new_day = report(town, now=kernel.now()).number
    assert [event_of(one).lead_unit.code for one in (before, today, new_day)] == ["nysq", "nysq", "nyjd"]
    assert event_of(before).duty_list == event_of(today).duty_list == old
    assert event_of(new_day).duty_list == draft
    assert keeper.browser.post(f"/console/standards/{draft.number}/drop").status_code == 302
    assert DutyList.objects.filter(pk=draft.pk).exists(), "what was in force is never deleted"

    send(keeper, f"{old.number}/roll-back", words="街道说人手不够")
    again = report(town, now=kernel.now()).number
    assert (event_of(again).lead_unit.code, event_of(again).duty_list) == ("nysq", old)
    assert event_of(new_day).duty_list == draft
    assert "街道说人手不够" in keeper.page(f"/console/standards/{old.number}/check")

    content = keeper.browser.get(f"/console/standards/{draft.number}/manual.xlsx").content
    sheets = load_workbook(io.BytesIO(content)).sheetnames
    assert sheets == ["事项", "属地例外", "分拨规则", "未读入的行"]


def test_a_rule_that_breaks_later_is_seen_and_its_events_are_owned(town, clock, keeper):
    send(keeper, "begin", name="试")
    draft = DutyList.objects.latest("number")
    send(keeper, f"{draft.number}/rules", name="灯归城管", target="城市管理局", matters="T-01")
    send(keeper, f"{draft.number}/enforce")
    accounts.close_unit(unit=town.units["csgl"], by=accounts.SYSTEM, now=kernel.now())
    events.check_standing_rules(now=kernel.now())
    assert RuleAlarm.objects.filter(subject="rule:灯归城管", ended_at=None).exists()
    for path in ("/console/standards/", "/desk/overview"):
        assert "灯归城管" in keeper.page(path)
    event = Event.objects.get(number=report(town, now=kernel.now()).number)
    assert event.lead_unit.code == "zhzx"
    assert "灯归城管" in AtDesk(town.people["dispatcher"]).event(event.number)


def test_nobody_else_reads_or_changes_the_standards(town, keeper):
    for name in ("dispatcher", "officer", "outsider"):
        desk = AtDesk(town.people[name])
        desk.page("/console/standards/", status=403)
        assert desk.browser.post("/console/standards/begin", {"name": "x"}).status_code == 403
