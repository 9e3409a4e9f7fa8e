"""Story: lorries tip rubble at the river. Stop it in 4 hours, penalise in 7 days, remove in 20: each has its clock."""

import pytest

from linli.events import api as events
from linli.events.models import EventStage
from linli.events.tests.test_stages import DUMPING
from linli.kernel import api as kernel
from linli.kernel.tests.deliver import deliver_all
from linli.regions import api as regions
from tests.scenarios.acting import AtDesk, event_of, steps_of
from tests.town import DUTIES, MONDAY, report

pytestmark = pytest.mark.django_db


def stage(number, name):
    return EventStage.objects.get(event__number=number, name=name)


def test_illegal_dumping_is_stopped_penalised_and_removed(town, clock):
    deliver_all()
    listed = events.add_duty_list(name="清单", source="测试", items=[*DUTIES, DUMPING], now=MONDAY)
    events.put_in_force(duty_list=listed, now=MONDAY)
    number = report(town, "河边夜里有车偷倒渣土", matter="T-08").number
    deliver_all()
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
