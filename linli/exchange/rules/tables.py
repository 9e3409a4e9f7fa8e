"""A table as people send it: CSV in any usual encoding, XLSX with notes above its header and merged cells."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from linli.exchange.rules.refusals import TableRefusedError
from linli.kernel import api as kernel

LOOKED_AT = 20  # rows among which the header is looked for
SAMPLE = 1 << 18
DELIMITERS = ",\t;|"
BROKEN = "\ufffd"
Line = tuple[int, list[str]]
_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"[\d\s.,:/%-]*")


@dataclass
class Table:
    """Column names, and the rows below them as (line in the file, texts); a row is as long as the header."""

    header: list[str]
    rows: Iterator[Line]
    header_line: int = 1
    encoding: str = ""
    delimiter: str = ","


def read_table(content: bytes, *, known: Collection[str] = ()) -> Table:
    """Return the table of a file. `known` are column names that a header is likely to hold.

    Raises TableRefusedError for what is no table.
    """
    file = io.BytesIO(content)
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        return _headed(_workbook(file), known)
    encoding = encoding_of(content[:SAMPLE])
    lines = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    delimiter = _delimiter(lines)
    rows = csv.reader(lines, delimiter=delimiter, strict=False)
    csv.field_size_limit(1 << 20)
    try:
        table = _headed(_csv_lines(rows), known)
    except csv.Error:
        raise TableRefusedError(_("This file is no table: it can't be cut into columns.")) from None
    table.encoding, table.delimiter = encoding, delimiter
    return table


def encoding_of(start: bytes) -> str:
    """Return how the beginning of a text is written: UTF-8 with or without a mark, UTF-16 with one, else GB18030."""
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    try:
        start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(start) - 4:  # a character that is cut off at the end is none of its faults
            return "gb18030"
    return "utf-8-sig"


def clean_head(text: str) -> str:
    """Return a column name without line breaks and spaces at its ends."""
    return _SPACE.sub(" ", text).strip()


def _delimiter(lines: IO[str]) -> str:
    line = lines.readline(SAMPLE)
    lines.seek(0)
    return max(DELIMITERS, key=line.count)


def _csv_lines(rows: Any) -> Iterator[Line]:
    while True:
        first = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield first, [BROKEN]
            continue
        yield first, [kernel.true_cell(cell) for cell in row]


def _workbook(file: IO[bytes]) -> Iterator[Line]:
    try:
        book = CalamineWorkbook.from_filelike(file)
        sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
        sheet = max(sheets, key=lambda one: one.total_height * one.total_width)
        rows = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    except (CalamineError, ValueError):
        raise TableRefusedError(_("This file can't be opened as a workbook.")) from None
    for (top, left), (bottom, right) in merged:
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for place in range(top, min(bottom + 1, len(rows))):
            rows[place][left : right + 1] = [value] * (min(right + 1, len(rows[place])) - left)
    return ((number, [text_of(cell) for cell in row]) for number, row in enumerate(rows, start=1))


def text_of(value: Any) -> str:
    """Return a cell as text: whole numbers without a point, days as ISO days."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return kernel.true_cell(str(value))


def _headed(lines: Iterator[Line], known: Collection[str]) -> Table:
    """Find the header among the first rows: names that are known, else the fullest row of different words."""
    first = list(islice(lines, LOOKED_AT))
    if not any(any(cell.strip() for cell in row) for _line, row in first):
        raise TableRefusedError(_("This file is empty."))
    names = {clean_head(name) for name in known}
    best = max(range(len(first)), key=lambda place: (_likeness(first[place][1], names), -place))
    line, row = first[best]
    header = [clean_head(cell) for cell in row]
    while header and not header[-1]:
        header.pop()
    if not _likeness(row, names)[1] or BROKEN in header:
        raise TableRefusedError(_("No row of this file looks like the names of its columns."))
    return Table(_apart(header), _fitted(chain(first[best + 1 :], lines), len(header)), line)


def _likeness(row: Sequence[str], known: Collection[str]) -> tuple[int, int]:
    cells = [clean_head(cell) for cell in row]
    words = {cell for cell in cells if cell and not _FIGURE.fullmatch(cell) and len(cell) <= 40}  # noqa: PLR2004  a name
    return len(words & set(known)), len(words)


def _apart(header: Sequence[str]) -> list[str]:
    """Give a number to what is called the same or not at all, so that each column has a name of its own."""
    found: list[str] = []
    for place, name in enumerate(header, start=1):
        own, turn = name or f"#{place}", 2
        while own in found:
            own, turn = f"{name}#{turn}", turn + 1
        found.append(own)
    return found


def _fitted(lines: Iterator[Line], width: int) -> Iterator[Line]:
    for line, row in lines:
        if any(cell and not cell.isspace() for cell in row):
            yield line, row if len(row) == width else [*row[:width], *[""] * (width - len(row))]
