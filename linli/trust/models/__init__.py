"""What trust keeps."""

from linli.trust.models.entry import LedgerEntry
from linli.trust.models.look import (
    Campaign,
    Finding,
    HabitModel,
    LookCursor,
    LookReview,
    LookSettings,
    ReviewStep,
    WatchedDay,
)
from linli.trust.models.seal import Era, Seal

__all__ = [
    "Campaign",
    "Era",
    "Finding",
    "HabitModel",
    "LedgerEntry",
    "LookCursor",
    "LookReview",
    "LookSettings",
    "ReviewStep",
    "Seal",
    "WatchedDay",
]
