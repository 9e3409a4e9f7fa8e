"""What trust keeps."""

from linli.trust.models.activity import ActivityVersion
from linli.trust.models.break_glass import BreakGlass, PolicyVersion
from linli.trust.models.entry import LedgerEntry
from linli.trust.models.seal import Era, Seal

__all__ = ["ActivityVersion", "BreakGlass", "Era", "LedgerEntry", "PolicyVersion", "Seal"]
