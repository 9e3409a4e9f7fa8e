"""The official division tables as files: CSV, also gzipped, in UTF-8 or GB 18030.

Three kinds, told apart by their columns: counties (6-digit code, name, city, province), streets (9 digits), communities
(12 digits). Provinces and cities have no table of their own: they are read from the columns of the counties.
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Literal

from linli.regions.rules.codes import BadCodeError, level_of, pad
from linli.regions.rules.names import clean_name

Reason = Literal["columns", "encoding", "format", "code", "name"]
_LENGTHS = {"counties": 6, "streets": 9, "communities": 12}
_ORDER = ("counties", "streets", "communities")
_SUFFIXES = (".csv", ".csv.gz")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One division as a table has it. `line` counts from 1, the header included."""

    file: str
    line: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row (or, with line 0, a whole file) that cannot be taken, and why."""

    file: str
    line: int
    reason: Reason
    text: str


def table_files(path: Path) -> list[Path]:
    """Return the file itself, or the tables in a folder, those with the highest divisions first."""
    if path.is_file():
        return [path]
    kinds = {file: _kind_of(file) for file in sorted(path.iterdir()) if file.name.endswith(_SUFFIXES)}
    return sorted((file for file, kind in kinds.items() if kind), key=lambda file: _ORDER.index(str(kinds[file])))


def read_table(path: Path) -> Iterator[TableRow | BadRow]:
    """Yield the rows of one table, and for each row that cannot be taken the reason."""
    text = _decoded(path)
    if text is None:
        yield BadRow(path.name, 0, "encoding", "")
        return
    reader = csv.DictReader(StringIO(text, newline=""))
    kind = _kind(reader.fieldnames or ())
    if kind is None:
        yield BadRow(path.name, 1, "columns", ",".join(reader.fieldnames or ()))
        return
    try:
        for row in reader:
            yield from _rows(path.name, reader.line_num, kind, row)
    except csv.Error as error:
        yield BadRow(path.name, reader.line_num, "format", str(error))


def _rows(file: str, line: int, kind: str, row: dict[str, str | None]) -> Iterator[TableRow | BadRow]:
    code, name = (row.get("code") or "").strip(), clean_name(row.get("name") or "")
    if len(code) != _LENGTHS[kind] or not _is_code(code):
        yield BadRow(file, line, "code", code[:40])
    elif not name:
        yield BadRow(file, line, "name", (row.get("name") or "")[:40])
    else:
        if kind == "counties":
            yield from _above(file, line, code, row)
        yield TableRow(file, line, pad(code), name)


def _above(file: str, line: int, code: str, row: dict[str, str | None]) -> Iterator[TableRow]:
    for digits, column in ((2, "province"), (4, "city")):
        if name := clean_name(row.get(column) or ""):
            yield TableRow(file, line, pad(code[:digits]), name)


def _is_code(code: str) -> bool:
    try:
        level_of(pad(code))
    except BadCodeError:
        return False
    return True


def _kind(columns: object) -> str | None:
    names = set(columns) if isinstance(columns, (list, tuple)) else set()
    if not {"code", "name"} <= names:
        return None
    if "province" in names:
        return "counties"
    return "communities" if "streetCode" in names else "streets"


def _kind_of(path: Path) -> str | None:
    text = _decoded(path)
    return _kind(next(csv.reader(StringIO(text, newline="")), [])) if text else None


def _decoded(path: Path) -> str | None:
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError):
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
