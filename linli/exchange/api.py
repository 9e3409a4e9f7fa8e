"""The door of exchange: what sources say, and what nodes tell each other."""

from linli.exchange.actions.carry import carry, serve_once
from linli.exchange.actions.collect import collect, open_run, preview, read_file, take_run
from linli.exchange.actions.demo import plant_people_dataset
from linli.exchange.actions.feed import Slice, end_subscription, has_news, page_of_feed, subscribe
from linli.exchange.actions.keys import change_keys, ensure_keys
from linli.exchange.actions.link import answer_messages, answer_page, asked_for
from linli.exchange.actions.messages import send, take_again
from linli.exchange.actions.peers import add_peer, change_state
from linli.exchange.actions.quarantine import correct_row, let_go, try_again
from linli.exchange.actions.sources import (
    DatasetDraft,
    check_connection,
    confirm_mapping,
    save_connection,
    save_dataset,
)
from linli.exchange.models import Connection, Dataset, InMessage, Intake, Peer, Run, Subscription
from linli.exchange.queries.datasets import catalogue, late_since
from linli.exchange.queries.peers import own_anchor, peers, set_aside
from linli.exchange.rules.anchors import Anchor, read_anchor
from linli.exchange.rules.mapping import Mapped
from linli.exchange.rules.people import HEADER as MADE_UP_HEADER
from linli.exchange.rules.people import people as made_up_people
from linli.exchange.rules.refusals import (
    AnchorRefusedError,
    ExchangeRefusedError,
    KnownPeerError,
    OwnAnchorError,
    PeerRefusedError,
    SliceRefusedError,
)
from linli.exchange.rules.signatures import shown

__all__ = [
    "MADE_UP_HEADER",
    "Anchor",
    "AnchorRefusedError",
    "Connection",
    "Dataset",
    "DatasetDraft",
    "ExchangeRefusedError",
    "InMessage",
    "Intake",
    "KnownPeerError",
    "Mapped",
    "OwnAnchorError",
    "Peer",
    "PeerRefusedError",
    "Run",
    "Slice",
    "SliceRefusedError",
    "Subscription",
    "add_peer",
    "answer_messages",
    "answer_page",
    "asked_for",
    "carry",
    "catalogue",
    "change_keys",
    "change_state",
    "check_connection",
    "collect",
    "confirm_mapping",
    "correct_row",
    "end_subscription",
    "ensure_keys",
    "has_news",
    "late_since",
    "let_go",
    "made_up_people",
    "open_run",
    "own_anchor",
    "page_of_feed",
    "peers",
    "plant_people_dataset",
    "preview",
    "read_anchor",
    "read_file",
    "save_connection",
    "save_dataset",
    "send",
    "serve_once",
    "set_aside",
    "shown",
    "subscribe",
    "take_again",
    "take_run",
    "try_again",
]
