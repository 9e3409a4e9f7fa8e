"""Stages that are late 阶段超时: told once to the unit that has the event, and kept in its timeline. Nothing rises."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.accounts import api as accounts
from linli.events import facts, states
from linli.events.actions.step import leaf_of
from linli.events.models import EventStage, Track
from linli.kernel import facts as journal
from linli.trust import api as trust

TOGETHER = 500


def tell_late_stages(*, now: datetime) -> int:
    """Tell of every open stage whose due has passed, the longest late first, once for each due; return how many.

    Several sweeps may run at once. What a person has in hand waits for the next minute, and what no unit works on is
    not told.
    """
    told = 0
    while True:
        with transaction.atomic():
            stages = _untold(now)
            if not stages:
                return told
            _tell(stages, now)
            told += len(stages)


def _untold(now: datetime) -> Sequence[EventStage]:
    """Return the next stages to tell of, locked with their events, past those that others hold."""
    late = EventStage.objects.filter(outcome="", missed_at=None, due__lt=now, event__closed_at=None)
    free = late.select_related("event").select_for_update(skip_locked=True, of=("self", "event"))
    return list(free.filter(event__state__in=states.WITH_HANDLER).order_by("due", "id")[:TOGETHER])


def _tell(stages: Sequence[EventStage], now: datetime) -> None:
    """Write down what is late: stage, timeline, ledger and fact, each for all at once."""
    EventStage.objects.filter(id__in=[stage.id for stage in stages]).update(missed_at=now)
    Track.objects.bulk_create([_track(stage, now) for stage in stages])
    trust.record_all([leaf_of(stage.event, "stage_missed", now) for stage in stages])
    journal.publish_all([_fact(stage) for stage in stages], now=now)


def _track(stage: EventStage, now: datetime) -> Track:
    state = stage.event.state
    return Track(
        event=stage.event, at=now, step="stage_missed", before=state, after=state, by_name=accounts.SYSTEM.name,
        unit_id=stage.event.lead_unit_id, data={"stage": stage.name, "due": stage.due.isoformat()},
    )  # fmt: skip


def _fact(stage: EventStage) -> facts.StageMissed:
    return facts.StageMissed(
        event_id=stage.event_id, stage_id=stage.id, number=stage.event.number, unit_id=stage.event.lead_unit_id,
        due=stage.due,
    )  # fmt: skip
