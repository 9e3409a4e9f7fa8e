"""Photos are kept twice: as sent, for those who may see it, and clean, for everybody who sees the event."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from linli.accounts import api as accounts
from linli.events.actions.step import append, note
from linli.events.models import Event, Follower, Photo
from linli.events.rules.photos import MOST_PHOTOS, CleanPhoto
from linli.trust import api as trust


def add_photos(
    *, event_id: UUID, photos: list[CleanPhoto], by: accounts.Actor, now: datetime, kind: str = "report"
) -> list[Photo]:
    """Keep checked photos (see `rules.photos.clean_photo`) with an event; at most 4 at once are taken."""
    with transaction.atomic():
        event = Event.objects.get(pk=event_id)
        if kind == Photo.Kind.RESULT:
            trust.require(by, "events.handle", event)
        kept = keep_photos(event, photos, by=by, now=now, kind=kind)
        if kept:
            append(event, step="photo", by=by, now=now, public=True, data={"photos": [str(one.id) for one in kept]})
            note(event, by=by, now=now, elements=["photo"])
    return kept


def keep_photos(
    event: Event, photos: Sequence[CleanPhoto], *, by: accounts.Actor, now: datetime, kind: str,
    follower: Follower | None = None,
) -> list[Photo]:  # fmt: skip
    """Write the files and rows of checked photos, at most 4; who calls writes the timeline and the ledger."""
    return [_keep(photo, by, now, event=event, kind=kind, follower=follower) for photo in photos[:MOST_PHOTOS]]


def new_photos(event: Event, photos: Sequence[CleanPhoto], *, follower: Follower | None = None) -> Sequence[CleanPhoto]:
    """Return those of checked photos that the reporter, or this follower, has not given before."""
    known = set(Photo.objects.filter(event=event, follower=follower).values_list("digest", flat=True))
    return [photo for photo in photos if _digest(photo) not in known]


def _digest(photo: CleanPhoto) -> str:
    return sha256(photo.original).hexdigest()


def _keep(photo: CleanPhoto, by: accounts.Actor, now: datetime, **of: Any) -> Photo:
    row = Photo(
        **of, width=photo.width, height=photo.height,
        digest=_digest(photo), added_at=now, by_id=by.person_id,
    )  # fmt: skip
    row.original.save(f"{row.id}.{photo.suffix}", ContentFile(photo.original), save=False)
    row.public.save(f"{row.id}.jpg", ContentFile(photo.public), save=False)
    row.save(force_insert=True)
    return row
