"""Answering an application 审批: approve, trim or decline in writing; the grant that comes of it, and its end."""

from dataclasses import asdict, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange import facts, states
from linli.exchange.actions.apply import known_elements
from linli.exchange.actions.apply_wire import tell_applicant, tell_holder
from linli.exchange.actions.push import stop_push
from linli.exchange.actions.step import keep, locked, step_on
from linli.exchange.models import Application, Grant, Push
from linli.exchange.queries.rising import ground
from linli.exchange.rules.sharing_refusals import AnsweredElsewhereError, OwnApplicationError, WordsMissingError
from linli.exchange.rules.terms import PUSH, Asked, check_asked, check_granted
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust

APPROVE = "exchange.approve"


@transaction.atomic
def approve_application(
    *, application_id: UUID, by: accounts.Actor, now: datetime, granted: Asked | None = None, words: str = ""
) -> Grant:
    """Grant what was asked, or less of it: fewer elements, a smaller area, a shorter period, a smaller quota.

    Less needs words. Raises NotAllowed, Hidden, OwnApplicationError, TermsRefusedError, WordsMissingError,
    StepNotPossibleError.
    """
    row = _to_answer(application_id, by)
    asked = terms_of(row)
    terms = granted or asked
    check_granted(terms, asked, below=regions.descendants(asked.division_id))
    check_asked(
        terms, known_elements(row.kind), purposes=registry.purposes_in_force(now), today=timezone.localdate(now)
    )
    step = "approve" if _same(terms, asked) else "trim"
    if step == "trim" and not words.strip():
        raise WordsMissingError
    _answer(row, step, words, by, now)
    grant = _granted(row, terms, now)
    _tell(row, grant.number, now)
    return grant


@transaction.atomic
def decline_application(*, application_id: UUID, words: str, by: accounts.Actor, now: datetime) -> None:
    """Refuse in writing. Raises NotAllowed, Hidden, OwnApplicationError, WordsMissingError, StepNotPossibleError."""
    row = _to_answer(application_id, by)
    if not words.strip():
        raise WordsMissingError
    _answer(row, "decline", words, by, now)
    _tell(row, "", now)


@transaction.atomic
def end_grant(*, grant_id: UUID, step: str, words: str, by: accounts.Actor, now: datetime) -> Grant:
    """Suspend, resume or revoke a grant; who reads by it is refused from the next statement on.

    Raises NotAllowed, Hidden, WordsMissingError, StepNotPossibleError.
    """
    row = locked(Grant, grant_id)
    trust.require(by, APPROVE, row)
    if not words.strip():
        raise WordsMissingError
    step_on(row, step, by=by, now=now, unit_id=row.owner_unit_id, words=words.strip())
    row.save(update_fields=["state"])
    if row.state == states.REVOKED:
        stop_push(grant=row, now=now)
    tell_holder(row, now=now)
    journal.publish(facts.GrantEnded(row.pk, row.number, row.unit_id, row.state), now=now)
    return row


def terms_of(row: Application | Grant) -> Asked:
    """Return the terms of an application or a grant."""
    said = {one.name: getattr(row, one.name) for one in fields(Asked)}
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Asked(**values)


def _to_answer(application_id: UUID, by: accounts.Actor) -> Application:
    row = locked(Application, application_id)
    trust.require(by, APPROVE, row)
    if row.is_away:
        raise AnsweredElsewhereError(_("The other node answers it; its answer comes here by itself."))
    if by.person_id is not None and by.person_id == row.made_by_id:
        raise OwnApplicationError
    return row


def _answer(row: Application, step: str, words: str, by: accounts.Actor, now: datetime) -> None:
    step_on(row, step, by=by, now=now, unit_id=row.owner_unit_id, words=words.strip())
    row.answered_by_id, row.answered_at, row.answer = by.person_id, now, words.strip()
    row.save()


def _granted(row: Application, terms: Asked, now: datetime) -> Grant:
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(terms).items()}
    grant = Grant.objects.create(
        **values, number=kernel.next_number(prefix="G", day=timezone.localdate(now)), application=row,
        unit_id=row.unit_id, holder="" if row.unit_id else row.maker, owner_unit_id=row.owner_unit_id,
        opens_at=max(now, _midnight(terms.starts_on)),
        closes_at=_midnight(terms.ends_on + timedelta(days=1)), made_at=now,
    )  # fmt: skip
    grant.stands_on = ground(grant)
    grant.save(update_fields=["stands_on"])
    if PUSH in terms.ways:
        place, entry = registry.last_change()
        Push.objects.create(grant=grant, transaction=place, entry=entry)
    keep(grant.pk, "grant", "", grant.state, by=accounts.SYSTEM, now=now, unit_id=row.owner_unit_id, words=row.number)
    return grant


def _same(one: Asked, other: Asked) -> bool:
    return _plain(one) == _plain(other)


def _plain(terms: Asked) -> dict[str, Any]:
    """Return terms so that the order of what was chosen does not count."""
    return {name: sorted(value) if isinstance(value, tuple) else value for name, value in asdict(terms).items()}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _tell(row: Application, grant: str, now: datetime) -> None:
    if row.peer_ref:
        tell_applicant(row, now=now)
    told = facts.ApplicationAnswered(
        application_id=row.pk, number=row.number, unit_id=row.unit_id, state=row.state, grant=grant
    )
    journal.publish(told, now=now)
