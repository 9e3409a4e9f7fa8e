"""Keeping what could not be read 留存未读文件: for who brought it, a month long."""

import hashlib
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet

from linli.accounts import api as accounts
from linli.sheets.actions.bring import Issued
from linli.sheets.models import Unread
from linli.sheets.states import FILL
from linli.trust import api as trust

KEPT = timedelta(days=30)


@transaction.atomic
def keep_unread(*, issued: Issued, sentence: str, by: accounts.Actor, now: datetime) -> Unread:
    """Keep a file that was refused, with the reason; brought again it is there once. Raises NotAllowed."""
    trust.require(by, FILL)
    digest = hashlib.sha256(issued.content).hexdigest()
    for before in Unread.objects.filter(by_id=by.person_id, digest=digest):
        _forgotten(before)
    name = issued.name.rsplit("/", 1)[-1][:200]
    row = Unread(file_name=name, digest=digest, sentence=sentence, by_id=cast("UUID", by.person_id), at=now)
    row.file.save(str(row.pk), ContentFile(issued.content), save=False)
    row.save(force_insert=True)
    return row


def unread_of(by: accounts.Actor) -> "QuerySet[Unread]":
    """Return what somebody brought that could not be read, the newest first; nobody sees another's."""
    return Unread.objects.filter(by_id=by.person_id).order_by("-at", "-id")


@transaction.atomic
def forget_unread(*, unread_id: UUID, by: accounts.Actor) -> None:
    """Delete a file that one brought oneself."""
    for row in unread_of(by).filter(pk=unread_id):
        _forgotten(row)


def forget_old_unread(*, now: datetime) -> int:
    """Delete what was kept for a month; return of how many."""
    old = list(Unread.objects.filter(at__lt=now - KEPT))
    for row in old:
        _forgotten(row)
    return len(old)


def _forgotten(row: Unread) -> None:
    row.delete()
    transaction.on_commit(lambda: row.file.storage.delete(str(row.file.name)))
