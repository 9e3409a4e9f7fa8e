"""A report in the making: kept in the visitor's session, its photos in a folder that empties itself after a day."""

import contextlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel

SESSION, KEYS = "site.draft", "site.follow_keys"
FOLDER = "drafts"
A_DAY = timedelta(days=1)
MOST_PHOTOS, MOST_KEYS = 4, 20


def draft_of(session: SessionBase) -> dict[str, Any]:
    """Return what was filled in so far."""
    return dict(session.get(SESSION, {}))


def keep_draft(*, session: SessionBase, filled: dict[str, Any]) -> None:
    """Add what a step has brought; the first step gives the draft its key, so that it is sent only once."""
    session[SESSION] = {"key": str(kernel.uuid7()), **draft_of(session), **filled}


def keep_photos(*, session: SessionBase, photos: Sequence[events.CleanPhoto], now: datetime) -> int:
    """Put photos beside the draft, at most four in all; returns how many are there now."""
    _forget_old(now)
    kept = list(draft_of(session).get("photos", []))
    names = kept + [_store(photo) for photo in photos[: MOST_PHOTOS - len(kept)]]
    keep_draft(session=session, filled={"photos": names})
    return len(names)


def drop_photos(*, session: SessionBase) -> None:
    """Take all photos away from the draft."""
    for name in draft_of(session).get("photos", []):
        default_storage.delete(name)
    keep_draft(session=session, filled={"photos": []})


def send_draft(
    *, session: SessionBase, phone: str, name: str, by: accounts.Actor, now: datetime, tell: bool = False
) -> tuple[events.Receipt, str]:
    """Report the draft and empty the session of it. Returns the receipt and the key to follow it by.

    With `tell` the number is sent to the phone as well.
    """
    filled = draft_of(session)
    draft = replace(_draft(filled), reporter_phone=phone, reporter_name=name)
    receipt = events.report_event(draft=draft, by=by, now=now, key=filled.get("key"))
    photos = _stored_photos(filled.get("photos", []))
    if photos and not receipt.again:
        events.add_photos(event_id=receipt.event_id, photos=photos, by=by, now=now)
    if tell and not receipt.again:
        events.tell_number(event_id=receipt.event_id, now=now)
    drop_photos(session=session)
    del session[SESSION]
    return receipt, _keep_key(session, receipt.number, receipt.event_id)


def keep_near(*, session: SessionBase, now: datetime) -> None:
    """Keep beside the draft which open events may be the same thing: only what anybody may know of them."""
    found = events.near_events(draft=_draft(draft_of(session)), now=now)
    kept = [{**asdict(one), "event_id": str(one.event_id), "reported_at": one.reported_at.isoformat()} for one in found]
    keep_draft(session=session, filled={"near": kept})


def near_of(session: SessionBase) -> list[dict[str, Any]]:
    """Return what was kept as near and similar."""
    return list(draft_of(session).get("near", []))


def follow_same(
    *, session: SessionBase, phone: str, by: accounts.Actor, now: datetime
) -> tuple[events.FollowReceipt, str]:
    """Follow the event that was chosen as the same, and empty the session of the draft."""
    filled = draft_of(session)
    receipt = events.follow_event(
        event_id=UUID(filled["same"]), by=by, now=now, phone=phone, words=filled.get("text", ""),
        photos=_stored_photos(filled.get("photos", [])),
    )  # fmt: skip
    drop_photos(session=session)
    del session[SESSION]
    return receipt, _keep_key(session, receipt.number, receipt.holder_id)


def follow_key_of(session: SessionBase, number: str) -> str:
    """Return the key of a report that was sent from this browser."""
    return str(session.get(KEYS, {}).get(number, ""))


def _draft(filled: dict[str, Any]) -> events.ReportDraft:
    return events.ReportDraft(
        text=filled.get("text", ""),
        address=filled.get("address", ""),
        division_id=filled.get("division"),
        lng=filled.get("lng"),
        lat=filled.get("lat"),
    )


def _keep_key(session: SessionBase, number: str, event_id: UUID) -> str:
    key = events.follow_key(event_id)
    kept = {**session.get(KEYS, {}), number: key}
    session[KEYS] = dict(list(kept.items())[-MOST_KEYS:])
    return key


def _store(photo: events.CleanPhoto) -> str:
    return default_storage.save(f"{FOLDER}/{kernel.uuid7()}.{photo.suffix}", ContentFile(photo.original))


def _stored_photos(names: Sequence[str]) -> list[events.CleanPhoto]:
    photos = []
    for name in names:
        with contextlib.suppress(FileNotFoundError), default_storage.open(name) as file:
            photos.append(events.clean_photo(file.read()))
    return photos


def _forget_old(now: datetime) -> None:
    with contextlib.suppress(FileNotFoundError):
        for name in default_storage.listdir(FOLDER)[1]:
            path = f"{FOLDER}/{name}"
            if now - default_storage.get_modified_time(path) > A_DAY:
                default_storage.delete(path)
