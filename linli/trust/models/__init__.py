"""What trust keeps."""

from linli.trust.models.entry import LedgerEntry
from linli.trust.models.handling import HandlingVersion
from linli.trust.models.leaving import ExportRequest
from linli.trust.models.seal import Era, Seal

__all__ = ["Era", "ExportRequest", "HandlingVersion", "LedgerEntry", "Seal"]
