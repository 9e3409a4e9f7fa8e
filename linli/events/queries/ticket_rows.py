"""The rows of a hotline file: CSV (UTF-8 or GB 18030, also gzipped) and XLSX, one at a time with their line."""

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import python_calamine


class FileRefusedError(ValueError):
    """The file can't be read as a table; the message says why."""


@dataclass(frozen=True)
class Sheet:
    """A table: its header, and its rows as (line in the file, cells by column)."""

    header: list[str]
    rows: Iterator[tuple[int, dict[str, str]]]


def read_sheet(content: bytes, name: str) -> Sheet:
    """Return the table in a file. Raises FileRefusedError."""
    cells = _xlsx(content) if content[:2] == b"PK" else _csv(content)
    header = next((row for row in cells if any(cell.strip() for cell in row[1])), None)
    if header is None:
        raise FileRefusedError(name)
    names = [cell.strip() for cell in header[1]]
    return Sheet(names, _rows(cells, names))


def read_file(path: Path) -> Sheet:
    """Return the table in a file on disk."""
    return read_sheet(path.read_bytes(), path.name)


def _rows(cells: Iterator[tuple[int, list[str]]], names: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for line, row in cells:
        if any(cell.strip() for cell in row):
            yield line, dict(zip(names, [*row, *[""] * (len(names) - len(row))], strict=False))


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    raw = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    reader = csv.reader(io.StringIO(_decoded(raw), newline=""))
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as problem:
        raise FileRefusedError(str(problem)) from problem


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = "neither UTF-8 nor GB 18030"
    raise FileRefusedError(message)


def _xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python()
    except python_calamine.CalamineError as problem:
        raise FileRefusedError(str(problem)) from problem
    for line, row in enumerate(rows, start=1):
        yield line, [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
