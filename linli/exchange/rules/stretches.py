"""A large CSV file cut into stretches that several processes read on their own, and what speaks of one thing twice."""

import csv
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain, islice
from operator import methodcaller
from pathlib import Path
from typing import IO

import numpy as np
from django.utils.translation import gettext as _

from linli.exchange.rules.refusals import TableRefusedError
from linli.exchange.rules.repeats import Array, sorted_out
from linli.exchange.rules.tables import Line, encoding_of, read_table

ROWS = 4000
SAMPLE = 1 << 18
OLD, PRESENT = 15, 18  # places of an id number
APART = ",;\t"  # delimiters that are no part of a character in UTF-8 and GB18030


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows of a file: the byte at which they begin, the line of the first, how many rows.

    `single` are the lines of those that are taken one by one, `bundled` of those that are loaded with others that
    might be about the same thing. `picked` are such a bundle from anywhere in the file, (byte, line) of each row;
    then the stretch has no rows of its own, and a line behind the last of the file.
    """

    offset: int
    line: int
    rows: int
    single: frozenset[int] = frozenset()
    bundled: frozenset[int] = frozenset()
    picked: tuple[tuple[int, int], ...] = ()

    def one_by_one(self) -> "Stretch":
        """Return the stretch with all that is spoken of twice taken one by one."""
        return replace(self, single=self.single | self.bundled, bundled=frozenset())


@dataclass
class Scanned:
    """A file read through once: its header, its stretches, and bundles of rows that might be about one thing."""

    header: list[str]
    encoding: str
    delimiter: str
    mark: str
    rows: int = 0
    stretches: list[Stretch] = field(default_factory=list)
    bundles: list[Stretch] = field(default_factory=list)


def scan(path: Path, *, known: Sequence[str], columns: Callable[[list[str]], Sequence[Sequence[int]]]) -> Scanned:
    """Read a CSV file through. `columns` says of a header which groups of places name a row, each on its own.

    The first group is the key of the source, empty where a row is known there by its number.

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
            yield line, _fitted(row, width)
            line = stretch.line + rows.line_num
        for offset, at in stretch.picked:
            file.seek(offset)
            row = next(csv.reader(_texts(file, encoding), delimiter=delimiter))
            yield at, _fitted(row, width)


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
            yield line, _fitted(row, width)
            at = line + rows.line_num


def _fitted(row: list[str], width: int) -> list[str]:
    return row if len(row) == width else [*row[:width], *[""] * (width - len(row))]


def _texts(file: Iterable[bytes], encoding: str) -> Iterator[str]:
    """Yield the lines of a file as text, none read ahead."""
    return map(methodcaller("decode", _codec(encoding), "replace"), file)


def _codec(encoding: str) -> str:
    """Return the encoding of a line, which has no mark of the order of bytes before it."""
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _scan_rows(file: IO[bytes], found: Scanned, header_line: int, groups: Sequence[Sequence[int]]) -> None:
    rows = csv.reader(_texts(file, found.encoding), delimiter=found.delimiter)
    while rows.line_num < header_line:
        next(rows)
    begins, lines, names = array("q"), array("q"), [array("q") for _group in groups]
    named = list(zip(groups, names, strict=True))
    for cells, begin, line in _cells(file, found, rows.line_num + 1, max(chain(*groups), default=0)):
        for places, own in named:
            own.append(hash(name_of([cells[place] for place in places])))
        begins.append(begin)
        lines.append(line)
    found.rows = len(lines)
    at = np.stack([np.array(begins), np.array(lines)], axis=1)
    _cut(found, at, *sorted_out([np.array(own) for own in names], is_keyed=bool(groups[0]), most=ROWS))


def _cells(file: IO[bytes], found: Scanned, line: int, last: int) -> Iterator[tuple[list[str], int, int]]:
    """Yield the cells of each row up to a place, and its byte and line; a line without quotes is only cut."""
    encoding = _codec(found.encoding)
    is_cut, delimiter = found.delimiter in APART, found.delimiter.encode()
    begin = file.tell()
    for text in file:
        if is_cut and b'"' not in text:
            parts = text.rstrip(b"\r\n").split(delimiter, last + 1)[: last + 1]
            row = [part.decode(encoding, "replace") for part in parts]
            end, after = begin + len(text), line + 1
        else:
            rows = csv.reader(_texts(chain((text,), file), encoding), delimiter=found.delimiter)
            row = next(rows)
            end, after = file.tell(), line + rows.line_num
        yield _fitted(row, last + 1), begin, line
        begin, line = end, after


def _cut(found: Scanned, at: Array, single: Sequence[int], bundles: Sequence[Sequence[int]]) -> None:
    """Cut the rows that begin at (byte, line) into stretches, and note what is taken in another way."""
    lines = at[:, 1]
    is_single, is_bundled = np.zeros(len(at), dtype=bool), np.zeros(len(at), dtype=bool)
    is_single[single], is_bundled[[place for bundle in bundles for place in bundle]] = True, True
    for first in range(0, len(at), ROWS):
        part = slice(first, first + ROWS)
        offset, line = at[first].tolist()
        one, more = (frozenset(lines[part][which[part]].tolist()) for which in (is_single, is_bundled))
        found.stretches.append(Stretch(offset, line, len(lines[part]), one, more))
    found.bundles = [
        Stretch(0, int(lines[-1]) + number, 0, picked=tuple(map(tuple, at[bundle].tolist())))
        for number, bundle in enumerate(bundles, 1)
    ]


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
