"""What trust keeps."""

from linli.trust.models.deferral import Deferral, DisclosureClass
from linli.trust.models.entry import LedgerEntry
from linli.trust.models.right import RightRequest, RightStep, RightTerm
from linli.trust.models.seal import Era, Seal

__all__ = ["Deferral", "DisclosureClass", "Era", "LedgerEntry", "RightRequest", "RightStep", "RightTerm", "Seal"]
