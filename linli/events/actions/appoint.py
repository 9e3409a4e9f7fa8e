"""Residents become volunteer checkers 聘任志愿核查员, pause, go on and end; each step is in the ledger."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events.models import Volunteer
from linli.events.queries.volunteering import MANAGE, VOLUNTEER
from linli.events.rules.refusals import RefusedError
from linli.trust import api as trust

PURPOSE = "events.volunteers"
Because = Volunteer.Because


class NobodyKnownError(RefusedError):
    """No resident has come in with this telephone."""

    sentence = _(
        "Nobody has signed in with this number yet. Ask them to sign in once with their telephone, then try again."
    )


class AppointedAlreadyError(RefusedError):
    """This resident is a volunteer of this area."""

    sentence = _("This resident is a volunteer of this area already; look for the number in the list.")


class TermError(RefusedError):
    """The days don't fit."""

    sentence = _("The last day lies before the first, or has passed. Check both days.")


class NotNowError(RefusedError):
    """It is paused, going on, or ended already."""

    sentence = _("Somebody was faster: this volunteer stands otherwise now. Look at the list again.")


def appoint_volunteer(
    *, phone: str, unit_id: int, by: accounts.Actor, now: datetime, valid_from: date | None = None,
    valid_to: date | None = None,
) -> Volunteer:  # fmt: skip
    """Appoint a resident who has signed in before, for the area of a unit. Of the telephone only a mask is kept.

    Raises NotAllowedError, NobodyKnownError, NotANumberError, AppointedAlreadyError, NoVolunteerPostError, TermError.
    """
    unit, today = accounts.unit(unit_id), timezone.localdate(now)
    begins = valid_from or today
    if valid_to is not None and valid_to < max(begins, today):
        raise TermError
    if not accounts.may_manage(by, division_id=unit.division_id):
        raise accounts.NotAllowedError
    _note_search(phone, by, now)
    person = accounts.known_resident(phone=phone)
    if person is None:
        raise NobodyKnownError
    with transaction.atomic():
        standing = Volunteer.objects.select_for_update().filter(person=person, division_id=unit.division_id)
        standing.filter(ended_at=None, valid_to__lt=today).update(ended_at=now, ended_because=Because.OVER)
        if standing.filter(ended_at=None).exists():
            raise AppointedAlreadyError
        holding = accounts.open_resident_holding(
            person=person, capability=VOLUNTEER, unit_id=unit.id, by=by, now=now, valid_from=begins, valid_to=valid_to
        )
        made = Volunteer.objects.create(
            person=person, holding=holding, unit_id=unit.id, division_id=unit.division_id, valid_from=begins,
            valid_to=valid_to, made_at=now, by_id=by.person_id,
            shown=accounts.shown_address("phone", accounts.mobile_number(phone) or ""),
        )  # fmt: skip
        _note(made, by, now, "appoint")
    return made


def pause_volunteer(*, volunteer_id: UUID, by: accounts.Actor, now: datetime) -> Volunteer:
    """Let a volunteer rest: from the next request they see nothing, until they go on. Raises NotNowError."""
    with transaction.atomic():
        row = _locked(volunteer_id, by)
        if row.paused_at is not None:
            raise NotNowError
        accounts.end_holding(holding=row.holding, by=by, now=now)
        row.paused_at = now
        row.save(update_fields=["paused_at"])
        _note(row, by, now, "pause")
    return row


def resume_volunteer(*, volunteer_id: UUID, by: accounts.Actor, now: datetime) -> Volunteer:
    """Let a volunteer go on, within the term. Raises NotNowError, TermError."""
    today = timezone.localdate(now)
    with transaction.atomic():
        row = _locked(volunteer_id, by)
        if row.paused_at is None:
            raise NotNowError
        if row.valid_to is not None and row.valid_to < today:
            raise TermError
        row.paused_at, row.holding = None, accounts.open_resident_holding(
            person=row.person, capability=VOLUNTEER, unit_id=row.unit_id, by=by, now=now,
            valid_from=max(row.valid_from, today), valid_to=row.valid_to,
        )  # fmt: skip
        row.save(update_fields=["paused_at", "holding"])
        _note(row, by, now, "resume")
    return row


def end_volunteer(*, volunteer_id: UUID, by: accounts.Actor, now: datetime, because: str, words: str = "") -> Volunteer:
    """End it with a reason; the checks that were made stay. Raises NotNowError."""
    with transaction.atomic():
        row = _locked(volunteer_id, by)
        accounts.end_holding(holding=row.holding, by=by, now=now)
        row.ended_at, row.ended_because, row.ended_words = now, Because(because).value, words.strip()
        row.save(update_fields=["ended_at", "ended_because", "ended_words"])
        _note(row, by, now, "end")
    return row


def _note_search(phone: str, by: accounts.Actor, now: datetime) -> None:
    """Write down that somebody looked for the resident with this telephone, found or not."""
    trust.record(
        by=by, action="read", purpose=PURPOSE, subjects=[accounts.phone_token(phone)], object_kind="volunteer",
        object_id="", elements=["phone"], now=now,
    )  # fmt: skip


def _locked(volunteer_id: UUID, by: accounts.Actor) -> Volunteer:
    """Return the row, locked, where it may be changed and has not ended."""
    row = (
        Volunteer.objects.select_for_update(of=("self",))
        .select_related("person", "holding", "unit")
        .get(pk=volunteer_id)
    )
    trust.require(by, MANAGE, row)
    if row.ended_at is not None:
        raise NotNowError
    return row


def _note(row: Volunteer, by: accounts.Actor, now: datetime, element: str) -> None:
    trust.record(
        by=by, action="change", purpose=PURPOSE, subjects=[row.person.phone_token], object_kind="volunteer",
        object_id=str(row.id), elements=[element], now=now,
    )  # fmt: skip
