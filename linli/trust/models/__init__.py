"""What trust keeps."""

from linli.trust.models.entry import LedgerEntry
from linli.trust.models.seal import Era, Seal
from linli.trust.models.tree import HeadSignature, LedgerKey, LedgerTree, Tile, TreeHead
from linli.trust.models.witness import CounterSignature, HeadProblem, Witness

__all__ = [
    "CounterSignature",
    "Era",
    "HeadProblem",
    "HeadSignature",
    "LedgerEntry",
    "LedgerKey",
    "LedgerTree",
    "Seal",
    "Tile",
    "TreeHead",
    "Witness",
]
