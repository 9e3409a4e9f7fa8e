"""Events that belong together 事件关联: same, related, parent and child; what the end of one means for others."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.actions.joint import end_work
from linli.events.actions.step import append, locked, note, take_step
from linli.events.models import Event, Link
from linli.events.models.link import STANDING
from linli.events.queries.holding import children_of
from linli.events.queries.sight import events_seen_by
from linli.events.rules import linking
from linli.events.rules.joint import EventOverError
from linli.kernel import facts as journal
from linli.trust import api as trust

MAY_LINK = ("events.dispatch", "events.handle")
ORDER = 4_711_001  # the advisory lock that makes links one after the other, so that no circle closes between two


def link_events(
    *, event_id: UUID, by: accounts.Actor, now: datetime, number: str, kind: str = Link.Kind.RELATED, words: str = ""
) -> Link:
    """Link an event with another one by its number: same or related. Both timelines tell it; `unlink` takes it back."""
    with transaction.atomic():
        event, other = pair(event_id, number, by)
        if _standing(event, other, Link.Kind(kind)):
            raise linking.LinkedAlreadyError
        link = make(event, other, by=by, now=now, kind=Link.Kind(kind), words=words)
        tell_both(link, by=by, now=now, above="link", below="link", words=words)
    return link


def add_child(
    *, event_id: UUID, by: accounts.Actor, now: datetime, number: str, policy: str = Link.Policy.BLOCK, words: str = ""
) -> Link:
    """Make another event a part of this one 设为子件. `policy`: block, cascade or detach when this one ends.

    Raises CircleError where the other stands above this one, HasParentError where it is part of a third one.
    """
    with transaction.atomic():
        event, other = pair(event_id, number, by)
        if not event.is_open or not other.is_open:
            raise EventOverError
        if linking.makes_a_circle(event.id, other.id, _parents(event.id)):
            raise linking.CircleError
        if Link.objects.filter(STANDING, other=other, kind=Link.Kind.CHILD).exists():
            raise linking.HasParentError
        link = make(event, other, by=by, now=now, kind=Link.Kind.CHILD, policy=Link.Policy(policy), words=words)
        tell_both(link, by=by, now=now, above="child", below="parent", words=words)
    return link


def unlink(*, link_id: UUID, event_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Link:
    """End a link of this event. A merge is taken back by `split_event`."""
    with transaction.atomic():
        one_by_one()
        link = Link.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=link_id)
        if event_id not in {link.one_id, link.other_id} or link.ended_at is not None:
            raise linking.LinkOverError
        if link.kind == Link.Kind.MERGED:
            raise linking.MergedLinkError
        require_any(by, locked(event_id))
        end(link, by=by, now=now, words=words)
        tell_both(link, by=by, now=now, above="unlink", below="unlink", words=words)
    return link


def end_children(event: Event, *, by: accounts.Actor, now: datetime, reason: str, answer: str) -> None:
    """Close or let go the parts of an event that has ended, as their policies say; tell the parent of it."""
    for link in children_of(event):
        if link.policy == Link.Policy.CASCADE:
            _close_along(link, event, by=by, now=now, reason=reason, answer=answer)
        else:
            end(link, by=by, now=now, words="")
            append(link.other, step="detach", by=by, now=now, data={"number": event.number})
    parent = Link.objects.filter(STANDING, other=event, kind=Link.Kind.CHILD).select_related("one").first()
    if parent is not None:
        append(parent.one, step="child_ended", by=by, now=now, data={"number": event.number})


def pair(event_id: UUID, number: str, by: accounts.Actor) -> tuple[Event, Event]:
    """Return an event and the one with this number, both locked, where somebody may link them.

    They must be allowed to work on the first, and to see the other; a number that they may not see is not there.
    """
    one_by_one()
    found = events_seen_by(by).filter(number=number.strip()).values_list("pk", flat=True).first()
    require_any(by, Event.objects.get(pk=event_id))
    if found is None:
        raise linking.UnknownNumberError
    if found == event_id:
        raise linking.ItselfError
    rows = {pk: locked(pk) for pk in sorted((event_id, found))}
    return rows[event_id], rows[found]


def require_any(by: accounts.Actor, event: Event) -> None:
    """Raise NotAllowed where somebody neither dispatches nor handles an event."""
    if not any(by.can(capability) and trust.may(by, capability, event) for capability in MAY_LINK):
        trust.require(by, "events.handle", event)


def make(one: Event, other: Event, *, by: accounts.Actor, now: datetime, **link: Any) -> Link:
    """Write a link and tell it."""
    made = Link.objects.create(one=one, other=other, made_at=now, by_id=by.person_id, by_name=by.name, **link)
    journal.publish(facts.EventsLinked(event_id=one.id, other_id=other.id, link=str(made.kind)), now=now)
    return made


def end(link: Link, *, by: accounts.Actor, now: datetime, words: str) -> None:
    """End a link and tell it."""
    link.ended_at, link.ended_by_id, link.ended_because = now, by.person_id, words
    link.save(update_fields=["ended_at", "ended_by", "ended_because"])
    journal.publish(facts.EventsUnlinked(event_id=link.one_id, other_id=link.other_id, link=link.kind), now=now)


def tell_both(link: Link, *, by: accounts.Actor, now: datetime, above: str, below: str, words: str = "") -> None:
    """Write the link into both timelines and into the ledger."""
    data = {"kind": link.kind, "policy": link.policy}
    append(link.one, step=above, by=by, now=now, words=words, data={**data, "number": link.other.number})
    append(link.other, step=below, by=by, now=now, words=words, data={**data, "number": link.one.number})
    for event in (link.one, link.other):
        note(event, by=by, now=now, elements=["unlink" if above == "unlink" else "link"])


def one_by_one() -> None:
    """Let those who link events pass one after the other, until their transactions end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ORDER])


def _standing(event: Event, other: Event, kind: str) -> bool:
    pairs = [(event.id, other.id), (other.id, event.id)]
    rows = Link.objects.filter(STANDING, kind=kind, one__in=[event, other], other__in=[event, other])
    return any((row.one_id, row.other_id) in pairs for row in rows)


def _parents(event_id: UUID) -> dict[UUID, UUID]:
    """Return the way up from an event: each with its parent."""
    way: dict[UUID, UUID] = {}
    below: UUID | None = event_id
    while below is not None and below not in way:
        rows = Link.objects.filter(STANDING, kind=Link.Kind.CHILD, other_id=below)
        above = rows.values_list("one_id", flat=True).first()
        if above is not None:
            way[below] = above
        below = above
    return way


def _close_along(link: Link, event: Event, *, by: accounts.Actor, now: datetime, reason: str, answer: str) -> None:
    """Close a part with its parent, by the same person: who handled the part can't."""
    changes = {"closed_at": now, "close_reason": reason, "public_answer": answer, "checker_id": by.person_id}
    child = take_step(
        event_id=link.other_id, step="close_along", by=by, now=now, words=answer, public=True,
        data={"number": event.number, "reason": reason}, changes=changes,
    )  # fmt: skip
    end_work(child, by=by, now=now, words=answer)
    journal.publish(facts.EventClosed(event_id=child.id, number=child.number, reason=reason), now=now)
    end_children(child, by=by, now=now, reason=reason, answer=answer)
