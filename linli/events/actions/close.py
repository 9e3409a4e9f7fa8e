"""The end 结案: somebody other than the handler checks, the event is closed with a typed reason, or opened again."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.actions.handle import WordsMissingError
from linli.events.actions.link import end_children
from linli.events.actions.merge import answer_group, leave_group, open_group_again
from linli.events.actions.step import take_step
from linli.events.models import Event
from linli.events.rules.deadlines import handle_due, shorter
from linli.events.rules.refusals import RefusedError
from linli.events.rules.windows import reopen_until
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.trust import api as trust


class OwnWorkError(RefusedError):
    """Who handled an event can't check it."""

    sentence = _("You handled this event, so somebody else must check it.")


class WindowOverError(RefusedError):
    """The time in which a closed event can be opened again is over."""

    sentence = _("The time in which the reporter may open it again is over.")


def check_result(*, event_id: UUID, by: accounts.Actor, now: datetime, passed: bool, words: str = "") -> Event:
    """Check a submitted result 核查: pass it, or send it back with words. Raises OwnWorkError for its handlers."""
    event = Event.objects.get(pk=event_id)
    trust.require(by, "events.check", event)
    if by.persons & {event.handler_id, *event.handlers}:
        raise OwnWorkError
    if passed:
        return take_step(event_id=event_id, step="pass", by=by, now=now, words=words, changes=_checked_by(by))
    if not words.strip():
        raise WordsMissingError
    return take_step(event_id=event_id, step="send_back", by=by, now=now, words=words)


def close_event(*, event_id: UUID, by: accounts.Actor, now: datetime, reason: str, answer: str = "") -> Event:
    """Close a checked event with a typed reason; `answer`, where given, replaces what the reporter reads."""
    with transaction.atomic():
        event = Event.objects.get(pk=event_id)
        if by.persons & {event.handler_id, *event.handlers}:
            raise OwnWorkError
        answer = answer.strip() or event.public_answer
        changes = {
            "closed_at": now,
            "close_reason": Event.CloseReason(reason).value,
            "public_answer": answer,
            **_checked_by(by),
        }
        event = take_step(
            event_id=event_id, step="close", by=by, now=now, words=answer, public=True,
            data={"reason": reason}, changes=changes,
        )  # fmt: skip
        journal.publish(facts.EventClosed(event_id=event.id, number=event.number, reason=reason), now=now)
        end_children(event, by=by, now=now, reason=reason, answer=answer)
        answer_group(event, by=by, now=now, answer=answer)
    return event


def reopen_event(*, event_id: UUID, by: accounts.Actor, now: datetime, words: str) -> Event:
    """Open a closed event again 重办: the same unit, half the time. By its reporter within the window, or by staff."""
    if not words.strip():
        raise WordsMissingError
    with transaction.atomic():
        event = Event.objects.select_related("matter").get(pk=event_id)
        if by.kind == "resident" and not may_reopen(event, now):
            raise WindowOverError
        capability = "events.own" if by.kind == "resident" else "events.dispatch"
        event = take_step(
            event_id=event_id, step="reopen", by=by, now=now, words=words, public=True,
            changes=_from_the_start(event, now), capability=capability,
        )  # fmt: skip
        journal.publish(facts.EventReopened(event_id=event.id, number=event.number), now=now)
        leave_group(event, by=by, now=now)
        open_group_again(event, by=by, now=now)
    return event


def may_reopen(event: Event, now: datetime) -> bool:
    """Tell whether the reporter may still open this event again."""
    return event.closed_at is not None and now <= reopen_until(event.closed_at, settings.LINLI_REOPEN_DAYS)


def _checked_by(by: accounts.Actor) -> dict[str, object]:
    return {"checker_id": by.person_id}


def _from_the_start(event: Event, now: datetime) -> dict[str, object]:
    calendar = regions.calendar()
    limit, unit = (event.matter.handle_limit, event.matter.handle_unit) if event.matter else (5, "work_day")
    return {
        "closed_at": None,
        "close_reason": "",
        "accepted_at": None,
        "submitted_at": None,
        "checker_id": None,
        "times_reopened": event.times_reopened + 1,
        "accept_due": calendar.add_working(now, hours=event.matter.accept_hours if event.matter else 2),
        "handle_due": handle_due(shorter(limit), unit, now, calendar),
    }
