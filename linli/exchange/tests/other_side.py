"""The other side of a link, as far as a test needs one: it has a key of its own, signs messages and reads answers."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.queries.peers import own_keys, own_node
from linli.exchange.rules.anchors import Anchor
from linli.exchange.rules.signatures import new_keys, unwrap, wrap

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


class OtherSide:
    """A node that is played by the test."""

    def __init__(self, *, place="above", algorithm="ed25519", name="虚构市平台"):
        self.node, self.keys, self.sent = UUID(int=77), new_keys(algorithm), {}
        anchor = Anchor(self.node, name, "https://city.example.org", algorithm, self.keys.public)
        self.peer = exchange.add_peer(anchor=anchor, place=place, by=accounts.SYSTEM, now=NOW)

    def says(self, kind, body, *, sequence=None, to=None, keys=None, key=None):
        """Return a signed message, with the next number of its kind."""
        number = sequence or self.sent.get(kind, 0) + 1
        self.sent[kind] = max(number, self.sent.get(kind, 0))
        content = {"id": str(key or uuid4()), "kind": kind, "sequence": number, "from": str(self.node),
                   "to": str(to or own_node()), "at": NOW.isoformat(), "body": body}  # fmt: skip
        return wrap(content, keys or self.keys)

    def asks(self, subscription, after, *, at=NOW, keys=None):
        """Return a signed question for a page."""
        content = {"from": str(self.node), "to": str(own_node()), "at": at.isoformat(), "nonce": "n-1",
                   "subscription": str(subscription.id), "after": after, "wait": 0}  # fmt: skip
        return wrap(content, keys or self.keys)

    def reads(self, answer):
        """Return what this node signed."""
        ours = own_keys()
        return unwrap(answer, algorithm=ours.algorithm, public=ours.public)


def deliver(*lines, now=NOW):
    return exchange.answer_messages(body=b"\n".join(lines), now=now)
