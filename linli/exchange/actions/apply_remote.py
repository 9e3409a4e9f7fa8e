"""Applications that come from another node, and what another node says of those that went there; each once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.exchange import facts, states
from linli.exchange.actions.apply import known_elements
from linli.exchange.actions.apply_wire import APPLY, RETURNED, WITHDRAW, return_it, tell_applicant
from linli.exchange.actions.correct_remote import ReturnedError, speaker
from linli.exchange.actions.step import step_on
from linli.exchange.models import Application, Dataset, Peer
from linli.exchange.queries.owners import APPLICATION, days_for, owner_unit
from linli.exchange.rules.refusals import PeerRefusedError
from linli.exchange.rules.sharing_refusals import TermsRefusedError
from linli.exchange.rules.terms import QUERY, SHORTEST_BASIS, VERIFY, Asked, by_owner, check_asked
from linli.exchange.rules.wire import Reader
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.registry import api as registry

STEP_TO = {states.APPROVED: "approve", states.TRIMMED: "trim", states.DECLINED: "decline",
           states.WITHDRAWN: "withdraw", RETURNED: "decline"}  # fmt: skip
REASONS = {
    "no_dataset": gettext_lazy("The other node does not offer this data set any more."),
    "no_area": gettext_lazy("The other node does not know this area."),
    "several_owners": gettext_lazy("The elements belong to several departments there; apply again."),
    "terms": gettext_lazy("The other node does not take these terms."),
}


def take_application(*, peer_id: UUID, body: Mapping[str, Any], now: datetime) -> None:
    """Take an application of a peer, or its wish to take one back. What came before does nothing again.

    One that nobody here can answer is returned with a reason. Raises PeerRefusedError for a malformed one.
    """
    said, peer = Reader(body), Peer.objects.get(pk=peer_id)
    ref, step = said.key("id"), said.text("step", 20)
    known = Application.objects.select_for_update(of=("self",)).filter(peer=peer, peer_ref=ref).first()
    if step == WITHDRAW:
        _withdraw(known, peer, said.text("words", may_be_empty=True), now)
    elif step != APPLY:
        raise PeerRefusedError(_("There is no such step: %(step)s.") % {"step": step})
    elif known is None:
        row = _read(said, peer, ref, now)
        try:
            _put_before_owner(row, said, peer, now)
        except TermsRefusedError as refused:
            return_it(peer=peer, ref=ref, reason="terms", words=str(refused), now=now)
        except ReturnedError as returned:
            return_it(peer=peer, ref=ref, reason=returned.code, words="", now=now)


def take_state(*, peer_id: UUID, body: Mapping[str, Any], now: datetime) -> None:
    """Take what a peer says of an application that went there. Raises PeerRefusedError for one that did not."""
    said = Reader(body)
    row = Application.objects.select_for_update(of=("self",)).filter(
        pk=said.key("id"), peer_id=peer_id, peer_ref=None
    ).exclude(state=states.DRAFT).select_related("peer").first()  # fmt: skip
    if row is None:
        raise PeerRefusedError(_("No such application went to this node."))
    state = said.text("state", 20)
    if state not in {states.APPLIED, *STEP_TO}:
        raise PeerRefusedError(_("There is no such state: %(state)s.") % {"state": state})
    if state != RETURNED:
        row.peer_number, row.due = said.text("number", 40), said.moment("due")
        row.peer_grant = _grant(body)
    if row.state == states.APPLIED and state != states.APPLIED:
        _end_away(row, state, _words(said, state), now)
    row.save()


def _read(said: Reader, peer: Peer, ref: UUID, now: datetime) -> Application:
    rows = said.body.get("rows")
    if not isinstance(rows, dict) or not all(isinstance(one, list) for one in rows.values()):
        raise PeerRefusedError(_("The message lacks %(field)s, or it is not as agreed.") % {"field": "rows"})
    return Application(
        number=kernel.next_number(prefix="A", day=timezone.localdate(now)), peer=peer, peer_ref=ref, made_at=now,
        state=states.DRAFT, dataset=said.text("dataset", 40), from_unit=said.text("unit", 100),
        basis=said.text("basis", 300), words=said.text("words"), kind=said.text("kind", 20),
        elements=list(said.texts("elements")), lifted=list(said.texts("lifted")), rows=rows,
        starts_on=said.day("starts_on"), ends_on=said.day("ends_on"), quota=said.number("quota"),
        ways=list(said.texts("ways", 5)), purpose=said.text("purpose", 20),
    )  # fmt: skip


def _put_before_owner(row: Application, said: Reader, peer: Peer, now: datetime) -> None:
    """Set an application of a peer on the desk of the owner, with its clock, and say so."""
    area = regions.division_by_code(said.text("division", 20))
    dataset = Dataset.objects.filter(pk=row.dataset, kind=row.kind).exclude(sharing="none").first()
    offered = {line["element"] for line in dataset.mapping} if dataset else set()
    if not offered or not set(row.elements) <= offered:
        raise ReturnedError("no_dataset")
    if area is None:
        raise ReturnedError("no_area")
    row.division_id = area.id
    row.owner = _owner_of(row, now)
    row.owner_unit_id = owner_unit(row.owner, division_id=area.id, now=now).id
    row.applied_at, row.due = now, regions.add_working(now, days=days_for(APPLICATION, now=now))
    row.save(force_insert=True)
    step_on(row, "apply", by=speaker(peer), now=now)
    row.save(update_fields=["state"])
    journal.publish(facts.DataAppliedFor(
        application_id=row.pk, number=row.number, unit_id=None, owner_unit_id=row.owner_unit_id, due=row.due,
    ), now=now)  # fmt: skip
    tell_applicant(row, now=now)


def _owner_of(row: Application, now: datetime) -> str:
    """Return the department that owns what is asked for. Raises TermsRefusedError, ReturnedError."""
    known = known_elements(row.kind)
    asked = Asked(
        kind=row.kind, elements=tuple(row.elements), division_id=row.division_id, starts_on=row.starts_on,
        ends_on=row.ends_on, quota=row.quota, ways=tuple(row.ways), purpose=row.purpose, lifted=tuple(row.lifted),
        rows=row.rows,
    )  # fmt: skip
    check_asked(asked, known, purposes=registry.purposes_in_force(now), today=timezone.localdate(now))
    if not set(asked.ways) <= {VERIFY, QUERY} or len(row.basis.strip()) < SHORTEST_BASIS:
        raise ReturnedError("terms")
    owners = list(by_owner(asked.elements, known))
    if len(owners) != 1:
        raise ReturnedError("several_owners")
    return owners[0]


def _withdraw(row: Application | None, peer: Peer, words: str, now: datetime) -> None:
    if row is None:
        return
    if row.state == states.APPLIED:
        step_on(row, "withdraw", by=speaker(peer), now=now, words=words.strip())
        row.save(update_fields=["state"])
    tell_applicant(row, now=now)


def _grant(body: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the grant as the other node has it; its state is what counts there. Raises PeerRefusedError."""
    told = body.get("grant")
    if told is None:
        return None
    said = Reader(told if isinstance(told, dict) else {})
    return {
        "number": said.text("number", 40), "state": said.text("state", 20), "quota": said.number("quota"),
        "elements": list(said.texts("elements")), "ways": list(said.texts("ways", 5)),
        "starts_on": said.day("starts_on").isoformat(), "ends_on": said.day("ends_on").isoformat(),
    }  # fmt: skip


def _words(said: Reader, state: str) -> str:
    words = said.text("words", may_be_empty=True)
    if state != RETURNED or words:
        return words
    code = said.text("reason", 40)
    return str(REASONS.get(code, code))


def _end_away(row: Application, state: str, words: str, now: datetime) -> None:
    """End an application as the other node did."""
    if row.peer is None:
        return
    step_on(row, STEP_TO[state], by=speaker(row.peer), now=now, words=words.strip())
    row.answered_at, row.answer = now, words.strip()
    grant = row.peer_grant["number"] if row.peer_grant else ""
    told = facts.ApplicationAnswered(
        application_id=row.pk, number=row.number, unit_id=row.unit_id, state=row.state, grant=grant
    )
    journal.publish(told, now=now)
