"""What trust keeps."""

from linli.trust.models.entry import LedgerEntry
from linli.trust.models.seal import Era, Seal

__all__ = ["Era", "LedgerEntry", "Seal"]
