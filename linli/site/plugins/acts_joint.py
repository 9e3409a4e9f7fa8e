"""The acts of joint handling: tasks, calls for joint action, plans in stages."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.desk import WordsForm
from linli.site.forms.joint import (
    PlanForm,
    RespondForm,
    TaskAnswerForm,
    TaskForm,
    TaskSignForm,
    TaskWordsForm,
    WhistleForm,
)
from linli.site.slots import DeskAct, Text, acting, never


def acts() -> list[DeskAct]:
    """Return them in the order of use."""
    return [*_begun_from_the_bar(), *_of_one_task(), *_of_a_call()]


def _begun_from_the_bar() -> list[DeskAct]:
    return [
        DeskAct(
            "task_give", _("Give a task to another unit"), _("The task is given; the unit sees it in its list."),
            acting(events.give_task), leads, TaskForm,
            _("Your unit keeps the event and signs the task off; it can't be closed before."), place=72,
        ),
        DeskAct(
            "playbook_start", _("Begin a plan"), _("The plan has begun; its first stage is a task now."),
            acting(events.start_playbook), _has_a_plan, PlanForm,
            _("Its stages become tasks, one after the other."), place=73, initial=_plans,
        ),
        DeskAct(
            "whistle", _("Call units to the scene"), _("The units are called; their clock runs."),
            acting(events.blow_whistle), _may_whistle, WhistleForm,
            _("Who is called sees the event at once and must respond within the limit."), place=74,
        ),
        DeskAct(
            "playbook_stop", _("Stop the plan"), _("The plan is stopped."),
            acting(events.stop_playbook), never, WordsForm,
        ),
    ]  # fmt: skip


def _of_one_task() -> list[DeskAct]:
    return [
        _task("task_answer", _("Answer the task"), _("The lead unit looks at your answer now."), events.answer_task,
              TaskAnswerForm),
        _task("stage_done", _("Finish the stage"), _("The stage is finished; the next one begins."),
              events.finish_stage, TaskAnswerForm),
        _task("task_sign_off", _("Sign off"), _("The task is done."), events.sign_off_task, TaskSignForm),
        _task("task_back", _("Ask for more"), _("The task is back with the unit."), events.send_task_back,
              TaskWordsForm),
        _task("task_withdraw", _("Withdraw"), _("The task is withdrawn."), events.withdraw_task, TaskWordsForm),
    ]  # fmt: skip


def _of_a_call() -> list[DeskAct]:
    return [
        DeskAct(
            "arrive", _("We are there"), _("Your arrival is written down."),
            acting(events.respond_to_whistle, arrived=True), never, RespondForm,
        ),
        DeskAct(
            "respond", _("Answer without coming"), _("Your answer is written down."),
            acting(events.respond_to_whistle, arrived=False), never, WordsForm,
        ),
    ]  # fmt: skip


def _task(code: str, label: Text, done: Text, action: Callable[..., Any], form: type[Form]) -> DeskAct:
    """Return an act on the task that the form names. It stands beside its task, not among the acts of the event."""

    def doing(event_id: UUID, by: accounts.Actor, now: datetime, said: dict[str, Any]) -> Any:
        return events.on_task(action, event_id=event_id, by=by, now=now, **said)

    return DeskAct(code, label, done, doing, never, form)


def leads(found: events.Case, actor: accounts.Actor) -> bool:
    """Tell whether somebody's unit leads the event, and it has not ended."""
    units = {held.unit_id for held in actor.holdings_with("events.handle")}
    return found.event.is_open and found.event.lead_unit_id in units


def _may_whistle(found: events.Case, actor: accounts.Actor) -> bool:
    return found.event.is_open and actor.can("events.whistle")


def _has_a_plan(found: events.Case, actor: accounts.Actor) -> bool:
    return leads(found, actor) and bool(events.playbooks_for(event=found.event, now=kernel.now()))


def _plans(found: events.Case) -> Mapping[str, Any]:
    return {"only": {book.id for book in events.playbooks_for(event=found.event, now=kernel.now())}}
