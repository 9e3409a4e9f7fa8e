"""Story: lorries tip rubble at the river. Stop it in 4 hours, penalise in 7 days, remove in 20: each has its clock."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.accounts import slots
from linli.events import api as events
from linli.events.models import EventStage
from linli.events.tests.test_stages import DUMPING
from linli.kernel import api as kernel
from linli.kernel.tests.deliver import deliver_all, do_jobs
from linli.regions import api as regions
from tests.duties import DUTIES
from tests.scenarios.acting import AtDesk, event_of, facts_of, steps_of
from tests.town import MONDAY, report

pytestmark = pytest.mark.django_db
GAO = "13500001111"


def stage(number, name):
    return EventStage.objects.get(event__number=number, name=name)


def dumped(town):
    """Put the matter with stages in force and report rubble; return the number."""
    deliver_all()
    listed = events.add_duty_list(name="清单", source="测试", items=[*DUTIES, DUMPING], now=MONDAY)
    events.put_in_force(duty_list=listed, now=MONDAY)
    number = report(town, "河边夜里有车偷倒渣土", matter="T-08").number
    deliver_all()
    return number


def heard():
    return slots.channels.get("console").last_message(GAO) or ""


def test_illegal_dumping_is_stopped_penalised_and_removed(town, clock):
    number = dumped(town)
    officer, stranger = AtDesk(town.people["officer"]), AtDesk(town.people["community_worker"])
    assert "分阶段时限" in officer.event(number)
    assert "本阶段已完成" not in officer.event(number), "nobody has accepted it yet"
    officer.do(number, "accept")
    page = officer.event(number)
    assert page.index("制止") < page.index("处罚") < page.index("清除")

    stranger.may_not(number, "limit_stage", stage_id=stage(number, "制止").id)
    officer.do(number, "limit_stage", stage_id=stage(number, "制止").id, words="已当场拦停两辆车。")
    officer.may_not(number, "limit_stage", stage_id=stage(number, "制止").id)
    assert "已当场拦停两辆车" in officer.event(number)
    assert steps_of(number)[-1] == "end_stage"

    due = stage(number, "处罚").due
    officer.do(number, "pause", words="请告诉我们车牌号。", days=2)
    clock.to(regions.add_working(MONDAY, hours=5))
    officer.do(number, "resume", words="车牌已找到。")
    moved = regions.working_seconds(due, stage(number, "处罚").due) / 3600
    assert round(moved, 1) == 5, "the pause moved the stage as it moved the event"
    assert stage(number, "清除").due == event_of(number).handle_due

    assert "处罚" not in officer.page("/desk/time")
    clock.to(stage(number, "处罚").due)
    clock.later(hours=2)
    assert number in officer.page("/desk/time"), "a stage is late though the event is not"
    assert event_of(number).handle_due > kernel.now()
    assert number not in AtDesk(town.people["outsider"]).page("/desk/time")
    officer.may_not(number, "limit_stage_skip", stage_id=stage(number, "处罚").id, words="")
    officer.do(number, "limit_stage_skip", stage_id=stage(number, "处罚").id, words="查无当事人，移交公安。")
    assert number not in officer.page("/desk/time")

    assert "还有1个阶段未完成" in officer.event(number)
    officer.do(number, "submit", answer="渣土已清除，河边加装了护栏。")
    assert stage(number, "清除").outcome == "with_result"
    assert "还有1个阶段未完成" not in officer.event(number)


def test_a_stage_that_is_missed_stands_first_in_the_inbox_and_is_told_once(town, clock):
    number = dumped(town)
    officer, leader = AtDesk(town.people["officer"]), AtDesk(town.people["leader"])
    accounts.plan_shift(
        unit=town.units["csgl"], person=town.people["colleague"], starts_at=MONDAY,
        ends_at=MONDAY + timedelta(days=1), by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip
    told = {"unit": town.units["csgl"], "by": accounts.SYSTEM, "now": MONDAY, "channel": "console"}
    accounts.add_duty_address(**told, person=town.people["colleague"], address=GAO)
    officer.do(number, "accept")
    assert "阶段：制止" in officer.page("/desk/?tab=today"), "twenty days for the event, four hours for this"
    assert "阶段：制止" not in officer.page("/desk/?tab=overdue")
    assert "阶段超时" not in leader.page("/desk/overview")

    clock.to(stage(number, "制止").due)
    clock.later(minutes=1)
    for _minute in range(3):
        events.tell_late_stages(now=kernel.now())
        do_jobs()
    assert heard() == f"城市管理局有1个办理阶段超时：{number} 制止"
    assert (steps_of(number).count("stage_missed"), facts_of(number).count("StageMissed")) == (1, 1)
    assert (event_of(number).level, event_of(number).lead_unit_id) == (0, town.units["csgl"].id)
    assert "阶段超时：制止" in officer.event(number)
    for address in ("/desk/?tab=overdue", "/desk/?tab=overdue&clock=stage", "/desk/supervision/new", "/desk/time"):
        who = leader if "supervision" in address else officer
        assert "制止" in who.page(address), address
    assert number not in officer.page("/desk/?tab=overdue&clock=event")
    assert number not in AtDesk(town.people["outsider"]).page("/desk/?tab=overdue&scope=area")
    overview = leader.page("/desk/overview")
    assert "阶段超时" in overview
    assert "tab=overdue&amp;clock=stage" in overview

    officer.do(number, "limit_stage", stage_id=stage(number, "制止").id, words="已当场拦停两辆车。")
    assert number not in officer.page("/desk/?tab=overdue")
    assert "阶段：处罚" in officer.page("/desk/")
