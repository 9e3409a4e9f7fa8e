"""Merging 合并: several reports of one thing are handled as one; everybody who reported gets the one reply."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.events import facts, states
from linli.events.actions.link import end, make, one_by_one, pair, require_any, tell_both
from linli.events.actions.step import append, locked, note, take_step
from linli.events.models import Event, Follower, Link, Task
from linli.events.models.link import STANDING
from linli.events.models.part import UNFINISHED
from linli.events.queries.holding import children_of
from linli.events.rules import linking
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.trust import api as trust


def merge_event(*, event_id: UUID, by: accounts.Actor, now: datetime, number: str, words: str = "") -> Link:
    """Merge an event into the open one with this number 并件. Its followers move along; `split_event` takes it back.

    Both must be theirs to dispatch or to handle: nobody merges their work into another unit's.
    """
    with transaction.atomic():
        event, main = pair(event_id, number, by)
        require_any(by, main)
        if not event.is_open or not main.is_open:
            raise linking.MergeEndedError
        if children_of(event) or Task.objects.filter(event=event, state__in=UNFINISHED).exists():
            raise linking.MergedHeldError
        changes = {"closed_at": now, "close_reason": Event.CloseReason.DUPLICATE.value}
        kept = {"state": event.state}
        capability = "events.dispatch" if trust.may(by, "events.dispatch", event) else "events.handle"
        event = take_step(
            event_id=event.id, step="merge", by=by, now=now, words=words, public=True,
            data={"number": main.number}, changes=changes, capability=capability,
        )  # fmt: skip
        _riders_move(event, main, by=by, now=now)
        link = make(main, event, by=by, now=now, kind=Link.Kind.MERGED, words=words, kept=kept)
        append(main, step="merge_in", by=by, now=now, words=words, data={"number": event.number})
        note(main, by=by, now=now, elements=["merge"])
    return link


def split_event(*, event_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Event:
    """Take a merged event out of its group again 拆出: it is open by itself, its own followers come back."""
    with transaction.atomic():
        one_by_one()
        link = _merge_of(event_id)
        require_any(by, link.other)
        again = states.SCREENING if link.kept.get("state") in {states.SCREENING, states.REPORTED} else states.DISPATCHED
        step = "split_open" if again == states.SCREENING else "split"
        capability = "events.dispatch" if trust.may(by, "events.dispatch", link.other) else "events.handle"
        event = take_step(
            event_id=event_id, step=step, by=by, now=now, words=words, public=True,
            data={"number": link.one.number}, changes=_open_again(link.other, now), capability=capability,
        )  # fmt: skip
        Follower.objects.filter(event=link.one, came_from=event).update(event=event, came_from=None)
        end(link, by=by, now=now, words=words)
        append(link.one, step="split_off", by=by, now=now, words=words, data={"number": event.number})
        note(link.one, by=by, now=now, elements=["split"])
    return event


def answer_group(event: Event, *, by: accounts.Actor, now: datetime, answer: str) -> None:
    """Give the one reply to all who ride along with an event that has ended: merged reporters and followers.

    Each person gets it once, however often they reported: a phone that heard already is not told again.
    """
    heard = {event.reporter_token} - {""}
    for link in _riders(event, states.MERGED):
        rider = _ride_to_end(link.other, event, by=by, now=now, answer=answer)
        _reply(event, rider.id, rider.number, rider.reporter_token, heard, now=now)
    for follower in Follower.objects.select_for_update().filter(event=event).order_by("id"):
        follower.told_at = now
        follower.save(update_fields=["told_at"])
        _reply(event, follower.id, follower.number, follower.token, heard, now=now)


def open_group_again(event: Event, *, by: accounts.Actor, now: datetime) -> None:
    """Let merged events wait again with the event that was opened again."""
    for link in _riders(event, states.CLOSED):
        take_step(
            event_id=link.other_id, step="ride_again", by=accounts.SYSTEM, now=now, public=True,
            data={"number": event.number, "by": by.name},
        )  # fmt: skip


def leave_group(event: Event, *, by: accounts.Actor, now: datetime) -> None:
    """End the merge of an event that is opened again by itself."""
    for link in Link.objects.filter(STANDING, other=event, kind=Link.Kind.MERGED).select_related("one", "other"):
        end(link, by=by, now=now, words="")
        tell_both(link, by=by, now=now, above="split_off", below="unlink")


def _riders(event: Event, state: str) -> list[Link]:
    rows = Link.objects.filter(STANDING, one=event, kind=Link.Kind.MERGED, other__state=state)
    return list(rows.select_related("other").order_by("id"))


def _riders_move(event: Event, main: Event, *, by: accounts.Actor, now: datetime) -> None:
    """Let followers and merged events of an event go along with it into the main one."""
    Follower.objects.filter(event=event).update(event=main, came_from=event)
    for link in _riders(event, states.MERGED):
        end(link, by=by, now=now, words="")
        make(main, link.other, by=by, now=now, kind=Link.Kind.MERGED, kept=link.kept)


def _merge_of(event_id: UUID) -> Link:
    link = (
        Link.objects.select_for_update(of=("self",))
        .filter(STANDING, other_id=event_id, kind=Link.Kind.MERGED, other__state=states.MERGED)
        .select_related("one", "other")
        .first()
    )
    if link is None:
        raise linking.LinkOverError
    locked(event_id)
    return link


def _open_again(event: Event, now: datetime) -> dict[str, Any]:
    calendar = regions.calendar()
    return {
        "closed_at": None,
        "close_reason": "",
        "accept_due": calendar.add_working(now, hours=event.matter.accept_hours if event.matter else 2),
    }


def _ride_to_end(rider: Event, main: Event, *, by: accounts.Actor, now: datetime, answer: str) -> Event:
    # The node closes it: the person who closes the main event may not be allowed to, or may have handled this one.
    return take_step(
        event_id=rider.id, step="answer_along", by=accounts.SYSTEM, now=now, words=answer, public=True,
        data={"number": main.number, "by": by.name}, changes={"closed_at": now, "public_answer": answer},
    )  # fmt: skip


def _reply(event: Event, holder: UUID, number: str, token: str, heard: set[str], *, now: datetime) -> None:
    if token and token in heard:
        return
    heard.add(token)
    journal.publish(facts.ReplyGiven(event_id=event.id, holder_id=holder, number=number), now=now)
