"""What goes to another node about applications: one for its data, its withdrawal, and what became of one of theirs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from linli.accounts import api as accounts
from linli.exchange.actions.messages import send
from linli.exchange.models import Application, Grant, Peer
from linli.regions import api as regions

APPLICATION, STATE = "application", "application.state"
APPLY, WITHDRAW, RETURNED = "apply", "withdraw", "returned"
TERMS = ("kind", "elements", "lifted", "rows", "quota", "ways", "purpose")


def send_application(row: Application, *, now: datetime) -> None:
    """Hand an application to the node that has the data set."""
    body = {
        "step": APPLY, "id": str(row.pk), "dataset": row.dataset, "owner": row.owner, "basis": row.basis,
        "words": row.words, "unit": accounts.unit(row.unit_id).name if row.unit_id else "", **_terms(row),
    }  # fmt: skip
    send(peer=_peer(row), kind=APPLICATION, body=body, now=now)


def ask_back(row: Application, *, words: str, now: datetime) -> None:
    """Ask the node that has an application to take it back; it is, once that node says so."""
    send(peer=_peer(row), kind=APPLICATION, body={"step": WITHDRAW, "id": str(row.pk), "words": words}, now=now)


def tell_applicant(row: Application, *, now: datetime) -> None:
    """Tell the node that applied how it stands: received with its clock, or answered, with the grant as it is now."""
    grant = Grant.objects.filter(application=row).first()
    body: dict[str, Any] = {
        "id": str(row.peer_ref), "state": row.state, "number": row.number, "words": row.answer,
        "due": row.due.isoformat() if row.due else "",
    }  # fmt: skip
    if grant is not None:
        body["grant"] = {"number": grant.number, "state": grant.state, **_terms(grant)}
    send(peer=_peer(row), kind=STATE, body=body, now=now)


def tell_holder(grant: Grant, *, now: datetime) -> None:
    """Tell the node that holds a grant that it changed; nothing where a unit here holds it."""
    if grant.unit_id is None:
        tell_applicant(grant.application, now=now)


def return_it(*, peer: Peer, ref: UUID, reason: str, words: str, now: datetime) -> None:
    """Tell a node that its application can't be put before anybody here, and why."""
    send(peer=peer, kind=STATE, body={"id": str(ref), "state": RETURNED, "reason": reason, "words": words}, now=now)


def _terms(row: Application | Grant) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in TERMS}
    span = {"starts_on": row.starts_on.isoformat(), "ends_on": row.ends_on.isoformat()}
    return {**said, **span, "division": regions.division(row.division_id).code}


def _peer(row: Application) -> Peer:
    if row.peer is None:
        raise LookupError(row.number)
    return row.peer
