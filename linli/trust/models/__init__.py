"""What trust keeps."""

from linli.trust.models.entry import LedgerEntry
from linli.trust.models.seal import Era, Seal
from linli.trust.models.tree import HeadSignature, LedgerKey, LedgerTree, Tile, TreeHead

__all__ = ["Era", "HeadSignature", "LedgerEntry", "LedgerKey", "LedgerTree", "Seal", "Tile", "TreeHead"]
