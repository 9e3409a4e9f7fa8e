"""Tags that hang on an occasion end with it: given no more at once, fallen off some days later, back if it goes on."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Tag
from linli.registry.queries.tags import REVISION
from linli.trust import api as trust

PURPOSE = "registry.tags"


@transaction.atomic
def end_occasions(*, occasion: str, keys: Iterable[str], by: accounts.Actor, now: datetime) -> int:
    """End the tags of occasions that are over; return how many. Twice is the same as once.

    Nobody is given them any more. Who bears them does so for `keep_days` more, so that what is left can be done.
    """
    today, count = timezone.localdate(now), 0
    for tag in _tags(occasion, keys).filter(ended_at=None):
        tag.ended_at, tag.expires_on = now, today + timedelta(days=tag.keep_days)
        count += _changed(tag, "tag_end", by, now)
    return count


@transaction.atomic
def resume_occasions(*, occasion: str, keys: Iterable[str], by: accounts.Actor, now: datetime) -> int:
    """Let the tags of occasions that go on again be as before, where they have not fallen off; return how many."""
    count = 0
    for tag in _tags(occasion, keys).exclude(ended_at=None):
        tag.ended_at = tag.expires_on = None
        count += _changed(tag, "tag_resume", by, now)
    return count


def retire_ended(*, today: date, now: datetime) -> None:
    """Take the tags out of use whose occasion ended and whose days are over."""
    over = Tag.objects.filter(retired_at=None, expires_on__lt=today).exclude(ended_at=None)
    if over.update(retired_at=now):
        kernel.bump(REVISION)


def _tags(occasion: str, keys: Iterable[str]) -> "QuerySet[Tag]":
    rows = Tag.objects.filter(occasion=occasion, occasion_key__in=list(keys), retired_at=None)
    return rows.order_by("id").select_for_update()


def _changed(tag: Tag, action: str, by: accounts.Actor, now: datetime) -> int:
    tag.save(update_fields=["ended_at", "expires_on"])
    kernel.bump(REVISION)
    trust.record(
        by=by, action=action, purpose=PURPOSE, subjects=[], object_kind="tag", object_id=tag.id, elements=["tag"],
        now=now,
    )  # fmt: skip
    return 1
