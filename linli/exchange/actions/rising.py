"""Grades that rose are told once to who decided on the lower ones, and a grant is decided anew 重新授权."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange import facts, states
from linli.exchange.actions.apply_wire import tell_holder
from linli.exchange.actions.push import leave_elements
from linli.exchange.actions.step import PURPOSE, keep, locked
from linli.exchange.models import Grant, OpenSet, Use
from linli.exchange.queries.rising import Allowed, all_risen, elements_for, ground
from linli.exchange.rules.sharing_refusals import OwnApplicationError, TermsRefusedError, WordsMissingError
from linli.exchange.rules.slices import SENSITIVE
from linli.kernel import facts as journal
from linli.trust import api as trust

APPROVE, SEES_SENSITIVE = "exchange.approve", "registry.sensitive"


@transaction.atomic
def tell_risen(*, now: datetime) -> int:
    """Tell the owner of each thing that was allowed on lower grades, once until it is decided anew; return how many."""
    told = 0
    for one in all_risen(now):
        if _mark_told(one.it, now):
            journal.publish(_fact(one.it, tuple(rise.element for rise in one.rises), stops=one.stops), now=now)
            told += 1
    return told


@transaction.atomic
def decide_anew(*, grant_id: UUID, elements: Collection[str], words: str, by: accounts.Actor, now: datetime) -> Grant:
    """Let a grant go on with these of its elements, on the grades of now; what else it gave is given no more.

    Sensitive elements stay only where who decides may see them. Raises NotAllowed, Hidden, OwnApplicationError,
    TermsRefusedError, WordsMissingError, StepNotPossibleError.
    """
    row = locked(Grant, grant_id)
    trust.require(by, APPROVE, row)
    _check(row, elements, words, by)
    row.elements = [code for code in row.elements if code in elements]
    row.lifted = [code for code in row.lifted if code in elements]
    row.stands_on, row.risen_told_at = ground(row), None
    _check_sensitive(row, by)
    row.save(update_fields=["elements", "lifted", "stands_on", "risen_told_at"])
    leave_elements(grant=row)
    Use.objects.filter(grant=row).update(answer=None)
    keep(row.pk, "anew", row.state, row.state, by=by, now=now, unit_id=row.owner_unit_id, words=words.strip())
    trust.record(
        by=by, action="exchange.anew", purpose=PURPOSE, subjects=[], object_kind="grant", object_id=row.pk,
        case=row.number, elements=[f"{row.kind}.{code}" for code in row.elements], now=now,
    )  # fmt: skip
    tell_holder(row, now=now)
    journal.publish(facts.GrantDecidedAnew(row.pk, row.number, row.unit_id, tuple(row.elements)), now=now)
    return row


def _check(row: Grant, elements: Collection[str], words: str, by: accounts.Actor) -> None:
    if row.state not in {states.ACTIVE, states.SUSPENDED}:
        raise states.StepNotPossibleError
    if by.person_id is not None and by.person_id == row.application.made_by_id:
        raise OwnApplicationError
    if not elements or not set(elements) <= set(row.elements):
        raise TermsRefusedError("elements", _("Choose at least one element of the grant, and none beside."))
    if not words.strip():
        raise WordsMissingError


def _check_sensitive(row: Grant, by: accounts.Actor) -> None:
    if by.can(SEES_SENSITIVE):
        return
    known = elements_for(row)
    for code, (_grade, step) in row.stands_on.items():
        if step >= SENSITIVE:
            sentence = _("%(label)s is sensitive now: leave it out, or let somebody decide who may see it.")
            raise TermsRefusedError("elements", sentence % {"label": known[code].label if code in known else code})


def _mark_told(row: Allowed, now: datetime) -> bool:
    if row.risen_told_at is not None:
        return False
    row.risen_told_at = now
    row.save(update_fields=["risen_told_at"])
    return True


def _fact(row: Allowed, elements: tuple[str, ...], *, stops: bool) -> facts.GradesRose:
    if isinstance(row, Grant):
        return facts.GradesRose("grant", row.pk, row.number, row.owner_unit_id, elements, stops)
    if isinstance(row, OpenSet):
        return facts.GradesRose("openset", row.pk, row.code, row.unit_id, elements, stops)
    return facts.GradesRose("subscription", row.pk, row.name, None, elements, stops)
