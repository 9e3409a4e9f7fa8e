"""What exchange keeps."""

from linli.exchange.models.feed import FeedEntry, Intake, Subscription
from linli.exchange.models.peer import InMessage, Line, NodeKey, OutMessage, Peer, PeerKey
from linli.exchange.models.run import Page, Rejected, Run, Stretch
from linli.exchange.models.source import Connection, Dataset

__all__ = [
    "Connection",
    "Dataset",
    "FeedEntry",
    "InMessage",
    "Intake",
    "Line",
    "NodeKey",
    "OutMessage",
    "Page",
    "Peer",
    "PeerKey",
    "Rejected",
    "Run",
    "Stretch",
    "Subscription",
]
