"""Playbooks 处置方案: taken in as versions, put in force on a day, begun on an event, and worked off stage by stage."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.actions.joint import HANDLE, drop, finish, lay_task, need
from linli.events.actions.step import append, locked, note
from linli.events.models import Event, Playbook, PlaybookRun, Task
from linli.events.models.part import UNFINISHED
from linli.events.queries.rulebook import find_unit
from linli.events.rules import joint
from linli.events.rules.dispatch import Where
from linli.events.rules.playbook import LEAD, PlaybookRefusedError, Stage, stages_of
from linli.events.rules.refusals import RefusedError
from linli.events.sample import playbooks as sample
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.trust import api as trust


class RunsAlreadyError(RefusedError):
    """One plan at a time."""

    sentence = _("A plan is at work on this event already; stop it before you begin another.")


class NoPlaybookError(RefusedError):
    """The plan is not in force, or not for this matter."""

    sentence = _("This plan is not in force for the matter of this event.")


class NoRunError(RefusedError):
    """No plan is at work."""

    sentence = _("No plan is at work on this event.")


def add_playbook(
    *,
    code: str,
    name: str,
    matter_codes: Sequence[str],
    stages: Sequence[Mapping[str, Any]],
    source: str,
    now: datetime,
    is_sample: bool = False,
) -> Playbook:
    """Add a version of a plan as a draft. Raises PlaybookRefusedError, naming the stage that is wrong."""
    if not name.strip() or not matter_codes:
        raise PlaybookRefusedError(str(_("A plan needs a name and at least one matter.")))
    rows = [vars(stage) for stage in stages_of(stages)]
    with transaction.atomic():
        newest = Playbook.objects.filter(code=code).aggregate(newest=Max("number"))["newest"] or 0
        return Playbook.objects.create(
            code=code, number=newest + 1, name=name.strip(), matter_codes=list(matter_codes), stages=rows,
            source=source, is_sample=is_sample, made_at=now,
        )  # fmt: skip


def put_playbook_in_force(*, playbook: Playbook, at: datetime) -> None:
    """Let events begin with this version from a moment on, perhaps in the future. Begun runs keep theirs."""
    with transaction.atomic():
        playbook.in_force_from = at
        playbook.save(update_fields=["in_force_from"])
        kernel.bump("playbooks")


def restore_playbook(*, playbook: Playbook, now: datetime) -> Playbook:
    """Roll back: an older version becomes the newest one, and is in force at once."""
    again = add_playbook(
        code=playbook.code, name=playbook.name, matter_codes=playbook.matter_codes, stages=playbook.stages,
        source=playbook.source, now=now, is_sample=playbook.is_sample,
    )  # fmt: skip
    put_playbook_in_force(playbook=again, at=now)
    return again


def plant_sample_playbooks(*, now: datetime) -> int:
    """Put the sample plans in force where there is no plan yet; returns how many were planted."""
    if Playbook.objects.exists():
        return 0
    rows = sample.playbooks()
    for row in rows:
        planted = add_playbook(**row, now=now, is_sample=True)
        put_playbook_in_force(playbook=planted, at=now)
    return len(rows)


def start_playbook(*, event_id: UUID, by: accounts.Actor, now: datetime, playbook_id: int) -> PlaybookRun:
    """Begin a plan on an event 启动处置方案, by its lead unit: the first stage becomes a task."""
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, HANDLE, event)
        if not event.is_open:
            raise joint.EventOverError
        if PlaybookRun.objects.filter(event=event, ended_at=None).exists():
            raise RunsAlreadyError
        playbook = Playbook.objects.filter(pk=playbook_id, in_force_from__lte=now).first()
        if playbook is None or event.matter is None or event.matter.code not in playbook.matter_codes:
            raise NoPlaybookError
        run = PlaybookRun.objects.create(event=event, playbook=playbook, started_at=now, by_id=by.person_id)
        data = {"plan": playbook.name, "stages": len(playbook.stages)}
        append(event, step="playbook_start", by=by, now=now, data=data)
        note(event, by=by, now=now, elements=["playbook_start"])
        journal.publish(facts.PlaybookStarted(event_id=event.id, run_id=run.id, code=playbook.code), now=now)
        _begin(run, 0, by=by, now=now)
    return run


def finish_stage(*, task_id: UUID, by: accounts.Actor, now: datetime, answer: str) -> Task:
    """Finish a stage 完成本阶段, by its unit: say how its closing condition is met; the next stage begins."""
    need(answer)
    with transaction.atomic():
        event = locked(Task.objects.values_list("event_id", flat=True).get(pk=task_id))
        task = Task.objects.select_for_update(of=("self",)).select_related("unit", "run__playbook").get(pk=task_id)
        task.event = event
        trust.require(by, HANDLE, task)
        if task.state != Task.State.OPEN or task.run is None or task.stage is None:
            raise joint.TaskMovedError
        task.answer, task.answered_at, task.answered_by_id = answer, now, by.person_id
        task.save(update_fields=["answer", "answered_at", "answered_by"])
        finish(task, by=by, now=now, step="stage_done", words=answer)
        _begin(task.run, task.stage + 1, by=by, now=now)
    return task


def stop_playbook(*, event_id: UUID, by: accounts.Actor, now: datetime, words: str) -> PlaybookRun:
    """Stop a plan before its end 终止方案, by the lead unit, with the reason; its open stage is withdrawn."""
    need(words)
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, HANDLE, event)
        run = PlaybookRun.objects.filter(event=event, ended_at=None).first()
        if run is None:
            raise NoRunError
        _end(run, event, by=by, now=now, words=words)
        drop(run.tasks.filter(state__in=UNFINISHED).select_related("unit", "event"), by=by, now=now, words=words)
    return run


def _begin(run: PlaybookRun, number: int, *, by: accounts.Actor, now: datetime) -> None:
    """Begin a stage, or end the run after the last."""
    stages = stages_of(run.playbook.stages)
    if number >= len(stages):
        _end(run, run.event, by=by, now=now)
        return
    stage = stages[number]
    lay_task(
        run.event, by=by, now=now, unit_id=_unit_of(stage, run.event), what=stage.what, limit=stage.limit,
        limit_unit=stage.limit_unit, closing_condition=stage.closing_condition, run=run, stage=number,
    )  # fmt: skip


def _end(run: PlaybookRun, event: Event, *, by: accounts.Actor, now: datetime, words: str = "") -> None:
    run.ended_at, run.stopped_because = now, words
    run.save(update_fields=["ended_at", "stopped_because"])
    step = "playbook_stop" if words else "playbook_end"
    append(event, step=step, by=by, now=now, words=words, data={"plan": run.playbook.name})
    note(event, by=by, now=now, elements=[step])
    told = facts.PlaybookEnded(event_id=event.id, run_id=run.id, code=run.playbook.code, whole=not words)
    journal.publish(told, now=now)


def _unit_of(stage: Stage, event: Event) -> int:
    """Return the unit that plays the role of a stage; where nobody does, the lead unit does it itself."""
    if stage.unit == LEAD:
        return event.lead_unit_id
    where = Where(event.county_id, event.street_id, event.community_id, event.grid_id)
    found = find_unit(stage.unit, where)
    return found[0] if found else event.lead_unit_id
