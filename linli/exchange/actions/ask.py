"""A question by a grant of another node 跨节点核验 is carried there and answered while one waits: verify, query one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from linli.exchange.actions.correct_remote import speaker
from linli.exchange.actions.link import LinkError, asked_of_peer, call_peer
from linli.exchange.actions.use import USE, Answer, Call, query_one, units_of, verify_one
from linli.exchange.models import Application, Peer
from linli.exchange.rules.refusals import PeerRefusedError
from linli.exchange.rules.sharing_refusals import RefusedError, TermsRefusedError, UnreachableError
from linli.exchange.rules.terms import QUERY, VERIFY
from linli.exchange.rules.wire import Reader
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

ASK = "/exchange/ask"
GRANT = 40  # characters of the number of a grant


def elsewhere(call: Call) -> Application | None:
    """Return the application of the own unit whose number a call names and that another node granted; else None."""
    rows = Application.objects.filter(number=call.grant, unit_id__in=units_of(call.by), peer_ref=None)
    return rows.exclude(peer=None).exclude(peer_grant=None).select_related("peer").first()


def ask_there(*, call: Call, at: Application, way: str, whom: registry.Whom, asked: Mapping[str, Any]) -> Answer:
    """Ask the node that granted, and return its answer. Raises NotAllowed, RefusedError, UnreachableError.

    That node checks, counts and records with whom it is about; here it stands in the ledger that it was asked;
    both entries bear the same trace (Logboek dataverwerkingen).
    """
    trust.require(call.by, USE)
    if at.peer is None or at.peer_grant is None:
        raise UnreachableError
    trace = trust.Trace(uuid4().hex)
    asked_by = trust.record(
        by=call.by, action=f"exchange.{way}", purpose="exchange.sharing", subjects=[], object_kind="application",
        object_id=at.pk, case=at.number, elements=[], now=call.now, trace=trace,
    )  # fmt: skip
    question = {"grant": at.peer_grant["number"], "purpose": call.purpose, "way": way, "whom": dict(whom),
                "key": call.key or "", "trace": trace.trace, "parent": str(asked_by), **asked}  # fmt: skip
    try:
        said = call_peer(peer=at.peer, path=ASK, content=question, now=call.now)
    except LinkError as error:
        raise UnreachableError from error
    if "refused" in said:
        refused = RefusedError(str(said["refused"]))
        refused.status = int(said.get("status", 409))
        raise refused
    answer: Answer = said["answer"]
    return answer


def answer_peer(*, body: bytes, now: datetime) -> tuple[Peer, str, dict[str, Any]]:
    """Answer a question of a peer by a grant that one of its units holds: who asked, the nonce, and what is said.

    What is refused is answered with its sentence and status; a question that comes twice is counted once.
    Raises PeerRefusedError for who is not trusted.
    """
    peer, content = asked_of_peer(body=body, now=now)
    said = Reader(content)
    nonce, whom = said.text("nonce", 60), content.get("whom")
    if not isinstance(whom, dict) or not all(isinstance(one, str) for one in whom.values()):
        raise PeerRefusedError
    call = Call(
        grant=said.text("grant", GRANT), purpose=said.text("purpose", 20), by=speaker(peer), now=now,
        key=said.text("key", 100, may_be_empty=True) or nonce, peer_id=peer.pk,
        trace=_trace(said, peer),
    )  # fmt: skip
    try:
        return peer, nonce, {"answer": _answer(call, said, whom)}
    except (RefusedError, registry.RegistryRefusedError, registry.BadValueError, kernel.TooManyRequestsError) as why:
        sentence = str(getattr(why, "sentence", "") or why)
        status = 429 if isinstance(why, kernel.TooManyRequestsError) else getattr(why, "status", 422)
        return peer, nonce, {"refused": sentence, "status": status}


def _trace(said: Reader, peer: Peer) -> trust.Trace:
    """Return the trace of a question and the entry there out of which it came; none from a node of an older version."""
    if "trace" not in said.body:
        return trust.NO_TRACE
    trace = said.text("trace", 32)
    if not trust.is_trace(trace):
        raise PeerRefusedError
    return trust.Trace(trace, str(said.key("parent")), str(peer.node))


def _answer(call: Call, said: Reader, whom: registry.Whom) -> Answer:
    way = said.text("way", 10)
    if way == QUERY:
        return query_one(call=call, whom=whom, elements=said.texts("elements"))
    if way != VERIFY or not isinstance(said.body.get("value"), str | int | float | bool):
        raise TermsRefusedError("way", PeerRefusedError.sentence)
    condition = registry.Condition(said.text("element", 40), said.text("operator", 2), said.body["value"])
    return verify_one(call=call, whom=whom, asked=condition)
