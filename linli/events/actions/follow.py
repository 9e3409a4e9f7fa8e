"""Following 关注: who has the same problem follows the event with a number of their own, and gets the one reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.actions.opinion import add_information
from linli.events.actions.photos import keep_photos, new_photos
from linli.events.actions.step import append, locked
from linli.events.models import Event, Follower, Photo
from linli.events.rules.drafts import DraftRefusedError, phone_is_whole
from linli.events.rules.numbers import short_name
from linli.events.rules.photos import CleanPhoto
from linli.events.rules.refusals import RefusedError
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.trust import api as trust

LONGEST_WORDS = 2000


class NothingToFollowError(RefusedError):
    """Only what is open can be followed."""

    sentence = _("That report has ended in the meantime; please report yours as a new one.")


@dataclass(frozen=True)
class FollowReceipt:
    """What a follower is told. `again` marks somebody signed in who reported or follows it already.

    `added` says that what they said or showed this time was new and is kept.
    """

    holder_id: UUID
    number: str
    event_id: UUID
    unit_name: str
    accept_due: datetime
    handle_due: datetime
    again: bool = False
    added: bool = False


def follow_event(
    *,
    event_id: UUID,
    by: accounts.Actor,
    now: datetime,
    phone: str = "",
    words: str = "",
    channel: str = "web",
    photos: Sequence[CleanPhoto] = (),
) -> FollowReceipt:
    """Let somebody follow an open event: they get a number of their own and the one reply.

    Who is told of which events is decided before (`near_events`): the number of an event alone opens nothing. The
    phone may stay empty. Photos (see `rules.photos.clean_photo`) are for staff and the follower alone. Who is signed
    in and follows or reported it already keeps their number, and adds what is new. Raises NothingToFollowError for
    what has ended, DraftRefusedError for half a phone number.
    """
    if phone and not phone_is_whole(phone):
        raise DraftRefusedError({"reporter_phone": _("The phone number is not complete; check it and send again.")})
    token = accounts.phone_token(phone) if phone else by.phone_token
    with transaction.atomic():
        event = locked(event_id)
        if not event.is_open:
            raise NothingToFollowError
        # A phone that somebody only typed in says nothing about who they are, so it opens nobody's receipt.
        if token and token == by.phone_token:
            if event.reporter_token == token:
                return _add_as_reporter(event, words, photos, by=by, now=now)
            if earlier := Follower.objects.filter(event=event, token=token).first():
                return _add_as_follower(event, earlier, words, photos, by=by, now=now)
        follower = Follower.objects.create(
            event=event, number=kernel.next_number(prefix=_prefix(event), day=timezone.localdate(now)), token=token,
            phone=phone, words=_kept_words(words), channel=channel, followed_at=now,
        )  # fmt: skip
        kept = keep_photos(event, photos, by=by, now=now, kind=Photo.Kind.FOLLOWER, follower=follower)
        data = {"number": follower.number} | ({"photos": [str(one.id) for one in kept]} if kept else {})
        append(event, step="follow", by=by, now=now, words=follower.words, data=data)
        trust.record(
            by=by, action="create", purpose="events.intake", subjects=[token] if token else [], object_kind="event",
            object_id=str(event.id), elements=["follow", *(["photo"] if kept else [])], now=now,
        )  # fmt: skip
        told = facts.EventFollowed(event_id=event.id, follower_id=follower.id, number=follower.number)
        journal.publish(told, now=now)
    return _receipt(event, follower.id, follower.number)


def _add_as_reporter(
    event: Event, words: str, photos: Sequence[CleanPhoto], *, by: accounts.Actor, now: datetime
) -> FollowReceipt:
    """Add what the reporter says and shows once more to their own report."""
    fresh, said = new_photos(event, photos), _kept_words(words)
    said = "" if said == event.text else said
    if said or fresh:
        add_information(event_id=event.id, by=by, now=now, words=said, photos=fresh)
    return _receipt(event, event.id, event.number, again=True, added=bool(said or fresh))


def _add_as_follower(
    event: Event, follower: Follower, words: str, photos: Sequence[CleanPhoto], *, by: accounts.Actor, now: datetime
) -> FollowReceipt:
    """Keep what a follower says and shows once more, for staff and that follower as the first time."""
    fresh, said = new_photos(event, photos, follower=follower), _kept_words(words)
    said = "" if said == follower.words else said
    if said or fresh:
        kept = keep_photos(event, fresh, by=by, now=now, kind=Photo.Kind.FOLLOWER, follower=follower)
        data = {"number": follower.number, "photos": [str(one.id) for one in kept]}
        append(event, step="follow_again", by=by, now=now, words=said, data=data)
        trust.record(
            by=by, action="change", purpose="events.intake", subjects=[follower.token], object_kind="event",
            object_id=str(event.id), elements=["follow_again", *(["photo"] if kept else [])], now=now,
        )  # fmt: skip
    return _receipt(event, follower.id, follower.number, again=True, added=bool(said or fresh))


def _kept_words(words: str) -> str:
    return trust.redact(words.strip()[:LONGEST_WORDS])


def _receipt(event: Event, holder_id: UUID, number: str, **more: bool) -> FollowReceipt:
    unit = accounts.unit(event.lead_unit_id)
    return FollowReceipt(holder_id, number, event.id, unit.name, event.accept_due, event.handle_due, **more)


def _prefix(event: Event) -> str:
    division = event.community_id or event.street_id or event.county_id
    return short_name(regions.division(division or accounts.unit(event.lead_unit_id).division_id).name)
