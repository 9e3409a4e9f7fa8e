"""Corrections that come from another node, and what another node says of those that went there; each once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.exchange import facts, states
from linli.exchange.actions.correct import SHORTEST, end_here, note, save_as_first
from linli.exchange.actions.correct_wire import PROPOSE, RETURNED, TAKE_BACK, return_it, tell_origin
from linli.exchange.actions.feed import node_pseudonym
from linli.exchange.actions.step import keep, step_on
from linli.exchange.models import Correction, Peer, Subscription
from linli.exchange.queries.owners import CORRECTION, days_for, owner_unit
from linli.exchange.rules.refusals import PeerRefusedError
from linli.exchange.rules.sharing_refusals import AlreadyProposedError
from linli.exchange.rules.wire import Reader
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.registry import api as registry

STEP_TO = {states.CONFIRMED: "confirm", states.REFUSED: "refuse", states.STOOD: "let_stand",
           states.TAKEN_BACK: "take_back", states.OVERTAKEN: "overtake", RETURNED: "refuse"}  # fmt: skip
REASONS = {
    "slice_closed": gettext_lazy("The other node tells us nothing of this any more."),
    "not_in_slice": gettext_lazy("The other node does not tell us this data element."),
    "not_known": gettext_lazy("The other node does not know whom it is about any more."),
    "bad_value": gettext_lazy("The other node does not take this value."),
    "already_proposed": gettext_lazy("Another correction of the same value waits for an answer there."),
}


@dataclass(frozen=True, slots=True)
class _Told:
    """A proposal as it travels."""

    ref: UUID
    subscription: UUID
    key: str
    kind: str
    element: str
    value: Any
    evidence: str
    reference: str
    seen_on: date
    unit: str


class ReturnedError(Exception):
    """A proposal that can't be put before anybody; `code` says why."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


def take_correction(*, peer_id: UUID, body: Mapping[str, Any], now: datetime) -> None:
    """Take a proposal of a peer, or its wish to take one back. What came before does nothing again.

    A proposal that can't be answered here is returned with a reason. Raises PeerRefusedError for a malformed one.
    """
    said, peer = Reader(body), Peer.objects.get(pk=peer_id)
    ref, step = said.key("id"), said.text("step", 20)
    known = Correction.objects.select_for_update().filter(peer=peer, peer_ref=ref).first()
    if step == TAKE_BACK:
        _take_back(known, peer, said.text("words", may_be_empty=True), now)
    elif step != PROPOSE:
        raise PeerRefusedError(_("There is no such step: %(step)s.") % {"step": step})
    elif known is None:
        told = _read(said, body)
        try:
            _put_before_owner(peer, told, now)
        except ReturnedError as returned:
            return_it(peer=peer, ref=ref, reason=returned.code, now=now)


def take_state(*, peer_id: UUID, body: Mapping[str, Any], now: datetime) -> None:
    """Take what a peer says of a correction that went there. Raises PeerRefusedError for one that did not."""
    said = Reader(body)
    row = Correction.objects.select_for_update(of=("self",)).filter(
        pk=said.key("id"), peer_id=peer_id, peer_ref=None
    ).select_related("peer").first()  # fmt: skip
    if row is None:
        raise PeerRefusedError(_("No such correction went to this node."))
    state = said.text("state", 20)
    if state == states.PROPOSED:
        row.peer_number, row.due = said.text("number", 40), said.moment("due")
        row.save(update_fields=["peer_number", "due"])
        return
    if state not in STEP_TO:
        raise PeerRefusedError(_("There is no such state: %(state)s.") % {"state": state})
    if row.state == states.PROPOSED:
        _end_away(row, state, _words(said, state), now)


def _read(said: Reader, body: Mapping[str, Any]) -> _Told:
    value = body.get("value")
    if isinstance(value, dict | list) or value is None:
        raise PeerRefusedError(_("The message lacks %(field)s, or it is not as agreed.") % {"field": "value"})
    return _Told(
        ref=said.key("id"), subscription=said.key("subscription"), key=said.text("key", 80), kind=said.text("kind", 20),
        element=said.text("element", 40), value=value, evidence=said.text("evidence"),
        reference=said.text("reference", 200, may_be_empty=True), seen_on=said.day("seen_on"),
        unit=said.text("unit", 100),
    )  # fmt: skip


