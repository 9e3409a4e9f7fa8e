"""What residents see of a report that is handled together with another: merged ones, and those they follow."""

from dataclasses import replace
from datetime import datetime

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Event, Follower, Photo
from linli.events.queries import case
from linli.events.queries.links import main_of
from linli.events.queries.sight import events_seen_by
from linli.events.queries.volunteering import volunteer_sees

RESIDENT_WORDS = {"report", "information", "rate", "photo", "follow", "follow_again", "merge_in", "split_off"}


def resident_case(*, number: str, actor: accounts.Actor, key: str = "", now: datetime) -> case.ResidentCase | None:
    """Return what its reporter or follower may see: by their phone (actor), or by the key that their receipt carried.

    A merged report shows who has it now. A follower sees the course of the event and the reply, not who reported it,
    what that person said, or where exactly.
    """
    own = case.resident_case(number=number, actor=actor, key=key, now=now)
    if own is not None:
        return _with_main(own) if own.state == states.MERGED else own
    follower = _follower(number, actor, key)
    return _followed(follower) if follower else None


def photo_seen_by(*, photo: Photo, actor: accounts.Actor, key: str = "") -> bool:
    """Tell whether somebody may see a photo: staff and the reporter of its event, volunteers asked to look at it.

    What a follower gave is for the staff and that follower alone. `key` is the one that a receipt carried.
    """
    if photo.follower is not None:
        token = photo.follower.token
        mine = actor.kind == "resident" and bool(token) and token == actor.phone_token
        staff = actor.kind != "resident" and events_seen_by(actor).filter(pk=photo.event_id).exists()
        return mine or staff or case.holds_receipt(photo.follower.id, key)
    return (
        events_seen_by(actor).filter(pk=photo.event_id).exists()
        or case.holds_receipt(photo.event_id, key)
        or volunteer_sees(event_id=photo.event_id, actor=actor)
    )


def _follower(number: str, actor: accounts.Actor, key: str) -> Follower | None:
    rows = Follower.objects.select_related("event__lead_unit", "event__street", "event__community")
    follower = rows.filter(number=number).first()
    if follower is None:
        return None
    mine = actor.kind == "resident" and bool(follower.token) and follower.token == actor.phone_token
    return follower if mine or case.holds_receipt(follower.id, key) else None


def _with_main(own: case.ResidentCase) -> case.ResidentCase:
    main = main_of(Event(pk=own.event_id))
    if main is None:
        return own
    return replace(
        own, unit_name=main.lead_unit.name, unit_phone=main.lead_unit.phone, handle_due=main.handle_due,
        is_open=main.is_open, with_others=True,
    )  # fmt: skip


def _followed(follower: Follower) -> case.ResidentCase:
    event = follower.event
    shown = _with_main(_plain(event, follower)) if event.state == states.MERGED else _plain(event, follower)
    return replace(shown, with_others=True)


def _plain(event: Event, follower: Follower) -> case.ResidentCase:
    began = case.Line(follower.followed_at, "followed", event.lead_unit.name, "")
    lines = [
        line if line.step in {"submit", "close", "answer_along", "reject"} else replace(line, words="")
        for line in case.lines_of(event)
        if line.step not in RESIDENT_WORDS
    ]
    return case.ResidentCase(
        event_id=event.id,
        number=follower.number,
        title=event.title,
        text=follower.words,
        state=event.state,
        state_label=str(states.LABELS[event.state]),
        place=" ".join(str(part) for part in (event.street, event.community) if part),
        unit_name=event.lead_unit.name,
        unit_phone=event.lead_unit.phone,
        reported_at=follower.followed_at,
        handle_due=event.handle_due,
        is_open=event.is_open,
        answer=event.public_answer if event.closed_at else "",
        lines=sorted([began, *lines], key=lambda line: line.at),
        photos=list(follower.photos.order_by("id")),
        may_add=False,
        may_rate=False,
        may_reopen=False,
        reopen_until=None,
        rating=None,
    )
