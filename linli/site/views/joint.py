"""Joint handling on the page of an event: tasks with what can be done about each, the plan, the calls."""

from datetime import datetime
from typing import Any

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.forms.desk import WordsForm
from linli.site.forms.joint import RespondForm, TaskAnswerForm, TaskSignForm, TaskWordsForm
from linli.site.rules.joint import standing_words, task_words
from linli.site.views.lists import seconds_left

WAITING = {"waiting", "missing", "answered"}
TONES = {"open": "amber", "answered": "blue", "done": "green"}
ICONS = {"open": "circle-dashed", "answered": "clock", "done": "circle-check"}


def joint_context(found: events.Case, actor: accounts.Actor, now: datetime) -> dict[str, Any]:
    """Return the sections of joint handling; each list is empty where there is nothing."""
    work = events.joint_work(event=found.event, now=now)
    units = {held.unit_id for held in actor.holdings_with("events.handle")}
    leads = found.event.lead_unit_id in units and found.event.is_open
    plans = [_plan(run, units, now) for run in work.runs]
    return {
        "tasks": [_task(task, units, now, leads=leads) for task in work.tasks],
        "plans": plans,
        "plan_stop": WordsForm(prefix="playbook_stop", auto_id="stop_%s")
        if leads and any(plan["runs"] for plan in plans)
        else None,
        "calls": [_call(call, units) for call in work.calls],
    }


def _task(task: events.Task, units: set[int], now: datetime, *, leads: bool) -> dict[str, Any]:
    mine, state = task.unit_id in units, task.state
    asked = state == events.Task.State.OPEN and mine
    answered = leads and state == events.Task.State.ANSWERED
    return {
        **_shown(task, now),
        "answer_form": _form(TaskAnswerForm, "task_answer", task) if asked else None,
        "sign_form": _form(TaskSignForm, "task_sign_off", task) if answered else None,
        "back_form": _form(TaskWordsForm, "task_back", task) if answered else None,
        "withdraw_form": _form(TaskWordsForm, "task_withdraw", task) if leads and task.is_unfinished else None,
    }


def _shown(task: events.Task, now: datetime) -> dict[str, Any]:
    return {
        "task": task,
        "left": seconds_left(task.due, now),
        "state": task_words(task.state),
        "is_open": task.state == events.Task.State.OPEN,
        "tone": TONES.get(task.state, ""),
        "icon": ICONS.get(task.state, ""),
        "answered_late": task.answered_at is not None and task.answered_at > task.due,
    }


def _plan(run: Any, units: set[int], now: datetime) -> dict[str, Any]:
    stages = [
        {
            "number": one.number,
            "what": one.stage.what,
            "condition": one.stage.closing_condition,
            **(_shown(one.task, now) if one.task else {}),
            "done_form": _form(TaskAnswerForm, "stage_done", one.task)
            if one.task and one.task.state == events.Task.State.OPEN and one.task.unit_id in units
            else None,
        }
        for one in run.stages
    ]
    done = sum(1 for one in run.stages if one.task and one.task.state == events.Task.State.DONE)
    return {
        "run": run.run,
        "name": run.run.playbook.name,
        "stages": stages,
        "done": done,
        "count": len(stages),
        "runs": run.run.ended_at is None,
    }


def _call(call: Any, units: set[int]) -> dict[str, Any]:
    waits = [one for one in call.called if one.unit_id in units and one.standing in WAITING]
    return {
        "whistle": call.whistle,
        "called": [
            {"one": one, "words": standing_words(one.standing, late=one.late), "tone": _tone(one)}
            for one in call.called
        ],
        "arrive_form": RespondForm(prefix="arrive", auto_id=f"a{call.whistle.id}_%s") if waits else None,
        "respond_form": WordsForm(prefix="respond", auto_id=f"r{call.whistle.id}_%s")
        if any(one.standing != "answered" for one in waits)
        else None,
    }


def _tone(one: Any) -> str:
    if one.late:
        return "red"
    return {"arrived": "green", "answered": "blue"}.get(one.standing, "amber")


def _form(form: Any, act: str, task: events.Task) -> Any:
    return form(prefix=act, initial={"task_id": task.id}, auto_id=f"t{task.id}_%s")
