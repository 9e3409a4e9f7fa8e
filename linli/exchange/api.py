"""What exchange may be asked, by those above it."""

from linli.exchange.actions.carry import carry, serve_once
from linli.exchange.actions.feed import Slice, end_subscription, has_news, page_of_feed, subscribe
from linli.exchange.actions.keys import change_keys, ensure_keys
from linli.exchange.actions.link import answer_messages, answer_page, asked_for
from linli.exchange.actions.messages import send, try_again
from linli.exchange.actions.peers import add_peer, change_state
from linli.exchange.models import InMessage, Intake, Peer, Subscription
from linli.exchange.queries.peers import own_anchor, peers, set_aside
from linli.exchange.rules.anchors import Anchor, read_anchor
from linli.exchange.rules.refusals import (
    AnchorRefusedError,
    ExchangeRefusedError,
    KnownPeerError,
    OwnAnchorError,
    PeerRefusedError,
    SliceRefusedError,
)
from linli.exchange.rules.signatures import fingerprint, shown

__all__ = [
    "Anchor",
    "AnchorRefusedError",
    "ExchangeRefusedError",
    "InMessage",
    "Intake",
    "KnownPeerError",
    "OwnAnchorError",
    "Peer",
    "PeerRefusedError",
    "Slice",
    "SliceRefusedError",
    "Subscription",
    "add_peer",
    "answer_messages",
    "answer_page",
    "asked_for",
    "carry",
    "change_keys",
    "change_state",
    "end_subscription",
    "ensure_keys",
    "fingerprint",
    "has_news",
    "own_anchor",
    "page_of_feed",
    "peers",
    "read_anchor",
    "send",
    "serve_once",
    "set_aside",
    "shown",
    "subscribe",
    "try_again",
]
