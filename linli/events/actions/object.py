"""Objection and arbitration 异议与裁决: a unit objects once, a named office decides, the decision is a precedent."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.actions.dispatch import check_lead, given_to, where_is
from linli.events.actions.handle import RisenError, WordsMissingError
from linli.events.actions.hold import hold
from linli.events.actions.step import locked, take_step
from linli.events.models import ClockSpan, Event, Objection, Part, Precedent
from linli.events.queries.clocks import begun_at
from linli.events.queries.objections import ARBITRATE, first_unit_of, objection_terms, office_for
from linli.events.queries.precedents import REVISION
from linli.events.queries.rulebook import rule_book
from linli.events.rules.objections import FirstUnitLeadsError, NoObjectionError, ObjectedError, WindowClosedError
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.trust import api as trust

AREAS = ("community", "street", "county")


def object_to_event(*, event_id: UUID, by: accounts.Actor, now: datetime, reason: str, words: str) -> Event:
    """Say with a typed reason that an event is another's, once and in time. A named office decides."""
    if not words.strip():
        raise WordsMissingError
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, "events.handle", event)
        _may_object(event, now)
        objection = _objection(event, by, now, Objection.Reason(reason), words)
        changes = _meanwhile(event, objection, by, now)
        event = take_step(
            event_id=event_id, step="object", by=by, now=now, words=words, changes=changes,
            data={"reason": objection.reason, "office": objection.office.name, "unit": objection.unit.name},
        )  # fmt: skip
        told = facts.EventObjected(
            event_id=event.id, number=event.number, unit_id=objection.unit_id, office_id=objection.office_id
        )
        journal.publish(told, now=now)
    return event


def decide_objection(
    *,
    event_id: UUID,
    by: accounts.Actor,
    now: datetime,
    unit_id: int,
    words: str,
    area: str = "street",
    helper_ids: Sequence[int] = (),
) -> Event:
    """Decide which unit has the event; from then on dispatch follows it for this matter in this area.

    With helpers, several units are concerned, and the one that was asked first must lead.
    """
    if not words.strip():
        raise WordsMissingError
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, "events.see_area", event)
        objection = event.objections.select_related("unit").filter(outcome=Objection.Outcome.OPEN).first()
        if objection is None or objection.office_id not in {held.unit_id for held in by.holdings_with(ARBITRATE)}:
            raise NoObjectionError
        unit = accounts.unit(unit_id)
        if helper_ids and unit.id != (first := first_unit_of(event)):
            raise FirstUnitLeadsError(accounts.unit(first).name)
        moved = unit.id != objection.unit_id
        before = objection.unit.name
        changes = _moved_to(event, unit, by, now) if moved else {}
        event = take_step(
            event_id=event_id, step="uphold" if moved else "overrule", by=by, now=now, words=words, public=moved,
            data={"unit": unit.name, "from": before}, changes=changes,
        )  # fmt: skip
        _decided(objection, unit, by, now, words, moved=moved)
        _keep_precedent(event, objection, area, now)
        Part.objects.bulk_create(
            [Part(event=event, unit_id=one, since=now) for one in helper_ids if one != unit.id], ignore_conflicts=True
        )
        told = facts.ObjectionDecided(event_id=event.id, number=event.number, unit_id=unit.id, moved=moved)
        journal.publish(told, now=now)
    return event


def end_precedent(*, precedent_id: UUID, by: accounts.Actor, now: datetime) -> Precedent:
    """Let a precedent hold no longer."""
    trust.require(by, ARBITRATE)
    with transaction.atomic():
        precedent = Precedent.objects.select_for_update().get(pk=precedent_id)
        precedent.ended_at = precedent.ended_at or now
        precedent.save(update_fields=["ended_at"])
        kernel.bump(REVISION)
    return precedent


def _may_object(event: Event, now: datetime) -> None:
    if event.level:
        raise RisenError
    known = event.objections.all()
    if any(one.outcome == Objection.Outcome.OPEN or one.unit_id == event.lead_unit_id for one in known):
        raise ObjectedError
    if now > regions.add_working(begun_at(event), hours=objection_terms(event).within_hours):
        raise WindowClosedError


def _objection(event: Event, by: accounts.Actor, now: datetime, reason: Objection.Reason, words: str) -> Objection:
    number = event.objections.count() + 1
    return Objection.objects.create(
        event=event, unit_id=event.lead_unit_id, reason=reason, words=words, by_id=by.person_id, at=now,
        round=number, office_id=office_for(event, number),
        due=regions.add_working(now, hours=objection_terms(event).decide_hours),
    )  # fmt: skip


def _meanwhile(event: Event, objection: Objection, by: accounts.Actor, now: datetime) -> dict[str, object]:
    """Return what happens to the clock until the decision: by policy it pauses, or the first unit keeps the case."""
    if not objection_terms(event).pauses or event.held:
        return {}
    span = ClockSpan.objects.create(
        event=event, kind=ClockSpan.Kind.OBJECTION, outcome=ClockSpan.Outcome.GRANTED, words=objection.words,
        amount=1, unit_id=event.lead_unit_id, asked_by_id=by.person_id, asked_at=now, starts_at=now,
        limit_at=objection.due,
    )  # fmt: skip
    return hold(event, span)


def _moved_to(event: Event, unit: accounts.UnitInfo, by: accounts.Actor, now: datetime) -> dict[str, object]:
    """Return the changes of the head row when another unit has it: its clocks begin now."""
    duty = rule_book(now).duties.get(event.matter.code) if event.matter else None
    if duty:
        check_lead(duty, unit.id)
    why = [*event.why, {"kind": "decided", "by": by.name, "unit": unit.name}]
    return {
        **given_to(unit.id, why=why, duty=duty, now=now), "handler_id": None, "accepted_at": None,
        **({"matter_id": duty.id, "duty_list_id": duty.duty_list_id} if duty else {}),
    }  # fmt: skip


def _decided(
    objection: Objection, unit: accounts.UnitInfo, by: accounts.Actor, now: datetime, words: str, *, moved: bool
) -> None:
    objection.outcome = Objection.Outcome.MOVED if moved else Objection.Outcome.KEPT
    objection.unit_decided_id, objection.decided_by_id = unit.id, by.person_id
    objection.decided_at, objection.answer = now, words
    objection.save()


def _keep_precedent(event: Event, objection: Objection, area: str, now: datetime) -> None:
    """Keep the decision for the next such event; one before it for the same matter and area holds no longer."""
    where = where_is(event)
    areas = {"community": where.community_id, "street": where.street_id, "county": where.county_id}
    division = areas.get(area) or where.smallest
    if event.matter is None or division is None:
        return
    known = Precedent.objects.filter(matter_code=event.matter.code, division_id=division, ended_at=None)
    known.update(ended_at=now)
    Precedent.objects.create(
        objection=objection, matter_code=event.matter.code, division_id=division,
        unit_id=objection.unit_decided_id or event.lead_unit_id,
        reason=objection.reason, words=objection.answer, by_id=objection.decided_by_id, at=now,
    )  # fmt: skip
    kernel.bump(REVISION)
