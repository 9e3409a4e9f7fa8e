"""What exchange keeps."""

from linli.exchange.models.feed import FeedEntry, Intake, Subscription
from linli.exchange.models.peer import InMessage, Line, NodeKey, OutMessage, Peer, PeerKey

__all__ = [
    "FeedEntry", "InMessage", "Intake", "Line", "NodeKey", "OutMessage", "Peer", "PeerKey", "Subscription",
]  # fmt: skip
