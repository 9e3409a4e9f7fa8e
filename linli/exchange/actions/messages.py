"""Messages between nodes: numbered and kept here until the other side has them; taken there once and in order."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from linli.exchange.models import InMessage, Line, NodeKey, OutMessage, Peer
from linli.exchange.queries.peers import own_node
from linli.exchange.rules.refusals import PeerRefusedError
from linli.exchange.rules.signatures import KeyPair, wrap
from linli.exchange.slots import peer_messages
from linli.kernel import slots as kernel_slots

LONGEST = 300


def send(*, peer: Peer, kind: str, body: Mapping[str, Any], now: datetime) -> OutMessage:
    """Keep a message for a peer, in the caller's transaction; it goes out when the link stands.

    Messages of one kind arrive in the order in which they were sent.
    """
    line = _line(peer, kind)
    line.sent += 1
    line.save(update_fields=["sent"])
    keys = NodeKey.objects.order_by("-id").first()
    text = orjson.dumps(body).decode()
    return OutMessage.objects.create(peer=peer, kind=kind, sequence=line.sent, body=text, key=keys, made_at=now)


def envelope_of(message: OutMessage) -> bytes:
    """Return a message signed, with the key that signed for this node when it was made."""
    row = message.key
    if row is None:
        raise PeerRefusedError
    content = {
        "id": str(message.id), "kind": message.kind, "sequence": message.sequence, "from": str(own_node()),
        "to": str(message.peer.node), "at": message.made_at.isoformat(), "body": orjson.loads(message.body.reveal()),
    }  # fmt: skip
    return wrap(content, KeyPair(row.algorithm, row.public, row.private.reveal()))


@transaction.atomic
def take(*, peer: Peer, content: Mapping[str, Any], now: datetime) -> int:
    """Take one message of a peer whose signature was checked; return the number up to which its kind is taken.

    What was taken before is left alone; one that comes too early is not taken, and its sender sends the earlier ones
    again. One that can't be used is set aside and does not hold the others. Raises PeerRefusedError for one that is
    not for this node.
    """
    kind, sequence, key = _read(content)
    line = _line(peer, kind)
    if sequence != line.received + 1:
        if sequence <= line.received and _is_another(peer, kind, sequence, key):
            raise PeerRefusedError
        return line.received
    message = InMessage(
        id=key, peer=peer, kind=kind, sequence=sequence, body=orjson.dumps(content["body"]).decode(), received_at=now
    )
    message.error = _use(message, content["body"], now)
    message.state = InMessage.State.ASIDE if message.error else InMessage.State.DONE
    message.save(force_insert=True)
    line.received = sequence
    line.save(update_fields=["received"])
    return sequence


@transaction.atomic
def take_again(*, message: InMessage, now: datetime) -> bool:
    """Use a message that was set aside once more; return whether it could be used."""
    row = InMessage.objects.select_for_update().select_related("peer").get(pk=message.pk)
    if row.state == InMessage.State.ASIDE:
        row.error = _use(row, orjson.loads(row.body.reveal()), now)
        row.state = InMessage.State.ASIDE if row.error else InMessage.State.DONE
        row.save(update_fields=["error", "state"])
    return row.state == InMessage.State.DONE


def note_sent(*, peer: Peer, taken: Mapping[str, int], messages: Sequence[OutMessage], now: datetime) -> int:
    """Note which of these messages the other side has; return how many."""
    ids = [one.id for one in messages if one.sequence <= taken.get(one.kind, 0)]
    Peer.objects.filter(pk=peer.pk).update(last_out_at=now, failures=0, next_try_at=None, error="")
    return OutMessage.objects.filter(pk__in=ids, sent_at=None).update(sent_at=now)


def drop_waiting(*, peer: Peer) -> int:
    """Drop what waits for a peer and take its numbers back, so that a new link goes on without a gap."""
    dropped = 0
    for line in Line.objects.select_for_update().filter(peer=peer).order_by("id"):
        count = OutMessage.objects.filter(peer=peer, kind=line.kind, sent_at=None).delete()[0]
        line.sent -= count
        line.save(update_fields=["sent"])
        dropped += count
    return dropped


def forget_messages(*, before: datetime) -> int:
    """Delete messages that were sent or taken long ago; what waits or was set aside is kept. Return how many."""
    sent = OutMessage.objects.filter(sent_at__lt=before).delete()[0]
    return sent + InMessage.objects.filter(received_at__lt=before, state=InMessage.State.DONE).delete()[0]


def _use(message: InMessage, body: Any, now: datetime) -> str:
    """Hand a message to who takes its kind; return what went wrong, empty for nothing."""
    try:
        with transaction.atomic():
            peer_messages.get(message.kind).take(body=body, peer_id=message.peer_id, now=now)
    except kernel_slots.UnknownPluginError as error:
        return str(error)[:LONGEST]
    except Exception as error:  # noqa: BLE001  whatever it is, it must not hold the messages behind it
        return f"{type(error).__name__}: {error}"[:LONGEST]
    return ""


def _read(content: Mapping[str, Any]) -> tuple[str, int, UUID]:
    try:
        if UUID(content["to"]) != own_node() or not isinstance(content["body"], dict):
            raise PeerRefusedError
        return str(content["kind"])[:40], int(content["sequence"]), UUID(content["id"])
    except (KeyError, TypeError, ValueError) as error:
        raise PeerRefusedError from error


def _is_another(peer: Peer, kind: str, sequence: int, key: UUID) -> bool:
    """Tell whether the peer gave a number out twice, as after it was restored from an older backup."""
    there = InMessage.objects.filter(peer=peer, kind=kind, sequence=sequence).values_list("id", flat=True).first()
    return there is not None and there != key


def _line(peer: Peer, kind: str) -> Line:
    Line.objects.get_or_create(peer=peer, kind=kind)
    return Line.objects.select_for_update().get(peer=peer, kind=kind)
