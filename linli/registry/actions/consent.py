"""Consents at the counter 窗口登记同意: an officer who sees the person writes down what they signed or withdrew."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.registry.queries.bindings import CONFIRM
from linli.registry.queries.sight import entities_seen_by
from linli.registry.rules.heads import subject_of
from linli.registry.rules.kinds import PERSON
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


def agree_at_counter(
    *, entity_id: UUID, code: str, version: int, separate: bool, paper: str, by: accounts.Actor, now: datetime
) -> None:
    """Write down what the person signed. Raises NotAllowed, Hidden, ConsentRefusedError."""
    said = {"code": code, "version": version, "separate": separate, "paper": paper}
    trust.note_consent(subject=_subject(entity_id, by), **said, by=by, now=now)  # type: ignore[arg-type]


def withdraw_at_counter(*, entity_id: UUID, code: str, by: accounts.Actor, now: datetime) -> None:
    """Write down that the person withdrew; no reason is asked. Raises NotAllowed, Hidden, ConsentRefusedError."""
    trust.note_withdrawal(subject=_subject(entity_id, by), code=code, by=by, now=now)


def _subject(entity_id: UUID, by: accounts.Actor) -> str:
    trust.require(by, CONFIRM)
    entity = entities_seen_by(by).filter(pk=entity_id, kind=PERSON, merged_into=None).first()
    if entity is None:
        raise trust.Hidden(CONFIRM)
    return subject_of(entity.pk)
