"""The parts of a zipped document, measured before anything else unpacks them."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from django.utils.translation import gettext_lazy as _

from linli.sheets.rules.refusals import SheetRefusedError

MOST_UNPACKED = 300 << 20  # bytes of all parts together
MOST_PARTS = 2_000
LOCAL_HEADER = 30
PIECE = 1 << 20
STORED, DEFLATED, ENCRYPTED = 0, 8, 0x1
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")  # neither belongs into an office document; both are used for attacks


@dataclass(frozen=True, slots=True)
class Archive:
    """The parts of a document by name; each is unpacked when it is asked for."""

    parts: Mapping[str, Callable[[], bytes]]

    def read(self, name: str) -> bytes:
        """Return a part; empty where it is missing."""
        return self.parts[name]() if name in self.parts else b""

    def xml(self, name: str) -> Element | None:
        """Return a part as XML; None where it is missing or broken."""
        content = self.read(name)
        return parse(content) if content else None


def open_archive(content: bytes) -> Archive:
    """Return the parts of a zipped document.

    Raises SheetRefusedError where it is broken, locked, or unpacks to more than an office document does.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = file.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise broken() from None
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise locked()
    _measure(content, parts)
    return Archive({part.filename: _reader(content, part) for part in parts})


def parse(content: bytes) -> Element | None:
    """Return XML as a tree; None where it is broken or declares entities."""
    if any(word in content[:PIECE] for word in DECLARATIONS):
        return None
    try:
        return fromstring(content)  # noqa: S314  what could attack was refused above
    except SyntaxError:
        return None


def broken() -> SheetRefusedError:
    """Return the refusal of a damaged document."""
    return SheetRefusedError(
        _("This file can't be opened: it is damaged or no table. Save it once more and try again.")
    )


def locked() -> SheetRefusedError:
    """Return the refusal of a document under a password."""
    return SheetRefusedError(_("This file is protected by a password. Save it without one and try again."))


def too_large() -> SheetRefusedError:
    """Return the refusal of a document that is larger than any form."""
    return SheetRefusedError(_("This file is larger than any form that can be filled. Send only its first rows."))


def _measure(content: bytes, parts: list[zipfile.ZipInfo]) -> None:
    """Count what really comes out of each part: the sizes that an archive states about itself may be untrue."""
    total = 0
    if len(parts) > MOST_PARTS:
        raise too_large()
    for part in parts:
        for piece in _pieces(content, part, MOST_UNPACKED - total):
            total += len(piece)
        if total > MOST_UNPACKED:
            raise too_large()


def _reader(content: bytes, part: zipfile.ZipInfo) -> Callable[[], bytes]:
    return lambda: b"".join(_pieces(content, part, MOST_UNPACKED))


def _pieces(content: bytes, part: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """Yield what a part unpacks to, at most one piece more than allowed."""
    start = part.header_offset + LOCAL_HEADER
    head = content[part.header_offset : start]
    if len(head) < LOCAL_HEADER or part.compress_type not in {STORED, DEFLATED}:
        raise broken()
    start += int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = content[start : start + part.compress_size]
    if part.compress_type == STORED:
        yield packed
        return
    machine, seen = zlib.decompressobj(-zlib.MAX_WBITS), 0
    try:
        while packed and seen <= most and not machine.eof:
            piece = machine.decompress(packed, PIECE)
            packed, seen = machine.unconsumed_tail, seen + len(piece)
            yield piece
    except zlib.error:
        raise broken() from None


__all__ = ["Archive", "broken", "locked", "open_archive", "parse", "too_large"]
