"""The call for joint action 吹哨报到: a community whistles, the named units come or answer within a limit."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.actions.joint import HANDLE, let_see, need, open_unit
from linli.events.actions.step import append, locked, note
from linli.events.models import Response, Whistle
from linli.events.rules import joint
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.trust import api as trust

WHISTLE = "events.whistle"


def blow_whistle(
    *,
    event_id: UUID,
    by: accounts.Actor,
    now: datetime,
    unit_ids: Sequence[int],
    words: str,
    limit: int,
    limit_unit: str = "hour",
) -> Whistle:
    """Call units to the scene of an event 吹哨. They see the event from now on, and must respond within the limit."""
    need(words)
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, WHISTLE, event)
        if not event.is_open:
            raise joint.EventOverError
        caller = by.holdings_with(WHISTLE)[0].unit_id
        called = [open_unit(unit) for unit in dict.fromkeys(unit_ids)]
        if not called:
            raise joint.NobodyNamedError
        if caller in {unit.id for unit in called}:
            raise joint.OwnUnitError
        due = joint.due_after(limit, limit_unit, now, regions.calendar())
        whistle = Whistle.objects.create(
            event=event, unit_id=caller, words=words, limit=limit, limit_unit=limit_unit, due=due, called_at=now,
            by_id=by.person_id, by_name=by.name,
        )  # fmt: skip
        Response.objects.bulk_create([Response(whistle=whistle, unit_id=unit.id) for unit in called])
        let_see(event, [unit.id for unit in called], now=now)
        data = {"units": [unit.name for unit in called], "due": due.isoformat()}
        append(event, step="whistle", by=by, now=now, words=words, data=data)
        note(event, by=by, now=now, elements=["whistle"])
        told = facts.WhistleBlown(
            event_id=event.id, whistle_id=whistle.id, unit_ids=tuple(unit.id for unit in called), due=due
        )
        journal.publish(told, now=now)
    return whistle


def respond_to_whistle(
    *, event_id: UUID, by: accounts.Actor, now: datetime, arrived: bool, words: str = ""
) -> list[Response]:
    """Say that one's unit is there 报到, or what it does from afar (then with words). Late counts too, and shows.

    Answers every call to this unit that it has not answered yet. Raises NotCalledError where there is none.
    """
    if not arrived:
        need(words)
    with transaction.atomic():
        event = locked(event_id)
        units = {held.unit_id for held in by.holdings_with(HANDLE)}
        waiting = Response.objects.select_for_update(of=("self",)).filter(
            whistle__event=event, unit_id__in=units, arrived_at=None
        )
        if not arrived:
            waiting = waiting.filter(answered_at=None)
        rows = list(waiting.select_related("whistle", "unit").order_by("id"))
        if not rows:
            raise joint.NotCalledError
        for row in rows:
            _respond(row, by=by, now=now, arrived=arrived, words=words)
            late = now > row.whistle.due
            data = {"unit": row.unit.name, "late": late, "arrived": arrived}
            append(event, step="arrive" if arrived else "respond", by=by, now=now, words=words, data=data)
            told = facts.WhistleResponded(
                event_id=event.id, whistle_id=row.whistle_id, unit_id=row.unit_id, arrived=arrived, late=late
            )
            journal.publish(told, now=now)
        note(event, by=by, now=now, elements=["arrive" if arrived else "respond"])
    return rows


def _respond(row: Response, *, by: accounts.Actor, now: datetime, arrived: bool, words: str) -> None:
    field = "arrived_at" if arrived else "answered_at"
    setattr(row, field, now)
    row.words, row.by_id, row.by_name = words or row.words, by.person_id, by.name
    row.save(update_fields=[field, "words", "by", "by_name"])
