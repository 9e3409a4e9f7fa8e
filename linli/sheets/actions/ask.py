"""Asking for what the base lacks 缺项补采: once for all forms that wait, by household, answered as a proposal."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets import slots, states
from linli.sheets.actions.hand_over import hand_over, put_into_forms
from linli.sheets.actions.step import locked
from linli.sheets.models import Gap, Waiting
from linli.sheets.queries.gaps import ANSWER, gaps_seen_by, open_gaps, settled_gaps
from linli.sheets.rules.gaps import Asked, Missing
from linli.sheets.rules.refusals import AnswerRefusedError
from linli.sheets.states import FILL
from linli.trust import api as trust


@transaction.atomic
def ask_gaps(*, form_id: UUID, missing: Iterable[Missing], by: accounts.Actor, now: datetime) -> Asked:
    """Ask for what a form lacks; what is asked already is not asked again, the form waits for it, too.

    What was answered lately goes into its cells at once, though its owner has not confirmed it yet; what could not be
    had is left. Raises NotAllowed, Hidden.
    """
    form = locked(form_id, by, FILL)
    wanted = {(one.entity_id, one.element): one for one in missing}
    entities = {entity for entity, _element in wanted}
    settled, asked = settled_gaps(entities, form_id=form_id, now=now), open_gaps(entities)
    there = {key: gap for key, gap in (settled | asked).items() if key in wanted}
    new = [
        Gap(
            entity_id=one.entity_id, element=one.element, visit=one.visit, grid_id=one.grid_id,
            community_id=one.community_id, asked_at=now,
        )
        for key, one in wanted.items() if key not in there
    ]  # fmt: skip
    Gap.objects.bulk_create(new)
    waits = [Waiting(gap=gap, form=form) for gap in (*there.values(), *new)]
    Waiting.objects.bulk_create(waits, ignore_conflicts=True)
    answered = [gap for gap in there.values() if gap.state == states.ANSWERED and gap.value]
    return Asked(len(new), hand_over(form, answered, by=by, now=now))


@transaction.atomic
def answer_gap(
    *, gap_id: UUID, value: Any, evidence: str, by: accounts.Actor, now: datetime, seen_on: date | None = None
) -> Gap:
    """Take what was found out: to the owner as a proposal, and into every form that waits for it.

    `seen_on` is the day of the visit, else today. Raises NotAllowed, Hidden, AnswerRefusedError.
    """
    gap = _locked(gap_id, by)
    brief = registry.look_at(entity_id=gap.entity_id, by=by, now=now)
    try:
        clean = registry.check_value(kind=brief.kind, code=gap.element, raw=value, now=now)
    except registry.BadValueError as bad:
        raise AnswerRefusedError(bad.sentence) from bad
    if clean is None:
        raise AnswerRefusedError(_("Say what it is, or that it cannot be had."))
    words = evidence.strip() or _("found out on a visit")
    found = slots.Found(gap.entity_id, gap.element, value, words, seen_on or timezone.localdate(now))
    for one in slots.proposers.all():
        one.propose(found, by=by, now=now)
    _end(gap, states.ANSWERED, by, now, value=str(value))
    put_into_forms(gap, f"{brief.kind}.{gap.element}", clean, by=by, now=now)
    return gap


@transaction.atomic
def leave_gap(*, gap_id: UUID, by: accounts.Actor, now: datetime) -> Gap:
    """Say that a value cannot be had; the cell stays empty. Raises NotAllowed, Hidden."""
    gap = _locked(gap_id, by)
    _end(gap, states.NOT_TO_HAVE, by, now)
    return gap


def _locked(gap_id: UUID, by: accounts.Actor) -> Gap:
    trust.require(by, ANSWER)
    gap = gaps_seen_by(by).select_for_update(of=("self",)).filter(pk=gap_id).first()
    if gap is None:
        raise trust.Hidden(ANSWER)
    if gap.state != states.ASKED:
        raise AnswerRefusedError(_("Somebody else has answered this meanwhile."))
    return gap


def _end(gap: Gap, state: str, by: accounts.Actor, now: datetime, *, value: str | None = None) -> None:
    gap.state, gap.answered_by_id, gap.answered_at, gap.value = state, by.person_id, now, value
    gap.save(update_fields=["state", "answered_by", "answered_at", "value"])