def _put_before_owner(peer: Peer, told: _Told, now: datetime) -> None:
    """Set a proposal of a peer on the desk of the owner, with its clock, and say so."""
    entity_id = _whom(peer, told, now)
    element = registry.elements_of(told.kind)[told.element]
    brief = registry.look_at(entity_id=entity_id, by=accounts.SYSTEM, now=now)
    community = brief.community_id or _area(told)
    answers = owner_unit(element.owner, division_id=community, now=now)
    row = Correction(
        number=kernel.next_number(prefix="C", day=timezone.localdate(now)), entity_id=entity_id, kind=told.kind,
        element=told.element, value=json.dumps(_value(told, now), ensure_ascii=False), evidence=told.evidence.strip(),
        reference=told.reference.strip(), seen_on=told.seen_on, made_at=now, community_id=community,
        owner=element.owner, owner_unit_id=answers.id, due=regions.add_working(now, days=days_for(CORRECTION, now=now)),
        peer=peer, peer_ref=told.ref, from_unit=told.unit,
    )  # fmt: skip
    try:
        save_as_first(row)
    except AlreadyProposedError as first:
        raise ReturnedError("already_proposed") from first
    by = speaker(peer)
    keep(row.pk, "propose", "", row.state, by=by, now=now, unit_id=None)
    note(row, "propose", by, now)
    journal.publish(facts.CorrectionProposed(
        correction_id=row.pk, number=row.number, entity_id=entity_id, element=row.element, unit_id=None,
        owner_unit_id=answers.id, due=row.due,
    ), now=now)  # fmt: skip
    tell_origin(row, now=now)


def _whom(peer: Peer, told: _Told, now: datetime) -> UUID:
    """Return whom the peer means: somebody of a slice that is open to it, by the key under which it knows them.

    The keys are not kept, so those of the slice are made again: two seconds for a million people.
    """
    slice_ = Subscription.objects.filter(pk=told.subscription, peer=peer, ended_at=None, valid_until__gt=now).first()
    if slice_ is None:
        raise ReturnedError("slice_closed")
    if f"{told.kind}.{told.element}" not in slice_.elements or told.element not in registry.elements_of(told.kind):
        raise ReturnedError("not_in_slice")
    for key, _kind in registry.ids_within(division_id=slice_.division_id, kinds=[told.kind]):
        if node_pseudonym(peer.node, key) == told.key:
            return key
    raise ReturnedError("not_known")


def _value(told: _Told, now: datetime) -> Any:
    try:
        value = registry.check_value(kind=told.kind, code=told.element, raw=told.value, now=now)
    except registry.BadValueError as bad:
        raise ReturnedError("bad_value") from bad
    if value is None or told.seen_on > timezone.localdate(now) or len(told.evidence.strip()) < SHORTEST:
        raise ReturnedError("bad_value")
    return value


def _area(told: _Told) -> int:
    return int(Subscription.objects.values_list("division_id", flat=True).get(pk=told.subscription))


def _take_back(row: Correction | None, peer: Peer, words: str, now: datetime) -> None:
    """Take a proposal back where it was not answered; say how it stands in either case."""
    if row is None:
        return
    if row.state == states.PROPOSED:
        step_on(row, "take_back", by=speaker(peer), now=now, words=words.strip())
        row.save(update_fields=["state"])
    tell_origin(row, now=now)


def _words(said: Reader, state: str) -> str:
    if state == RETURNED:
        code = said.text("reason", 40)
        return str(REASONS.get(code, code))
    return said.text("words", may_be_empty=True)


def _end_away(row: Correction, state: str, words: str, now: datetime) -> None:
    """End a correction as the other node did. What is believed comes by its feed."""
    peer = row.peer
    if peer is None:
        return
    end_here(row, STEP_TO[state], words, speaker(peer), now)
    about = (row.pk, row.number, row.entity_id, row.element, row.unit_id)
    if row.state == states.CONFIRMED:
        journal.publish(facts.CorrectionConfirmed(*about), now=now)
    elif row.state == states.REFUSED:
        journal.publish(facts.CorrectionRefused(*about), now=now)
    elif row.state == states.STOOD:
        journal.publish(facts.CorrectionStood(*about, owner_unit_id=None, superior_id=None), now=now)


def speaker(peer: Peer) -> accounts.Actor:
    """Return a peer as who acts: its name stands in the history."""
    return accounts.Actor(person_id=None, name=peer.name, kind="system")
