"""The link to other nodes: what waits goes out, feeds come in, each call signed both ways and cut after its time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.exchange.actions.intake import take_page
from linli.exchange.actions.messages import envelope_of, note_sent, take
from linli.exchange.models import Intake, Peer, PeerKey
from linli.exchange.queries.peers import own_keys, own_node, trusted_key, waiting_for
from linli.exchange.rules.refusals import PeerRefusedError
from linli.exchange.rules.signatures import BadSignatureError, key_of, unwrap, wrap
from linli.kernel import api as kernel

MESSAGES, FEED = "/exchange/messages", "/exchange/feed"
AT_ONCE, LONGEST = 50, 1_000_000  # messages and bytes in one call
MOST_READ = 8_000_000
PATIENCE = 10.0  # seconds for one call, beside what the other side was asked to wait
FRESH = timedelta(minutes=10)  # a call may be so old, or the clocks so far apart
FIRST_PAUSE, LONGEST_PAUSE = 1, 60  # seconds after a failure, doubled at each
HEADERS = {"Content-Type": "application/json"}


class LinkError(Exception):
    """A call did not go well; `str()` says why."""


def push(*, peer: Peer, now: datetime) -> int:
    """Send what waits for a peer; return how many messages it has now. Raises LinkError."""
    messages = waiting_for(peer, AT_ONCE)
    lines: list[bytes] = []
    for message in messages:
        lines.append(envelope_of(message))
        if sum(map(len, lines)) > LONGEST:
            break
    if not lines:
        return 0
    said = _call(peer, MESSAGES, b"\n".join(lines), nonce="", wait=0)
    taken = {str(kind): int(number) for kind, number in said["taken"].items()}
    return note_sent(peer=peer, taken=taken, messages=messages, now=now)


def pull(*, intake: Intake, wait: float, now: datetime) -> int:
    """Ask a peer for the next page of a feed and take it in; return how many entries were new. Raises LinkError."""
    nonce = str(kernel.uuid7())
    asked = {"from": str(own_node()), "to": str(intake.peer.node), "at": now.isoformat(), "nonce": nonce,
             "subscription": str(intake.id), "after": intake.sequence, "wait": wait}  # fmt: skip
    said = _call(intake.peer, FEED, wrap(asked, _keys()), nonce=nonce, wait=wait)
    if str(said.get("subscription")) != str(intake.id):
        raise LinkError("another feed")
    try:
        return take_page(intake_id=intake.id, page=said, now=kernel.now())
    except PeerRefusedError as error:
        raise LinkError(str(error)) from error


def answer_messages(*, body: bytes, now: datetime) -> bytes:
    """Take messages, one on each line, and return the signed answer. Raises PeerRefusedError."""
    taken: dict[str, int] = {}
    peer: Peer | None = None
    for line in body.splitlines():
        key, content = _opened(line)
        if peer is not None and key.peer_id != peer.pk:
            raise PeerRefusedError
        peer = key.peer
        kind = str(content.get("kind"))[:40]
        taken[kind] = take(peer=peer, content=content, now=now)
    if peer is None:
        raise PeerRefusedError
    Peer.objects.filter(pk=peer.pk).update(last_in_at=now)
    return wrap({"to": str(peer.node), "at": now.isoformat(), "nonce": "", "taken": taken}, _keys())


def asked_for(*, body: bytes, now: datetime) -> tuple[Peer, Mapping[str, Any]]:
    """Return who asks for a page of a feed, and what. Raises PeerRefusedError."""
    key, content = _opened(body)
    try:
        at = datetime.fromisoformat(content["at"])
        good = UUID(content["to"]) == own_node() and abs(now - at) <= FRESH
        asked: dict[str, Any] = {"subscription": UUID(content["subscription"]), "after": int(content["after"]),
                 "wait": float(content["wait"]), "nonce": str(content["nonce"])}  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise PeerRefusedError from error
    if not good or asked["after"] < 0:
        raise PeerRefusedError
    Peer.objects.filter(pk=key.peer_id).update(last_in_at=now)
    return key.peer, asked


def call_peer(*, peer: Peer, path: str, content: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Ask a peer something at once, signed, and return its signed answer. Raises LinkError."""
    nonce = str(kernel.uuid7())
    said = {**content, "from": str(own_node()), "to": str(peer.node), "at": now.isoformat(), "nonce": nonce}
    if peer.state != Peer.State.ACTIVE:
        raise LinkError("paused")
    return _call(peer, path, wrap(said, _keys()), nonce=nonce, wait=0)


def asked_of_peer(*, body: bytes, now: datetime) -> tuple[Peer, dict[str, Any]]:
    """Return which peer asks something at once, and what it says. Raises PeerRefusedError."""
    key, content = _opened(body)
    try:
        good = UUID(content["to"]) == own_node() and abs(now - datetime.fromisoformat(content["at"])) <= FRESH
    except (KeyError, TypeError, ValueError) as error:
        raise PeerRefusedError from error
    if not good:
        raise PeerRefusedError
    Peer.objects.filter(pk=key.peer_id).update(last_in_at=now)
    return key.peer, content


def answer_page(*, peer: Peer, page: Mapping[str, Any], nonce: str, now: datetime) -> bytes:
    """Return a page of a feed, or another answer, signed for who asked."""
    return wrap({**page, "to": str(peer.node), "at": now.isoformat(), "nonce": nonce}, _keys())


def note_failure(*, peer: Peer, error: str, now: datetime) -> None:
    """Leave a peer alone for a while that doubles with each failure, a minute at most."""
    failures = peer.failures + 1
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures - 1, 10))
    Peer.objects.filter(pk=peer.pk).update(
        failures=failures, next_try_at=now + timedelta(seconds=pause), error=error[:300]
    )


def note_success(*, peer: Peer) -> None:
    """Note that the link stands."""
    if peer.failures or peer.next_try_at:
        Peer.objects.filter(pk=peer.pk).update(failures=0, next_try_at=None, error="")


def _call(peer: Peer, path: str, body: bytes, *, nonce: str, wait: float) -> dict[str, Any]:
    try:
        answer = kernel.post_out(
            url=peer.address + path, body=body, headers=HEADERS, seconds=PATIENCE + wait, most=MOST_READ
        )
    except kernel.OutgoingError as error:
        raise LinkError(str(error)) from error
    if not answer.is_good:
        raise LinkError(f"HTTP {answer.status}")
    try:
        key, content = _opened(answer.body)
    except PeerRefusedError as error:
        raise LinkError(str(error)) from error
    if key.peer_id != peer.pk or content.get("to") != str(own_node()) or content.get("nonce") != nonce:
        raise LinkError("the answer is not for us")
    return content


def _opened(line: bytes) -> tuple[PeerKey, dict[str, Any]]:
    """Return who signed something and what it says. Raises PeerRefusedError."""
    try:
        key = trusted_key(key_of(line))
        if key is None or key.peer.state != Peer.State.ACTIVE:
            raise PeerRefusedError
        return key, unwrap(line, algorithm=key.algorithm, public=key.public)
    except BadSignatureError as error:
        raise PeerRefusedError from error


def _keys() -> Any:
    keys = own_keys()
    if keys is None:
        raise PeerRefusedError
    return keys
