"""Marking people at whom each look is reviewed 逐次复核: by themselves with one tap, or by the security officer."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.trust import slots
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import MarkedPerson
from linli.trust.queries.looks import Oneself, oneself
from linli.trust.queries.marked import LIST, MARKED, SELF
from linli.trust.queries.rights import visible
from linli.trust.rules.refusals import Hidden, MarkRefusedError


@transaction.atomic
def mark_oneself(*, by: accounts.Actor, now: datetime, ward: UUID | None = None) -> MarkedPerson:
    """Let each look at one's data, or at that of a ward, be reviewed from now on. Raises MarkRefusedError, Hidden."""
    me = _own(by, ward, now)
    return _marked(MarkedPerson(subject=me.token, way=SELF, since=now, by_id=by.person_id), me.basis, by, now)


@transaction.atomic
def unmark_oneself(*, by: accounts.Actor, now: datetime, ward: UUID | None = None) -> None:
    """Take that back. Raises MarkRefusedError, Hidden."""
    me = _own(by, ward, now)
    rows = MarkedPerson.objects.select_for_update().filter(subject__in=sorted(me.confirmed), way=SELF, ended_at=None)
    for row in rows:
        _ended(row, me.basis, by, now)


@transaction.atomic
def mark_person(*, number: str, words: str, by: accounts.Actor, now: datetime) -> MarkedPerson:
    """Put who has this identifying number on the list; the number is not kept. Raises NotAllowed, MarkRefusedError."""
    require(by, MARKED)
    if not words.strip():
        raise MarkRefusedError(_("Say why each look at this person is reviewed."))
    found = next((one for glass in slots.glasses.all() if (one := glass.find(number, now=now))), None)
    if found is None or not found.subjects:
        raise MarkRefusedError(_("Nobody is known by this number, or several are."))
    row = MarkedPerson(
        subject=found.subjects[0], way=LIST, label=found.words[:60], words=words.strip()[:200], since=now,
        unit_id=next((held.unit_id for held in by.holdings_with(MARKED)), None), by_id=by.person_id,
    )  # fmt: skip
    return _marked(row, "", by, now)


@transaction.atomic
def unmark_person(*, marked_id: UUID, by: accounts.Actor, now: datetime) -> None:
    """Take somebody off the list; the line stays with its end. Raises NotAllowed, Hidden."""
    require(by, MARKED)
    rows = visible(by, MARKED, MarkedPerson.objects.filter(way=LIST, ended_at=None))
    row = rows.select_for_update().filter(pk=marked_id).first()
    if row is None:
        raise Hidden(MARKED)
    _ended(row, "", by, now)


def _own(by: accounts.Actor, ward: UUID | None, now: datetime) -> Oneself:
    me = oneself(by, now=now, ward=ward)
    if not me.token:
        raise MarkRefusedError(_("Show your identity card at your community once, so that nobody else can do it."))
    return me


def _marked(row: MarkedPerson, basis: str, by: accounts.Actor, now: datetime) -> MarkedPerson:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as known:
        raise MarkRefusedError(_("Each look at this person is reviewed already.")) from known
    _note(row, "mark", basis, by, now)
    return row


def _ended(row: MarkedPerson, basis: str, by: accounts.Actor, now: datetime) -> None:
    row.ended_at, row.ended_by_id = now, by.person_id
    row.save(update_fields=["ended_at", "ended_by"])
    _note(row, "unmark", basis, by, now)


def _note(row: MarkedPerson, action: str, basis: str, by: accounts.Actor, now: datetime) -> None:
    record(
        by=by, action=action, purpose=MARKED, subjects=[row.subject], object_kind="marked", object_id=row.id,
        elements=["marked"], basis=basis, now=now,
    )  # fmt: skip
