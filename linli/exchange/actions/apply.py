"""Applying for data 用数申请: a draft, the application itself, and taking it back."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange import facts, states
from linli.exchange.actions.apply_wire import ask_back, send_application
from linli.exchange.actions.step import keep, locked, step_on
from linli.exchange.models import Application, Peer, RemoteDataset
from linli.exchange.queries.owners import APPLICATION, FREE, days_for, owner_unit
from linli.exchange.rules.sharing_refusals import TermsRefusedError
from linli.exchange.rules.terms import QUERY, SHORTEST_BASIS, VERIFY, Asked, Known, by_owner, check_asked
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust

APPLY = "exchange.apply"


@transaction.atomic
def draft_application(
    *, asked: Asked, basis: str, words: str, unit_id: int, by: accounts.Actor, now: datetime,
    at: RemoteDataset | None = None,
) -> list[Application]:  # fmt: skip
    """Write down what a unit wants to know and why; one application for each department that owns some of it.

    With `at` it is for a data set of another node, which answers. Raises NotAllowed, TermsRefusedError.
    """
    _need_unit(by, unit_id)
    known = _checked(asked, basis, words, now, known_there(at) if at else None)
    made = []
    for owner, elements in by_owner(asked.elements, known).items():
        lifted = tuple(code for code in asked.lifted if code in elements)
        row = _row(replace(asked, elements=elements, lifted=lifted), owner, unit_id, by, now)
        if at is not None:
            row.peer_id, row.dataset, row.owner_unit_id = at.peer_id, at.code, unit_id
        row.basis, row.words = basis.strip(), words.strip()
        row.save(force_insert=True)
        keep(row.pk, "draft", "", row.state, by=by, now=now, unit_id=unit_id)
        made.append(row)
    return made


@transaction.atomic
def change_draft(
    *, application_id: UUID, asked: Asked, basis: str, words: str, by: accounts.Actor, now: datetime
) -> Application:
    """Write a draft anew. Raises NotAllowed, Hidden, TermsRefusedError, StepNotPossibleError."""
    row = _own(application_id, by)
    states.after("apply", row.state)
    there = RemoteDataset.objects.filter(peer_id=row.peer_id, code=row.dataset).first() if row.peer_id else None
    known = _checked(asked, basis, words, now, known_there(there) if there else None)
    if list(by_owner(asked.elements, known)) != [row.owner]:
        raise TermsRefusedError("elements", _("These belong to another department; apply to it by itself."))
    for name, value in asdict(asked).items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.basis, row.words = basis.strip(), words.strip()
    if not row.is_away:
        row.owner_unit_id = owner_unit(row.owner, division_id=asked.division_id, now=now).id
    row.save()
    return row


@transaction.atomic
def submit_application(*, application_id: UUID, by: accounts.Actor, now: datetime) -> Application:
    """Hand a draft in: from now on the clock runs for the owner. Raises NotAllowed, Hidden, StepNotPossibleError."""
    row = _own(application_id, by)
    step_on(row, "apply", by=by, now=now, unit_id=row.unit_id)
    row.made_by_id, row.applied_at = by.person_id, now
    row.due = regions.add_working(now, days=days_for(FREE if _is_free(row) else APPLICATION, now=now))
    row.save()
    told = facts.DataAppliedFor(
        application_id=row.pk, number=row.number, unit_id=row.unit_id, due=row.due,
        owner_unit_id=None if row.is_away else row.owner_unit_id,
    )  # fmt: skip
    journal.publish(told, now=now)
    if row.is_away:
        send_application(row, now=now)
    return row


@transaction.atomic
def withdraw_application(*, application_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> None:
    """Take an application back before it is answered; one that another node has, once that node says so.

    Raises NotAllowed, Hidden, StepNotPossibleError.
    """
    row = _own(application_id, by)
    if row.is_away and row.state == states.APPLIED and row.peer and row.peer.state != Peer.State.REMOVED:
        keep(row.pk, "ask_back", row.state, row.state, by=by, now=now, unit_id=row.unit_id, words=words)
        ask_back(row, words=words, now=now)
        return
    step_on(row, "withdraw", by=by, now=now, unit_id=row.unit_id, words=words)
    row.save(update_fields=["state"])


def known_elements(kind: str) -> dict[str, Known]:
    """Return what the rules must know of the elements of a kind."""
    return {
        code: Known(one.owner, one.sharing, one.basis, one.label) for code, one in registry.elements_of(kind).items()
    }


def check_address(url: str) -> None:
    """Raise TermsRefusedError where changes can't be sent to an address. Plain http is for the operator's own networks.

    Where it leads is looked at again at every attempt.
    """
    try:
        parts = kernel.check_target(url)
    except kernel.OutgoingError as refused:
        raise TermsRefusedError("push_to", str(refused)) from refused
    if parts.scheme != "https" and not settings.LINLI_OUTGOING_ALLOW:
        raise TermsRefusedError("push_to", _("The address begins with https://."))


def _own(application_id: UUID, by: accounts.Actor) -> Application:
    row = locked(Application, application_id)
    trust.require(by, APPLY, row)
    return row


def _need_unit(by: accounts.Actor, unit_id: int) -> None:
    """Refuse to apply for a unit in which one holds no post that applies."""
    if by.kind != "system" and unit_id not in {held.unit_id for held in by.holdings_with(APPLY)}:
        raise trust.NotAllowed(APPLY)


def known_there(at: RemoteDataset) -> dict[str, Known]:
    """Return what the rules must know of the elements of a data set of another node, as it told them."""
    return {
        one["code"]: Known(one["owner"], one["sharing"], at.condition, one["label"]) for one in at.elements
    }  # fmt: skip


def _checked(
    asked: Asked, basis: str, words: str, now: datetime, there: Mapping[str, Known] | None = None
) -> Mapping[str, Known]:
    known = known_elements(asked.kind) if there is None else there
    if there is not None and not set(asked.ways) <= {VERIFY, QUERY}:
        raise TermsRefusedError("ways", _("Another node can be asked to verify and to query one person at a time."))
    if asked.push_to:
        check_address(asked.push_to)
    check_asked(asked, known, purposes=registry.purposes_in_force(now), today=timezone.localdate(now))
    if len(basis.strip()) < SHORTEST_BASIS:
        raise TermsRefusedError("basis", _("Name the law or rule, with its article, that you act upon."))
    if not words.strip():
        raise TermsRefusedError("words", _("Say in a sentence for which business it is needed."))
    return known


def _row(asked: Asked, owner: str, unit_id: int, by: accounts.Actor, now: datetime) -> Application:
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(asked).items()}
    owner_unit_id = owner_unit(owner, division_id=asked.division_id, now=now).id
    return Application(
        **values, owner=owner, owner_unit_id=owner_unit_id, unit_id=unit_id,
        number=kernel.next_number(prefix="A", day=timezone.localdate(now)), state=states.DRAFT,
        made_by_id=by.person_id, made_at=now,
    )  # fmt: skip


def _is_free(row: Application) -> bool:
    """Tell whether everything asked for is shared without conditions: that is answered sooner."""
    elements = registry.elements_of(row.kind)
    return all(code in elements and elements[code].sharing == "unconditional" for code in row.elements)
