"""What exchange keeps."""

from linli.exchange.models.correction import Correction, Paper
from linli.exchange.models.feed import FeedEntry, Intake, Subscription
from linli.exchange.models.history import AnswerLimit, History, OwnerUnit
from linli.exchange.models.leaving import ToForget
from linli.exchange.models.linkage import LinkageEntry, LinkageKey, LinkageModel, LinkageReview, LinkageStep
from linli.exchange.models.opening import Deidentified, Edition, FirmSource, OpenSet
from linli.exchange.models.peer import InMessage, Line, NodeKey, OutMessage, Peer, PeerKey, RemoteDataset
from linli.exchange.models.push import Push, PushDelivery, PushTold
from linli.exchange.models.run import Page, Rejected, Run, Stretch
from linli.exchange.models.sharing import Application, Batch, BatchPart, Grant, Use
from linli.exchange.models.source import Connection, Dataset

__all__ = [
    "AnswerLimit",
    "Application",
    "Batch",
    "BatchPart",
    "Connection",
    "Correction",
    "Dataset",
    "Deidentified",
    "Edition",
    "FeedEntry",
    "FirmSource",
    "Grant",
    "History",
    "InMessage",
    "Intake",
    "Line",
    "LinkageEntry",
    "LinkageKey",
    "LinkageModel",
    "LinkageReview",
    "LinkageStep",
    "NodeKey",
    "OpenSet",
    "OutMessage",
    "OwnerUnit",
    "Page",
    "Paper",
    "Peer",
    "PeerKey",
    "Push",
    "PushDelivery",
    "PushTold",
    "Rejected",
    "RemoteDataset",
    "Run",
    "Stretch",
    "Subscription",
    "ToForget",
    "Use",
]
