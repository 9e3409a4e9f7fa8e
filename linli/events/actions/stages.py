"""The stages of a handling limit 分阶段时限 as rows of an event: written when a run begins, moved with its deadline."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Event, EventStage, MatterItem
from linli.events.queries.clocks import stages_by_history

Outcome = EventStage.Outcome


def keep_stages_of(*, event_ids: Iterable[UUID], now: datetime) -> int:
    """Write the stages of those among these events whose matter has any; return how many events that were.

    One query for all that have none. To be told twice changes nothing.
    """
    rows = EventStage.objects.filter(event=OuterRef("pk"), outcome="")
    staged = Q(matter__isnull=False) & ~Q(matter__stages=[]) | Exists(rows)
    with transaction.atomic():
        found = Event.objects.select_for_update(of=("self",)).select_related("matter")
        events = list(found.filter(staged, id__in=list(event_ids), state__in=states.WITH_HANDLER).order_by("id"))
        for event in events:
            keep_stages(event, now=now)
    return len(events)


def keep_stages(event: Event, *, now: datetime) -> None:
    """Let the stages of a locked event follow from its matter and history: new rows for a new run, else new dues.

    What is open counts no longer once the event has ended, or its matter has no stages; with the event it comes back.
    The head row keeps when the first of them is due, and nothing while no unit works on the event.
    """
    open_rows, first = EventStage.objects.filter(event=event, outcome=""), None
    with_unit = event.state in states.WITH_HANDLER
    if event.is_open and with_unit and event.matter is not None and event.matter.stages:
        _keep_of_run(event, event.matter, open_rows, now)
        first = open_rows.aggregate(first=Min("due"))["first"]
    elif with_unit or not event.is_open:
        open_rows.update(outcome=Outcome.OVERTAKEN, ended_at=now)
    if event.stage_due != first:
        event.stage_due = first
        event.save(update_fields=["stage_due"])


def end_with_result(event: Event, *, by: accounts.Actor, now: datetime) -> None:
    """End every open stage of an event whose result is submitted."""
    rows = EventStage.objects.filter(event=event, outcome="")
    rows.update(outcome=Outcome.WITH_RESULT, ended_at=now, ended_by=by.person_id)


def _keep_of_run(event: Event, matter: MatterItem, open_rows: "QuerySet[EventStage]", now: datetime) -> None:
    begun_at, dues = stages_by_history(event)
    known = {row.place: row for row in event.stages.filter(begun_at=begun_at, matter=matter)}
    open_rows.exclude(begun_at=begun_at, matter=matter).update(outcome=Outcome.OVERTAKEN, ended_at=now)
    wanted = list(enumerate(zip(matter.stages, dues, strict=True)))
    EventStage.objects.bulk_create([
        EventStage(
            event=event, matter=matter, begun_at=begun_at, place=place, due=due,
            name=stage["name"], limit=stage["limit"], unit=stage["unit"],
        )
        for place, (stage, due) in wanted if place not in known
    ])  # fmt: skip
    moved = [_moved(known[place], due) for place, (_stage, due) in wanted if place in known]
    EventStage.objects.bulk_update([row for row in moved if row.is_open], ["due", "outcome", "ended_at", "missed_at"])


def _moved(row: EventStage, due: datetime) -> EventStage:
    """Give an open stage its due; one of a matter that is chosen again is open again."""
    if row.outcome in {"", Outcome.OVERTAKEN}:
        row.outcome, row.ended_at, row.due = "", None, due
        row.missed_at = row.missed_at if row.missed_at and due <= row.missed_at else None
    return row
