"""Joint handling as a page shows it: the tasks of an event, its plan, the calls; and the tasks of a unit by clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.events.models import Event, Playbook, PlaybookRun, Response, Task, Whistle
from linli.events.rules.joint import standing
from linli.events.rules.playbook import Stage, stages_of
from linli.kernel import api as kernel
from linli.trust import api as trust

HANDLE = "events.handle"
TASK_TABS = ("open", "overdue", "sign_off", "done")


@dataclass(frozen=True)
class Called:
    """One called unit and how it stands: waiting, missing, arrived or answered, and whether late."""

    unit_id: int
    unit_name: str
    standing: str
    late: bool
    at: datetime | None
    words: str
    by_name: str


@dataclass(frozen=True)
class Call:
    """One call for joint action with its units."""

    whistle: Whistle
    called: Sequence[Called]


@dataclass(frozen=True)
class StageSeen:
    """One stage of a plan at work: `task` is None while it has not begun."""

    number: int
    stage: Stage
    task: Task | None


@dataclass(frozen=True)
class RunSeen:
    """A plan at work or worked off, with its stages."""

    run: PlaybookRun
    stages: Sequence[StageSeen]


@dataclass(frozen=True)
class JointWork:
    """Everything of joint handling on one event."""

    tasks: Sequence[Task]
    runs: Sequence[RunSeen]
    calls: Sequence[Call]


def joint_work(*, event: Event, now: datetime) -> JointWork:
    """Return the tasks, plans and calls of an event: who may see the event may see them."""
    tasks = list(Task.objects.filter(event=event).select_related("unit", "given_unit").order_by("id"))
    runs = PlaybookRun.objects.filter(event=event).select_related("playbook").order_by("id")
    calls = Whistle.objects.filter(event=event).select_related("unit").order_by("id")
    return JointWork(
        tasks=[task for task in tasks if task.run_id is None],
        runs=[_run_seen(run, tasks) for run in runs],
        calls=[_call(whistle, now) for whistle in calls.prefetch_related("responses__unit")],
    )


def playbooks_for(*, event: Event, now: datetime) -> list[Playbook]:
    """Return the plans that can begin on an event: in force now, and for its matter."""
    if event.matter is None:
        return []
    return [book for book in playbooks_in_force(now=now) if event.matter.code in book.matter_codes]


def playbooks_in_force(*, now: datetime) -> list[Playbook]:
    """Return the version of each plan that is in force, by code; kept in memory until a version is put in force."""
    newest: dict[str, Playbook] = {}
    for book in _read(kernel.revision("playbooks")):
        if book.in_force_from is not None and book.in_force_from <= now:
            newest[book.code] = book
    return [newest[code] for code in sorted(newest)]


def playbook_versions() -> list[Playbook]:
    """Return all versions of all plans, by code, the newest first."""
    return list(Playbook.objects.order_by("code", "-number"))


def tasks_seen_by(actor: accounts.Actor) -> "QuerySet[Task]":
    """Return the tasks that somebody's units were asked to do."""
    return trust.visible(actor, HANDLE, Task.objects.all())


def unit_tasks(
    *, actor: accounts.Actor, tab: str, now: datetime, cursor: str | None = None, size: int = 25
) -> kernel.Page[Any]:
    """Return a page of the tasks of somebody's units: by deadline while open, else the newest first."""
    rows = tasks_seen_by(actor).filter(_of_tab(tab, now)).select_related("event", "unit", "given_unit")
    order = ("due", "id") if tab in {"open", "overdue"} else ("-id",)
    return kernel.keyset_page(rows, order=order, cursor=cursor, size=size)


def unit_task_counts(*, actor: accounts.Actor, now: datetime) -> dict[str, int]:
    """Return how many tasks of somebody's units are open, and how many of them overdue."""
    rows = tasks_seen_by(actor)
    return {tab: rows.filter(_of_tab(tab, now)).order_by()[:1000].count() for tab in ("open", "overdue")}


def calls_waiting(*, actor: accounts.Actor, now: datetime) -> list[Call]:
    """Return the calls that somebody's units have not answered yet, the most urgent first."""
    units = {held.unit_id for held in actor.holdings_with(HANDLE)}
    waiting = Response.objects.filter(unit_id__in=units, arrived_at=None, answered_at=None)
    rows = Whistle.objects.filter(pk__in=waiting.values("whistle_id"), event__closed_at=None).order_by("due", "id")
    return [_call(row, now) for row in rows.select_related("event", "unit").prefetch_related("responses__unit")[:50]]


def _of_tab(tab: str, now: datetime) -> Q:
    return {
        "overdue": Q(state=Task.State.OPEN, due__lt=now),
        "sign_off": Q(state=Task.State.ANSWERED),
        "done": Q(state__in=[Task.State.DONE, Task.State.WITHDRAWN]),
    }.get(tab, Q(state=Task.State.OPEN))


def _run_seen(run: PlaybookRun, tasks: Sequence[Task]) -> RunSeen:
    begun = {task.stage: task for task in tasks if task.run_id == run.id}
    stages = stages_of(run.playbook.stages)
    return RunSeen(run, [StageSeen(number + 1, stage, begun.get(number)) for number, stage in enumerate(stages)])


def _call(whistle: Whistle, now: datetime) -> Call:
    return Call(
        whistle, [_called(whistle, row, now) for row in sorted(whistle.responses.all(), key=lambda row: row.id)]
    )


def _called(whistle: Whistle, row: Any, now: datetime) -> Called:
    how, late = standing(due=whistle.due, arrived=row.arrived_at, answered=row.answered_at, now=now)
    return Called(row.unit_id, row.unit.name, how, late, row.arrived_at or row.answered_at, row.words, row.by_name)


@lru_cache(maxsize=1)
def _read(_revision: int) -> tuple[Playbook, ...]:
    return tuple(Playbook.objects.exclude(in_force_from=None).order_by("in_force_from", "number"))
