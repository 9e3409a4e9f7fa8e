"""What the kernel keeps."""

from linli.kernel.models.base import Record
from linli.kernel.models.facts import Batch, Cursor, JournalEntry, SetAside

__all__ = ["Batch", "Cursor", "JournalEntry", "Record", "SetAside"]
