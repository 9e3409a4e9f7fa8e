"""Joint handling 协同办理: the lead unit gives tasks, the co-units answer, the lead unit signs off."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.actions.handle import WordsMissingError
from linli.events.actions.step import append, locked, note
from linli.events.models import Event, Part, PlaybookRun, Task
from linli.events.models.part import UNFINISHED
from linli.events.rules import joint
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.trust import api as trust

HANDLE = "events.handle"


def give_task(
    *,
    event_id: UUID,
    by: accounts.Actor,
    now: datetime,
    unit_id: int,
    what: str,
    limit: int,
    limit_unit: str = "work_day",
    closing_condition: str = "",
) -> Task:
    """Ask another unit to do something for an event 派发协办任务; the lead unit keeps the event and signs off."""
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, HANDLE, event)
        need(what)
        if unit_id == event.lead_unit_id:
            raise joint.OwnUnitError
        task = lay_task(
            event, by=by, now=now, unit_id=unit_id, what=what, limit=limit, limit_unit=limit_unit,
            closing_condition=closing_condition,
        )  # fmt: skip
        note(event, by=by, now=now, elements=["task_give"])
    return task


def answer_task(*, task_id: UUID, by: accounts.Actor, now: datetime, answer: str) -> Task:
    """Say what was done 反馈办理情况, by the unit that was asked; the lead unit signs off then."""
    need(answer)
    with transaction.atomic():
        task = _taken(task_id, by, Task.State.OPEN)
        _change(task, state=Task.State.ANSWERED, answer=answer, answered_at=now, answered_by_id=by.person_id)
        tell(task, step="task_answer", by=by, now=now, words=answer)
        journal.publish(facts.TaskAnswered(event_id=task.event_id, task_id=task.id, unit_id=task.unit_id), now=now)
    return task


def sign_off_task(*, task_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Task:
    """Accept what a unit has done 确认完成, by the lead unit."""
    with transaction.atomic():
        task = _led(task_id, by, Task.State.ANSWERED)
        finish(task, by=by, now=now, step="task_sign_off", words=words)
    return task


def send_task_back(*, task_id: UUID, by: accounts.Actor, now: datetime, words: str) -> Task:
    """Ask the unit to do it better 退回重办, with words; its deadline stays."""
    need(words)
    with transaction.atomic():
        task = _led(task_id, by, Task.State.ANSWERED)
        _change(task, state=Task.State.OPEN)
        tell(task, step="task_back", by=by, now=now, words=words)
    return task


def withdraw_task(*, task_id: UUID, by: accounts.Actor, now: datetime, words: str) -> Task:
    """Take a task away again 撤销任务, with the reason. A stage goes only with its plan."""
    need(words)
    with transaction.atomic():
        task = _led(task_id, by, *UNFINISHED)
        if task.run_id is not None:
            raise joint.StageNeedsPlaybookError
        drop([task], by=by, now=now, words=words)
    return task


def on_task(action: Callable[..., Task], *, event_id: UUID, task_id: UUID, **said: Any) -> Task:
    """Do something with a task that belongs to this event. Raises TaskMovedError where it does not."""
    if not Task.objects.filter(pk=task_id, event_id=event_id).exists():
        raise joint.TaskMovedError
    return action(task_id=task_id, **said)


def lay_task(event: Event, *, by: accounts.Actor, now: datetime, unit_id: int, **asked: Any) -> Task:
    """Write a task down, let its unit see the event, and tell it. `asked` are fields of Task."""
    if not event.is_open:
        raise joint.EventOverError
    unit = open_unit(unit_id)
    due = joint.due_after(asked["limit"], asked["limit_unit"], now, regions.calendar())
    task = Task.objects.create(
        event=event, unit_id=unit.id, due=due, given_at=now, given_by_id=by.person_id,
        given_unit_id=event.lead_unit_id, **asked,
    )  # fmt: skip
    let_see(event, [unit.id], now=now)
    append(
        event, step="task_give", by=by, now=now, words=task.what,
        data={"unit": unit.name, "due": due.isoformat(), "task": str(task.id)},
    )  # fmt: skip
    journal.publish(facts.TaskGiven(event_id=event.id, task_id=task.id, unit_id=unit.id, due=due), now=now)
    return task


def let_see(event: Event, unit_ids: Iterable[int], *, now: datetime) -> None:
    """Make units helpers of an event, so that they see it."""
    parts = [Part(event=event, unit_id=unit, since=now) for unit in unit_ids if unit != event.lead_unit_id]
    Part.objects.bulk_create(parts, ignore_conflicts=True)


def finish(task: Task, *, by: accounts.Actor, now: datetime, step: str, words: str = "") -> None:
    """Mark a task as done."""
    _change(task, state=Task.State.DONE, ended_at=now, ended_by_id=by.person_id)
    tell(task, step=step, by=by, now=now, words=words)
    journal.publish(facts.TaskEnded(event_id=task.event_id, task_id=task.id, unit_id=task.unit_id, done=True), now=now)


def drop(tasks: Iterable[Task], *, by: accounts.Actor, now: datetime, words: str) -> None:
    """Withdraw tasks, with the reason."""
    for task in tasks:
        _change(task, state=Task.State.WITHDRAWN, ended_at=now, ended_by_id=by.person_id)
        tell(task, step="task_withdraw", by=by, now=now, words=words)
        told = facts.TaskEnded(event_id=task.event_id, task_id=task.id, unit_id=task.unit_id, done=False)
        journal.publish(told, now=now)


def end_work(event: Event, *, by: accounts.Actor, now: datetime, words: str) -> None:
    """Withdraw what is still to be done for an event that has ended without it."""
    drop(
        Task.objects.filter(event=event, state__in=UNFINISHED).select_related("unit", "event"),
        by=by,
        now=now,
        words=words,
    )
    PlaybookRun.objects.filter(event=event, ended_at=None).update(ended_at=now, stopped_because=words)


def tell(task: Task, *, step: str, by: accounts.Actor, now: datetime, words: str) -> None:
    """Append a step of a task to the timeline of its event, and write the ledger."""
    data = {"unit": task.unit.name, "what": task.what, "task": str(task.id)}
    append(task.event, step=step, by=by, now=now, words=words, data=data)
    note(task.event, by=by, now=now, elements=[step])


def open_unit(unit_id: int) -> accounts.UnitInfo:
    """Return a unit that still works. Raises ClosedUnitError."""
    try:
        unit = accounts.unit(unit_id)
    except accounts.UnknownUnitError as unknown:
        raise joint.ClosedUnitError from unknown
    if not unit.is_open:
        raise joint.ClosedUnitError
    return unit


def need(words: str) -> None:
    """Raise WordsMissingError for empty words."""
    if not words.strip():
        raise WordsMissingError


def _taken(task_id: UUID, by: accounts.Actor, *states: str) -> Task:
    """Return a task for the unit that was asked, locked and in one of these states."""
    task = _locked_task(task_id)
    trust.require(by, HANDLE, task)
    return _in(task, states)


def _led(task_id: UUID, by: accounts.Actor, *states: str) -> Task:
    """Return a task for the lead unit of its event, locked and in one of these states."""
    task = _locked_task(task_id)
    trust.require(by, HANDLE, task.event)
    return _in(task, states)


def _locked_task(task_id: UUID) -> Task:
    # The event is locked first, as every step does, so that two people can't stand in each other's way.
    event = locked(Task.objects.values_list("event_id", flat=True).get(pk=task_id))
    task = Task.objects.select_for_update(of=("self",)).select_related("unit").get(pk=task_id)
    task.event = event
    return task


def _in(task: Task, states: Iterable[str]) -> Task:
    if task.state not in states:
        raise joint.TaskMovedError
    return task


def _change(task: Task, **changes: Any) -> None:
    for field, value in changes.items():
        setattr(task, field, value)
    task.save(update_fields=list(changes))
