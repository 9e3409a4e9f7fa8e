"""Corrections 更正: the place or the matter was wrong. The event is dispatched again, once; then a person decides."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.actions.dispatch import (
    DownwardError,
    UnknownMatterError,
    check_not_downward,
    given_to,
    keep_correction,
    said_by,
    set_helpers,
    where_is,
)
from linli.events.actions.step import append, locked, note, take_step
from linli.events.models import Event
from linli.events.queries.placing import where_of
from linli.events.queries.rulebook import rule_book
from linli.events.rules.dispatch import Assignment, Duty, Where
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.trust import api as trust

AGAIN, CAPABILITY = "redispatch", "events.dispatch"


def correct_place(
    *, event_id: UUID, by: accounts.Actor, now: datetime, division_id: int, address: str = "", words: str = ""
) -> Event:
    """Correct where an event is. The unit that answers there gets it, unless it was dispatched again before."""
    where = where_of(division_id)
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, CAPABILITY, event)
        changes = {
            "county_id": where.county_id, "street_id": where.street_id, "community_id": where.community_id,
            "grid_id": where.grid_id, **_point(event, where), **({"address": address} if address else {}),
        }  # fmt: skip
        data = {"place": regions.division(division_id).name}
        duty = _duty(event, now)
        return _corrected(event, "correct_place", duty, where, changes, data, by=by, now=now, words=words)


def correct_matter(*, event_id: UUID, by: accounts.Actor, now: datetime, matter_code: str, words: str = "") -> Event:
    """Correct what an event is about. The unit that leads that gets it, unless it was dispatched again before."""
    duty = rule_book(now).duties.get(matter_code)
    if duty is None:
        raise UnknownMatterError(matter_code)
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, CAPABILITY, event)
        changes = {"matter_id": duty.id, "duty_list_id": duty.duty_list_id, "grade": duty.grade}
        keep_correction(event, matter_code, by, now)
        return _corrected(
            event, "correct_matter", duty, where_is(event), changes, {"matter": duty.name}, by=by, now=now, words=words
        )


def _corrected(  # noqa: PLR0917  private: what was corrected, and to what
    event: Event,
    step: str,
    duty: Duty | None,
    where: Where,
    changes: Mapping[str, Any],
    data: Mapping[str, Any],
    *,
    by: accounts.Actor,
    now: datetime,
    words: str,
) -> Event:
    chosen = rule_book(now).assign(duty, where, said_by(event)) if duty else None
    moves = chosen is not None and chosen.unit_id != event.lead_unit_id
    if chosen and duty and moves and _may_move(event, chosen.unit_id):
        _keep(event, step, changes, data, by=by, now=now, words=words)
        return _dispatched_again(event, duty, chosen, by=by, now=now)
    why = [*event.why, {"kind": "moved_once", "by": by.name}] if moves else event.why
    _keep(event, step, {**changes, "why": why}, data, by=by, now=now, words=words)
    told = facts.EventDispatched(event_id=event.id, unit_id=event.lead_unit_id, matter_code=duty.code if duty else None)
    journal.publish(told, now=now)
    return event


def _may_move(event: Event, unit_id: int) -> bool:
    """Tell whether it was never dispatched again before, and would not go down after it had risen."""
    try:
        check_not_downward(event, unit_id)
    except DownwardError:
        return False
    return not event.tracks.filter(step=AGAIN).exists()


def _keep(
    event: Event,
    step: str,
    changes: Mapping[str, Any],
    data: Mapping[str, Any],
    *,
    by: accounts.Actor,
    now: datetime,
    words: str,
) -> None:
    for field, value in changes.items():
        setattr(event, field, value)
    event.save(update_fields=[*changes])
    append(event, step=step, by=by, now=now, words=words, data=data)
    note(event, by=by, now=now, elements=[step])


def _dispatched_again(event: Event, duty: Duty, chosen: Assignment, *, by: accounts.Actor, now: datetime) -> Event:
    why = [{"kind": "moved", "by": by.name}, *chosen.why]
    anew = given_to(chosen.unit_id, why=why, duty=duty, now=now)
    changes = {**anew, "handler_id": None, "accepted_at": None}
    data = {"unit": chosen.unit_name, "matter": duty.name}
    event = take_step(event_id=event.id, step=AGAIN, by=by, now=now, public=True, data=data, changes=changes)
    set_helpers(event, chosen.helpers, now)
    told = facts.EventDispatched(event_id=event.id, unit_id=chosen.unit_id, matter_code=duty.code)
    journal.publish(told, now=now)
    return event


def _duty(event: Event, now: datetime) -> Duty | None:
    """Return the matter of the event as it is in force now, else None."""
    return rule_book(now).duties.get(event.matter.code) if event.matter else None


def _point(event: Event, where: Where) -> dict[str, None]:
    """Forget the point where it does not lie in the place that was named."""
    if event.lng is None or event.lat is None:
        return {}
    here = regions.locate(event.lng, event.lat)
    inside = here and where.smallest in {here.county_id, here.street_id, here.community_id}
    return {} if inside else {"lng": None, "lat": None}
