"""Corrections 纠错: proposed with evidence, confirmed or refused by the owner, standing where it is silent."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange import facts, states
from linli.exchange.actions.correct_wire import ask_back, send_proposal, tell_origin
from linli.exchange.actions.papers import keep_papers
from linli.exchange.actions.step import PURPOSE, keep, locked, step_on
from linli.exchange.models import Correction, Peer
from linli.exchange.queries.corrections import here_to_answer
from linli.exchange.queries.owners import CORRECTION, days_for, owner_unit, superior_of
from linli.exchange.queries.peers import origin_of
from linli.exchange.rules.papers import CleanPaper
from linli.exchange.rules.sharing_refusals import (
    AlreadyProposedError,
    AnsweredElsewhereError,
    OwnApplicationError,
    TermsRefusedError,
    WordsMissingError,
)
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust

CORRECT, ANSWER = "exchange.correct", "exchange.answer"
SHORTEST, TOGETHER, LONGEST_OWNER = 4, 100, 25


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody found to be wrong: the element, the value, how they know, on which day, what shows it."""

    entity_id: UUID
    element: str
    value: Any
    evidence: str
    seen_on: date
    reference: str = ""
    papers: Sequence[CleanPaper] = ()


@transaction.atomic
def propose_correction(*, finding: Finding, by: accounts.Actor, now: datetime) -> Correction:
    """Propose another value of an element; it shows at once where it was made, and its owner owes an answer.

    A value that came by the feed of another node is answered there.

    Raises NotAllowed, Hidden, TermsRefusedError, BadValueError, AlreadyProposedError.
    """
    trust.require(by, CORRECT)
    brief = registry.look_at(entity_id=finding.entity_id, by=by, now=now)
    element = registry.elements_of(brief.kind).get(finding.element)
    if element is None:
        raise TermsRefusedError("element", _("There is no such data element."))
    row = _row(finding, brief, _value(finding, brief.kind, now), by, now)
    row.owner, held = element.owner, _holding(by)
    row.unit_id = held.unit_id
    row.community_id = brief.community_id or held.division_id
    origin = origin_of(finding.entity_id, finding.element)
    answers = None if origin else owner_unit(element.owner, division_id=row.community_id, now=now)
    row.peer = origin.peer if origin else None
    row.owner_unit_id = answers.id if answers else held.unit_id
    row.due = regions.add_working(now, days=days_for(CORRECTION, now=now))
    save_as_first(row)
    keep_papers(row, finding.papers, by=by, now=now)
    keep(row.pk, "propose", "", row.state, by=by, now=now, unit_id=row.unit_id)
    note(row, "propose", by, now)
    told = facts.CorrectionProposed(
        correction_id=row.pk, number=row.number, entity_id=row.entity_id, element=row.element, unit_id=row.unit_id,
        owner_unit_id=answers.id if answers else None, due=row.due,
    )  # fmt: skip
    journal.publish(told, now=now)
    if origin:
        send_proposal(row, origin, now=now)
    return row


