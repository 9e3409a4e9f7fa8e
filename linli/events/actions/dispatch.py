"""Screening and dispatch 分拨: a person names the matter or the unit, or says that it is not taken up."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import facts, states
from linli.events.actions.joint import end_work
from linli.events.actions.link import end_children
from linli.events.actions.merge import answer_group
from linli.events.actions.step import take_step
from linli.events.models import Correction, Event, Part, Response, Task
from linli.events.queries.policies import ladder_at
from linli.events.queries.rulebook import rule_book, said_of, standing_of_unit
from linli.events.rules.deadlines import deadlines
from linli.events.rules.dispatch import Assignment, Duty, Reason, Where, may_lead
from linli.events.rules.refusals import RefusedError
from linli.events.rules.routing import Said
from linli.kernel import facts as journal
from linli.regions import api as regions


class UnknownMatterError(RefusedError, LookupError):
    """The duty list in force has no such matter."""

    sentence = _("This matter is not in the duty list any more; choose another.")


class DutyStaysError(RefusedError):
    """The matter is reserved to the departments, or needs one in the lead."""

    def __init__(self, duty: Duty, unit_name: str) -> None:
        """Say which matter stays where."""
        super().__init__(duty.code)
        words = {
            "reserved": _("“%(matter)s” is reserved to the departments and can't go to %(unit)s; leave the unit open."),
            "supporting": _("“%(matter)s” needs a department in the lead; %(unit)s can help, not lead."),
        }[duty.duty_kind]
        self.sentence = words % {"matter": duty.name, "unit": unit_name}


class DownwardError(RefusedError):
    """An event that rose can't be given to a lower level."""

    sentence = _(
        "This event rose and can't be given to a lower level. Give that unit a task, and close the event here."
    )


def dispatch_event(
    *,
    event_id: UUID,
    by: accounts.Actor,
    now: datetime,
    matter_code: str,
    unit_id: int | None = None,
    words: str = "",
) -> Event:
    """Give an event to the unit that the duty list names for a matter, or to `unit_id` by a person's decision.

    The clocks of the unit begin `now`. What the model had proposed and what was chosen is kept to learn from.
    """
    duty = rule_book(now).duties.get(matter_code)
    if duty is None:
        raise UnknownMatterError(matter_code)
    with transaction.atomic():
        event = Event.objects.get(pk=event_id)
        chosen = _assignment(event, duty, unit_id, by, now)
        check_not_downward(event, chosen.unit_id)
        changes = {
            "matter_id": duty.id,
            "duty_list_id": duty.duty_list_id,
            "grade": duty.grade,
            **given_to(chosen.unit_id, why=chosen.why, duty=duty, now=now),
        }
        event = take_step(
            event_id=event_id, step="dispatch", by=by, now=now, words=words, public=True,
            data={"unit": chosen.unit_name, "matter": duty.name}, changes=changes,
        )  # fmt: skip
        set_helpers(event, chosen.helpers, now)
        keep_correction(event, matter_code, by, now)
        told = facts.EventDispatched(event_id=event.id, unit_id=chosen.unit_id, matter_code=matter_code)
        journal.publish(told, now=now)
    return event


def reject_event(*, event_id: UUID, by: accounts.Actor, now: datetime, reason: str, words: str) -> Event:
    """Say with a typed reason that an event is not taken up. `words` are what the reporter reads."""
    changes = {"closed_at": now, "close_reason": Event.CloseReason(reason).value, "public_answer": words}
    with transaction.atomic():
        event = take_step(event_id=event_id, step="reject", by=by, now=now, words=words, public=True, changes=changes)
        end_work(event, by=by, now=now, words=words)
        end_children(event, by=by, now=now, reason=reason, answer=words)
        answer_group(event, by=by, now=now, answer=words)
    return event


def given_to(unit_id: int, *, why: Sequence[Reason], duty: Duty | None, now: datetime) -> dict[str, object]:
    """Return the changes of the head row when a unit is given an event: its clocks begin now."""
    clocks = deadlines(duty, now, regions.calendar())
    return {
        "lead_unit_id": unit_id, "why": list(why), "accept_due": clocks.accept, "contact_due": clocks.contact,
        "handle_due": clocks.handle,
    }  # fmt: skip


def where_is(event: Event) -> Where:
    """Return the place of an event as dispatch needs it."""
    return Where(event.county_id, event.street_id, event.community_id, event.grid_id)


def check_lead(duty: Duty, unit_id: int) -> None:
    """Raise DutyStaysError where the duty list keeps this matter above, or with a department."""
    if not may_lead(duty.duty_kind, standing_of_unit(unit_id)):
        raise DutyStaysError(duty, accounts.unit(unit_id).name)


def said_by(event: Event) -> Said:
    """Return what rules ask about an event beside its matter and place."""
    return said_of(text=f"{event.title} {event.text}", channel=event.channel, at=event.reported_at)


def _assignment(event: Event, duty: Duty, unit_id: int | None, by: accounts.Actor, now: datetime) -> Assignment:
    by_rule = rule_book(now).assign(duty, where_is(event), said_by(event))
    chosen = ({"kind": "chosen", "by": by.name, "matter": duty.name},)
    if unit_id is None or unit_id == by_rule.unit_id:
        return Assignment(by_rule.unit_id, by_rule.unit_name, by_rule.helpers, (*chosen, *by_rule.why))
    check_lead(duty, unit_id)
    unit = accounts.unit(unit_id)
    reason = {"kind": "unit_chosen", "by": by.name, "unit": unit.name}
    return Assignment(unit.id, unit.name, by_rule.helpers, (*chosen, reason))


def check_not_downward(event: Event, unit_id: int) -> None:
    """Refuse to give down what rose. What nobody had yet may still go to its first unit; the level stays."""
    begins = ladder_at(event.reported_at).begins(accounts.unit(unit_id).kind, has_grid=False)
    if event.level and event.state != states.SCREENING and (begins is None or begins.rank < event.level):
        raise DownwardError


def set_helpers(event: Event, helpers: tuple[int, ...], now: datetime) -> None:
    """Let these units help, and no others."""
    asked = Q(unit_id__in=Task.objects.filter(event=event).values("unit_id")) | Q(
        unit_id__in=Response.objects.filter(whistle__event=event).values("unit_id")
    )
    Part.objects.filter(event=event).exclude(unit_id__in=helpers).exclude(asked).delete()
    Part.objects.bulk_create([Part(event=event, unit_id=unit, since=now) for unit in helpers], ignore_conflicts=True)


def keep_correction(event: Event, matter_code: str, by: accounts.Actor, now: datetime) -> None:
    """Keep what a person chose, for the classifier to learn from."""
    proposed = event.candidates[0]["code"] if event.candidates else ""
    Correction.objects.create(
        event=event, text=f"{event.title} {event.text}", proposed=proposed, chosen=matter_code,
        version=event.model_version, made_at=now, by_id=by.person_id,
    )  # fmt: skip
    if proposed and proposed != matter_code:
        told = facts.MatterCorrected(event_id=event.id, proposed=proposed, chosen=matter_code)
        journal.publish(told, now=now)
