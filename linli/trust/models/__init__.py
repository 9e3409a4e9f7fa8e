"""What trust keeps."""

from linli.trust.models.activity import ActivityVersion
from linli.trust.models.break_glass import BreakGlass, PolicyVersion
from linli.trust.models.entry import LedgerEntry
from linli.trust.models.seal import Era, Seal
from linli.trust.models.tree import HeadSignature, LedgerKey, LedgerTree, Tile, TreeHead
from linli.trust.models.witness import CounterSignature, HeadProblem, Witness

__all__ = [
    "ActivityVersion",
    "BreakGlass",
    "CounterSignature",
    "Era",
    "HeadProblem",
    "HeadSignature",
    "LedgerEntry",
    "LedgerKey",
    "LedgerTree",
    "PolicyVersion",
    "Seal",
    "Tile",
    "TreeHead",
    "Witness",
]
