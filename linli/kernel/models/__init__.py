"""What the kernel keeps."""

from linli.kernel.models.base import Record
from linli.kernel.models.codes import CodeEntry, CodeTable
from linli.kernel.models.facts import Batch, Cursor, JournalEntry, SetAside
from linli.kernel.models.keys import Resealing, RingMark
from linli.kernel.models.numbering import Serial
from linli.kernel.models.revision import Revision

__all__ = [
    "Batch",
    "CodeEntry",
    "CodeTable",
    "Cursor",
    "JournalEntry",
    "Record",
    "Resealing",
    "Revision",
    "RingMark",
    "Serial",
    "SetAside",
]
