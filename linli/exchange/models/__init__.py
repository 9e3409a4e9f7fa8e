"""What exchange keeps."""

from linli.exchange.models.correction import Correction
from linli.exchange.models.history import AnswerLimit, History, OwnerUnit
from linli.exchange.models.opening import Edition, FirmSource, OpenSet
from linli.exchange.models.sharing import Application, Batch, BatchPart, Grant, Use

__all__ = [
    "AnswerLimit",
    "Application",
    "Batch",
    "BatchPart",
    "Correction",
    "Edition",
    "FirmSource",
    "Grant",
    "History",
    "OpenSet",
    "OwnerUnit",
    "Use",
]