@transaction.atomic
def confirm_correction(*, correction_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> None:
    """Confirm a value: from now on the registry believes it, as the owner's.

    Raises NotAllowed, Hidden, OwnApplicationError, StepNotPossibleError.
    """
    row = _to_answer(correction_id, by)
    end_here(row, "confirm", words, by, now)
    _believe(row, "confirmed", _("confirmed correction (%(owner)s)") % {"owner": row.owner}, now)
    journal.publish(
        facts.CorrectionConfirmed(row.pk, row.number, row.entity_id, row.element, row.unit_id), now=now
    )  # fmt: skip


@transaction.atomic
def refuse_correction(*, correction_id: UUID, words: str, by: accounts.Actor, now: datetime) -> None:
    """Not accept a value, with a reason. Raises as `confirm_correction`, and WordsMissingError."""
    row = _to_answer(correction_id, by)
    if not words.strip():
        raise WordsMissingError
    end_here(row, "refuse", words, by, now)
    journal.publish(facts.CorrectionRefused(row.pk, row.number, row.entity_id, row.element, row.unit_id), now=now)


@transaction.atomic
def take_back_correction(*, correction_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> None:
    """Take a proposal back, by the unit that made it; one that another node answers, once that node says so.

    Raises NotAllowed, Hidden, StepNotPossibleError.
    """
    row = locked(Correction, correction_id)
    trust.require(by, CORRECT, row)
    if row.is_away and row.peer and row.peer.state != Peer.State.REMOVED:
        states.after("take_back", row.state)
        keep(row.pk, "ask_back", row.state, row.state, by=by, now=now, unit_id=row.unit_id, words=words.strip())
        ask_back(row, words=words.strip(), now=now)
        return
    step_on(row, "take_back", by=by, now=now, unit_id=row.unit_id, words=words.strip())
    row.save(update_fields=["state"])


def let_silent_stand(*, now: datetime) -> int:
    """Let stand what the owner did not answer in time, and report it, once each; return how many.

    Several sweeps may run at once.
    """
    total = 0
    while rows := _stand_some(now):
        total += rows
    return total


@transaction.atomic
def _stand_some(now: datetime) -> int:
    silent = here_to_answer().filter(state=states.PROPOSED, due__lt=now).order_by("due", "id")
    rows: Sequence[Correction] = list(silent.select_for_update(skip_locked=True, of=("self",))[:TOGETHER])
    for row in rows:
        superior = superior_of(accounts.unit(row.owner_unit_id))
        end_here(row, "let_stand", "", accounts.SYSTEM, now)
        _believe(row, "stood", _("correction not answered in time (%(owner)s)") % {"owner": row.owner}, now)
        told = facts.CorrectionStood(
            correction_id=row.pk, number=row.number, entity_id=row.entity_id, element=row.element,
            unit_id=row.unit_id, owner_unit_id=row.owner_unit_id, superior_id=superior.id if superior else None,
        )  # fmt: skip
        journal.publish(told, now=now)
    return len(rows)


def _value(finding: Finding, kind: str, now: datetime) -> Any:
    """Return the value as the element keeps it. Raises TermsRefusedError, by field."""
    if len(finding.evidence.strip()) < SHORTEST:
        raise TermsRefusedError("evidence", _("Say how you know: who said it, or what you saw."))
    if finding.seen_on > timezone.localdate(now):
        raise TermsRefusedError("seen_on", _("This day lies in the future."))
    try:
        value = registry.check_value(kind=kind, code=finding.element, raw=finding.value, now=now)
    except registry.BadValueError as bad:
        raise TermsRefusedError("value", bad.sentence) from bad
    if value is None:
        raise TermsRefusedError("value", _("Say what it should be."))
    return value


def _row(finding: Finding, brief: registry.Brief, value: Any, by: accounts.Actor, now: datetime) -> Correction:
    return Correction(
        number=kernel.next_number(prefix="C", day=timezone.localdate(now)), entity_id=finding.entity_id,
        kind=brief.kind, element=finding.element, value=json.dumps(value, ensure_ascii=False),
        evidence=finding.evidence.strip(), reference=finding.reference.strip(), seen_on=finding.seen_on,
        made_by_id=by.person_id, made_at=now,
    )  # fmt: skip


def _holding(by: accounts.Actor) -> accounts.ActorHolding:
    """Return the post in which somebody corrects: the first that allows it."""
    held = by.holdings_with(CORRECT)
    if not held:
        raise trust.NotAllowed(CORRECT)
    return held[0]


def save_as_first(row: Correction) -> None:
    """Save; where somebody else was first about the same element, say who and when."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        first = Correction.objects.filter(
            entity_id=row.entity_id, element=row.element, state=states.PROPOSED
        ).first()  # fmt: skip
        if first is None:
            raise
        sentence = _("%(unit)s proposed a value for this on %(day)s (%(number)s); it waits for the owner's answer.") % {
            "unit": first.maker, "day": timezone.localdate(first.made_at).isoformat(),
            "number": first.number,
        }  # fmt: skip
        raise AlreadyProposedError(sentence) from error


def _to_answer(correction_id: UUID, by: accounts.Actor) -> Correction:
    row = locked(Correction, correction_id)
    trust.require(by, ANSWER, row)
    if row.is_away:
        raise AnsweredElsewhereError
    if by.person_id is not None and by.person_id == row.made_by_id:
        raise OwnApplicationError(_("Who proposed it can't answer it; somebody else of the owner decides."))
    return row


def end_here(row: Correction, step: str, words: str, by: accounts.Actor, now: datetime) -> None:
    """Set how a correction ends, with words; a node that proposed it is told."""
    unit_id = row.owner_unit_id if by.person_id else None
    step_on(row, step, by=by, now=now, unit_id=unit_id, words=words.strip())
    row.answered_by_id, row.answered_at, row.answer = by.person_id, now, words.strip()
    row.save()
    if row.peer_ref:
        tell_origin(row, now=now)


def _believe(row: Correction, way: str, name: str, now: datetime) -> None:
    """Let a source of the owner say the value, as seen on the day, so that it stands before what was there."""
    source = f"{way}:{row.owner[:LONGEST_OWNER]}"
    registry.register_source(code=source, name=name, department=row.owner, now=now)
    seen = datetime.combine(row.seen_on, time(12), timezone.get_current_timezone())
    value = json.loads(row.value.reveal())
    attested = registry.Attested(row.entity_id, row.element, value, min(seen, row.made_at))
    registry.attest(attested=attested, source=source, run=row.number, now=now)


def note(row: Correction, step: str, by: accounts.Actor, now: datetime) -> None:
    """Enter a step into the ledger with whom it is about."""
    subjects = [registry.subject_of(row.entity_id)] if row.kind == "person" else []
    trust.record(
        by=by, action=f"exchange.{step}", purpose=PURPOSE, subjects=subjects, object_kind="correction",
        object_id=row.pk, case=row.number, elements=[f"{row.kind}.{row.element}"], now=now,
    )  # fmt: skip
