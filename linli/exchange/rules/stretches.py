"""A large CSV file cut into stretches that several processes read on their own, and what speaks of one thing twice."""

import csv
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from linli.exchange.rules.refusals import TableRefusedError
from linli.exchange.rules.tables import Line, encoding_of, read_table

ROWS = 4000
SAMPLE = 1 << 18
OLD, PRESENT = 15, 18  # places of an id number


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows of a file: the byte at which they begin, the line of the first, how many rows."""

    offset: int
    line: int
    rows: int


@dataclass
class Scanned:
    """A file read through once: its header, its stretches, and what is said of one thing in more than one row.

    `twice` are row keys and identifying numbers that come more than once; such rows are not for a first load.
    """

    header: list[str]
    encoding: str
    delimiter: str
    mark: str
    rows: int = 0
    stretches: list[Stretch] = field(default_factory=list)
    twice: set[str] = field(default_factory=set)


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
        lines = _Lines(file, encoding, stretch.offset)
        rows, line = csv.reader(lines, delimiter=delimiter), stretch.line
        for _turn in range(stretch.rows):
            row = next(rows, None)
            if row is None:
                return
            if len(row) != width:
                row = [*row[:width], *[""] * (width - len(row))]
            yield line, row
            line = stretch.line + lines.read


class _Lines:
    """Lines of a file as text, counting bytes and lines that were handed out."""

    def __init__(self, file: IO[bytes], encoding: str, offset: int = 0) -> None:
        self.file, self.offset, self.read = file, offset, 0
        self.encoding = "utf-8" if encoding == "utf-8-sig" else encoding

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline()
        if not line:
            raise StopIteration
        self.offset += len(line)
        self.read += 1
        return line.decode(self.encoding, "replace")


def _scan_rows(file: IO[bytes], found: Scanned, header_line: int, groups: Sequence[Sequence[int]]) -> None:
    lines = _Lines(file, found.encoding)
    rows = csv.reader(lines, delimiter=found.delimiter)
    while lines.read < header_line:
        next(rows)
    seen: list[set[str]] = [set() for _group in groups]
    begins, line, count = lines.offset, lines.read + 1, 0
    for row in rows:
        count += 1
        _note_twice(row, groups, seen, found.twice)
        if count == ROWS:
            found.stretches.append(Stretch(begins, line, count))
            found.rows += count
            begins, line, count = lines.offset, lines.read + 1, 0
    if count:
        found.stretches.append(Stretch(begins, line, count))
        found.rows += count


def _note_twice(row: list[str], groups: Sequence[Sequence[int]], seen: Sequence[set[str]], twice: set[str]) -> None:
    for number, places in enumerate(groups):
        if len(row) <= places[-1]:
            continue
        mark = name_of(number, [row[place] for place in places])
        if mark in seen[number]:
            twice.add(mark)
        else:
            seen[number].add(mark)


def name_of(group: int, cells: Sequence[str]) -> str:
    """Return what names a row in one group of columns, numbered by the group; empty where nothing does.

    Width, case and spaces do not count, and an id number is the same in its forms of 15 and of 18 places: rows that
    might be about one thing share a name. Two that share one by chance are only taken in the slower way.
    """
    text = "\x00".join(cells)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.replace(" ", "").lstrip("'`").upper()
    if len(text) == OLD and text.isdigit():
        text = f"{text[:6]}19{text[6:]}"
    return f"{group}{text[:17] if len(text) == PRESENT else text}" if text else ""
