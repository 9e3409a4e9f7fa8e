"""Story: stairs full of waste need three hands; the community whistles, one is late, nobody closes over a task."""

from datetime import timedelta

import pytest

from linli.events import api as events
from linli.events.models import Event, Task
from linli.kernel import api as kernel
from tests.scenarios.acting import AtDesk, steps_of
from tests.town import MONDAY, report


@pytest.fixture
def lead(town):
    return AtDesk(town.people["community_worker"])


def do_task(desk, number, act, task, **said):
    desk.do(number, act, task_id=str(task.id), **said)


def test_the_community_whistles_and_late_units_show(town, lead, clock):
    number = report(town, "3栋楼道堆满杂物，着火了跑不出去").number
    lead.do(number, "accept")
    called = [town.units["csgl"].id, town.units["street"].id]
    lead.do(number, "whistle", unit_ids=called, words="请马上到3栋楼道", limit=2, limit_unit="hour")
    city, street = AtDesk(town.people["officer"]), AtDesk(town.people["street_officer"])
    clock.later(hours=1)
    city.do(number, "arrive", words="已到，两个人")
    clock.later(hours=2)
    assert "超时未回应" in lead.event(number)
    street.do(number, "arrive", words="刚从别处赶来")
    page = lead.event(number)
    assert "按时到场" in page
    assert "超时到场" in page
    street.may_not(number, "arrive", words="再报一次")


def test_the_lead_can_not_close_over_an_open_task(town, lead, clock):
    number = report(town, "3栋楼道堆满杂物，着火了跑不出去").number
    lead.do(number, "accept")
    asked = {"unit_id": town.units["csgl"].id, "what": "清运楼道杂物", "limit": 1, "limit_unit": "work_day"}
    lead.may_not(number, "task_give", **{**asked, "limit": 0})
    lead.may_not(number, "task_give", **{**asked, "unit_id": town.units["nanyuan"].id})
    lead.do(number, "task_give", **asked)
    city, task = AtDesk(town.people["officer"]), Task.objects.get()
    assert "清运楼道杂物" in city.page("/desk/tasks")
    answer = lead._send(number, "submit", {"answer": "已清理"})
    assert answer.status_code == 422
    assert "城市管理局的协办任务“清运楼道杂物”还没有完成" in answer.content.decode()
    clock.later(days=2)
    assert "清运楼道杂物" in city.page("/desk/tasks?tab=overdue")
    do_task(city, number, "task_answer", task, answer="清走两车")
    do_task(lead, number, "task_back", task, words="一层还有自行车")
    do_task(city, number, "task_answer", task, answer="自行车也移走了")
    do_task(lead, number, "task_sign_off", task)
    lead.do(number, "submit", answer="楼道已清空。")
    AtDesk(town.people["checker"]).do(number, "pass", reason="solved", answer="楼道已清空。")
    assert Event.objects.get(number=number).state == "closed"
    assert [step for step in steps_of(number) if step.startswith("task")] == [
        "task_give", "task_answer", "task_back", "task_answer", "task_sign_off",
    ]  # fmt: skip


def test_what_falls_from_above_is_worked_off_stage_by_stage(town, lead, clock):
    plan_of(town)
    number = report(town, "有人从楼上扔花盆，差点砸到孩子").number
    lead.do(number, "accept")
    book = events.playbooks_in_force(now=kernel.now())[0]
    lead.do(number, "playbook_start", playbook_id=book.id)
    lead.may_not(number, "submit", answer="算了")
    desks = {town.units["nanyuan"].id: lead, town.units["csgl"].id: AtDesk(town.people["officer"])}
    for done in range(len(book.stages)):
        assert f"已完成 {done} / {len(book.stages)} 个阶段" in lead.event(number)
        task = Task.objects.get(state="open")
        assert task.what == book.stages[done]["what"]
        do_task(desks[task.unit_id], number, "stage_done", task, answer=f"第{done + 1}步已做完")
        clock.later(hours=3)
    lead.do(number, "submit", answer="已处置，并回访住户。")
    assert steps_of(number).count("stage_done") == len(book.stages)
    assert "playbook_end" in steps_of(number)


def plan_of(town):
    """Take in the sample plan against falling objects with the units of this small town."""
    shipped = next(book for book in events.sample_playbooks() if book["code"] == "falling-objects")
    here = {"department:gaj": "department:csgl", "department:zjj": "department:csgl"}
    stages = [{**stage, "unit": here.get(stage["unit"], stage["unit"])} for stage in shipped["stages"]]
    mine = {**shipped, "matter_codes": ["T-01"], "stages": stages}
    book = events.add_playbook(**mine, now=MONDAY - timedelta(days=1), is_sample=True)
    events.put_playbook_in_force(playbook=book, at=MONDAY - timedelta(days=1))
