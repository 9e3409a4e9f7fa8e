"""What is asked for at somebody's doors, as tasks that a device takes along."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets import states
from linli.sheets.models import Gap
from linli.sheets.queries.gaps import gaps_seen_by, visits_of
from linli.sheets.rules.gap_tasks import PATTERNS, GapTask, GapTasks, GapVisit, TaskCode

SIZE, BETWEEN = 200, " · "  # how the registry joins the parts of a hint


def tasks_for(actor: accounts.Actor, *, cursor: str | None, now: datetime) -> GapTasks:
    """Return a page of tasks, home by home; whom they name stands in the ledger. Raises NotAllowed, CursorError."""
    rows = gaps_seen_by(actor).filter(state=states.ASKED)
    page = kernel.keyset_page(rows, order=("visit", "entity_id", "id"), cursor=cursor, size=SIZE)
    ids = {key for one in page.items for key in (one.entity_id, one.visit)}
    briefs = registry.look_at_some(entity_ids=ids, by=actor, now=now, purpose="report") if ids else {}
    visits = [_visit(one.gaps, briefs) for one in visits_of(page.items)]
    named = {task.table for visit in visits for task in visit.tasks if task.table}
    onward = f"{reverse('sheets:gap-tasks')}?cursor={page.next_cursor}" if page.next_cursor else None
    return GapTasks(
        made_at=now, answers=reverse("sheets:gap-answers"), next=onward, visits=[one for one in visits if one.tasks],
        tables={name: _codes(name) for name in sorted(named)},
    )  # fmt: skip


def _codes(table: str) -> list[TaskCode]:
    return [TaskCode(code=one.code, label=one.label) for one in kernel.code_entries(table)]


def _visit(gaps: tuple[Gap, ...], briefs: Mapping[UUID, registry.Brief]) -> GapVisit:
    seen = [(gap, briefs[gap.entity_id]) for gap in gaps if gap.entity_id in briefs]
    return GapVisit(id=gaps[0].visit, where=_where(gaps[0], briefs), tasks=[_task(gap, brief) for gap, brief in seen])


def _where(gap: Gap, briefs: Mapping[UUID, registry.Brief]) -> str:
    """Return by what the door is found: the address of the home that one visit answers, else of the record."""
    found = [one for one in (briefs.get(gap.visit), briefs.get(gap.entity_id)) if one]
    if not found or found[0].kind == "house":
        return found[0].title if found else ""
    return next((place for one in found if (place := one.hint.rpartition(BETWEEN)[2])), found[0].title)


def _task(gap: Gap, brief: registry.Brief) -> GapTask:
    element = registry.elements_of(brief.kind).get(gap.element)
    kind = element.type if element else "text"
    return GapTask(
        id=gap.pk, key=gap.pk.hex, whom=brief.title, element=f"{brief.kind}.{gap.element}",
        label=element.label if element else gap.element, type=kind, table=element.table if element else "",
        pattern=PATTERNS.get(kind, ""), keep_sealed=element is None or element.is_sealed,
        asked_on=timezone.localdate(gap.asked_at),
    )  # fmt: skip
