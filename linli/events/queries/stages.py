"""The stages of handling limits 分阶段时限: those of one event, and those that are late."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Event, EventStage
from linli.events.queries.sight import events_seen_by

OVERTAKEN = EventStage.Outcome.OVERTAKEN


def stages_of(event: Event) -> Sequence[EventStage]:
    """Return the stages of the present run in their order; no query where the matter has none."""
    if event.matter is None or not event.matter.stages:
        return ()
    rows = EventStage.objects.filter(event=event, matter=event.matter).exclude(outcome=OVERTAKEN)
    known = list(rows.select_related("ended_by").order_by("begun_at", "place"))
    return [row for row in known if row.begun_at == known[-1].begun_at]


def late_stages(*, actor: accounts.Actor, now: datetime) -> "QuerySet[EventStage]":
    """Return the open stages past their due of events that somebody may see and a unit works on, the latest first."""
    with_unit = events_seen_by(actor).filter(closed_at=None, state__in=states.WITH_HANDLER)
    rows = EventStage.objects.filter(outcome="", due__lt=now, event__in=with_unit.values("id"))
    return rows.select_related("event", "event__matter", "event__lead_unit").order_by("due", "id")
