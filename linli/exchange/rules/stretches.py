"""A large CSV file cut into stretches that several processes read on their own, and what speaks of one thing twice."""

import csv
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from operator import methodcaller
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from linli.exchange.rules.refusals import TableRefusedError
from linli.exchange.rules.tables import Line, encoding_of, read_table

ROWS = 4000
SAMPLE = 1 << 18
OLD, PRESENT = 15, 18  # places of an id number
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows of a file: the byte at which they begin, the line of the first, how many rows.

    `twice` are the lines of those whose key or identifying number comes more than once in the file: they are not for a
    first load.
    """

    offset: int
    line: int
    rows: int
    twice: frozenset[int] = frozenset()


@dataclass
class Scanned:
    """A file read through once: its header and its stretches."""

    header: list[str]
    encoding: str
    delimiter: str
    mark: str
    rows: int = 0
    stretches: list[Stretch] = field(default_factory=list)


def scan(path: Path, *, known: Sequence[str], columns: Callable[[list[str]], Sequence[Sequence[int]]]) -> Scanned:
    """Read a CSV file through. `columns` says of a header which groups of places name a row, each on its own.

    Raises TableRefusedError for a file that is no CSV, or is not written in UTF-8 or GB18030.
    """
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    table = read_table(start, known=known)
    encoding = encoding_of(start)
    if start[:2] == b"PK" or encoding == "utf-16":
        raise TableRefusedError(_("A first load reads CSV in UTF-8 or GB18030."))
    mark = sha256(start + str(path.stat().st_size).encode()).hexdigest()
    found = Scanned(table.header, encoding, table.delimiter, mark)
    with path.open("rb") as file:
        _scan_rows(file, found, table.header_line, columns(table.header))
    return found


def read_stretch(path: Path, stretch: Stretch, *, encoding: str, delimiter: str, width: int) -> Iterator[Line]:
    """Yield the rows of a stretch as (line, texts), each as long as the header."""
    with path.open("rb") as file:
        file.seek(stretch.offset)
        rows, line = csv.reader(_texts(file, encoding), delimiter=delimiter), stretch.line
        for row in islice(rows, stretch.rows):
            yield line, row if len(row) == width else _padded(row, width)
            line = stretch.line + rows.line_num


def read_lines(
    path: Path, stretch: Stretch, lines: Iterable[int], *, encoding: str, delimiter: str, width: int
) -> Iterator[Line]:
    """Yield those rows of a stretch that begin on these lines; the others are passed over unread."""
    with path.open("rb") as file:
        file.seek(stretch.offset)
        texts, at = _texts(file, encoding), stretch.line
        for line in sorted(lines):
            rows = csv.reader(islice(texts, line - at, None), delimiter=delimiter)
            row = next(rows)
            yield line, row if len(row) == width else _padded(row, width)
            at = line + rows.line_num


def _padded(row: list[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _texts(file: IO[bytes], encoding: str) -> Iterator[str]:
    """Yield the lines of a file as text, none read ahead."""
    return map(methodcaller("decode", "utf-8" if encoding == "utf-8-sig" else encoding, "replace"), file)


def _scan_rows(file: IO[bytes], found: Scanned, header_line: int, groups: Sequence[Sequence[int]]) -> None:
    rows = csv.reader(_texts(file, found.encoding), delimiter=found.delimiter)
    while rows.line_num < header_line:
        next(rows)
    width, line, offsets = len(found.header), rows.line_num + 1, [file.tell()]
    lines, names = array("q"), [array("q") for _group in groups]
    for row in rows:
        cells = row if len(row) == width else _padded(row, width)
        for places, own in zip(groups, names, strict=True):
            own.append(hash(name_of([cells[place] for place in places])))
        lines.append(line)
        line = rows.line_num + 1
        if len(lines) % ROWS == 0:
            offsets.append(file.tell())
    found.rows = len(lines)
    found.stretches = _stretches(offsets, np.array(lines), _twice([np.array(own) for own in names]))


def _stretches(offsets: Sequence[int], lines: Array, twice: Array) -> list[Stretch]:
    parts = ((offset, slice(number * ROWS, (number + 1) * ROWS)) for number, offset in enumerate(offsets))
    return [
        Stretch(offset, int(lines[part][0]), len(lines[part]), frozenset(lines[part][twice[part]].tolist()))
        for offset, part in parts if len(lines[part])
    ]  # fmt: skip


def _twice(names: Sequence[Array]) -> Array:
    """Tell of each row whether one of its names is that of another; 0 is no name."""
    found = np.zeros(len(names[0]) if names else 0, dtype=bool)
    for own in names:
        _values, places, counts = np.unique(own, return_inverse=True, return_counts=True)
        found |= (counts[places] > 1) & (own != 0)
    return found


def name_of(cells: Sequence[str]) -> str:
    """Return what names a row in one group of columns; empty where nothing does.

    Width, case and spaces do not count, and an id number is the same in its forms of 15 and of 18 places: rows that
    might be about one thing share a name. Two that share one by chance are only taken in the slower way.
    """
    text = "\x00".join(cells)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.replace(" ", "").lstrip("'`").upper()
    if len(text) == OLD and text.isdigit():
        text = f"{text[:6]}19{text[6:]}"
    return text[:17] if len(text) == PRESENT else text
