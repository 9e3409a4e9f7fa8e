"""Consents at the counter 窗口登记同意: an officer who sees the person writes down what they signed or withdrew."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.registry.queries.bindings import CONFIRM
from linli.registry.queries.cards import brief_of
from linli.registry.queries.guardians import guardians_of, needs_guardian
from linli.registry.queries.sight import entities_seen_by
from linli.registry.rules.heads import subject_of
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.refusals import GuardianRefusedError
from linli.trust import api as trust


@transaction.atomic
def consents_at_counter(*, entity_id: UUID, by: accounts.Actor, now: datetime) -> Sequence[trust.AskedConsent]:
    """Return what rests on consent and what this person agreed to; the look stands in the ledger.

    Raises NotAllowed, Hidden.
    """
    subject = _subject(entity_id, by)
    trust.record(
        by=by, action="read", purpose="trust.consents", subjects=[subject], object_kind="consent", object_id=entity_id,
        elements=["consent.use"], now=now,
    )  # fmt: skip
    return trust.asked_of(subject, on=timezone.localdate(now))


def guardians_at_counter(*, entity_id: UUID, by: accounts.Actor, now: datetime) -> list[tuple[UUID, str, str]]:
    """Return who signs for this person as confirmed guardian: the guardianship, a masked name, what was seen.

    Raises NotAllowed, Hidden.
    """
    _subject(entity_id, by)
    return [(row.id, brief_of(row.guardian).title, row.get_paper_display()) for row in guardians_of(entity_id, now)]


@transaction.atomic
def agree_at_counter(
    *, entity_id: UUID, code: str, version: int, separate: bool, paper: str, by: accounts.Actor, now: datetime,
    guardianship: UUID | None = None,
) -> None:  # fmt: skip
    """Write down what the person signed, or their confirmed guardian under this guardianship.

    For a child under 14, and for an adult with a guardian of a court, nobody but the guardian can sign (PIPL articles
    28 and 31). Raises NotAllowed, Hidden, ConsentRefusedError, GuardianRefusedError.
    """
    subject = _subject(entity_id, by)
    confirmed = {row.id for row in guardians_of(entity_id, now)}
    if guardianship is not None and guardianship not in confirmed:
        raise GuardianRefusedError(_("Only a guardian who was confirmed here signs for somebody else."))
    if guardianship is None and needs_guardian(entity_id, now):
        raise GuardianRefusedError(
            _("Who is under 14, or has a guardian of a court, signs nothing alone. Let the confirmed guardian sign.")
        )
    trust.note_consent(
        subject=subject, code=code, version=version, separate=separate, paper=paper, guardianship=guardianship, by=by,
        now=now,
    )  # fmt: skip


def withdraw_at_counter(*, entity_id: UUID, code: str, by: accounts.Actor, now: datetime) -> None:
    """Write down that the person withdrew; no reason is asked. Raises NotAllowed, Hidden, ConsentRefusedError."""
    trust.note_withdrawal(subject=_subject(entity_id, by), code=code, by=by, now=now)


def _subject(entity_id: UUID, by: accounts.Actor) -> str:
    trust.require(by, CONFIRM)
    entity = entities_seen_by(by).filter(pk=entity_id, kind=PERSON, merged_into=None).first()
    if entity is None:
        raise trust.Hidden(CONFIRM)
    return subject_of(entity.pk)
