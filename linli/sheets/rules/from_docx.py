"""The tables of a DOCX as grids, with the paragraphs that stand around them."""

import io
from collections.abc import Sequence
from typing import Any

from linli.sheets.rules.archives import broken, too_large
from linli.sheets.rules.cells import even_rows
from linli.sheets.rules.grids import Book, Grid, Span, Value

MOST_ROWS, MOST_COLUMNS, MOST_AROUND = 20_000, 1_000, 12
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"  # ISO/IEC 29500-1


def read_docx(content: bytes) -> Book:
    """Return the tables of a text document. Raises SheetRefusedError."""
    from docx import Document  # noqa: PLC0415  slow to import, and few send text documents

    try:
        body = Document(io.BytesIO(content)).element.body
    except (KeyError, ValueError, OSError, SyntaxError):
        raise broken() from None
    grids: list[Grid] = []
    words: list[str] = []
    for block in body.iterchildren():
        if block.tag == f"{W}p":
            words += [text] if (text := _text(block)) else []
        elif block.tag == f"{W}tbl":
            grids = _followed(grids, words)
            grids.append(_grid(block, tuple(words[-MOST_AROUND:]), len(grids)))
            words = []
    return Book("docx", tuple(_followed(grids, words)))


def _followed(grids: list[Grid], words: Sequence[str]) -> list[Grid]:
    """Let the last table know the paragraphs below it."""
    if not grids:
        return grids
    last = grids[-1]
    after = Grid(last.name, last.rows, last.merges, above=last.above, below=tuple(words[:MOST_AROUND]),
                 last_row=last.last_row, index=last.index)  # fmt: skip
    return [*grids[:-1], after]


def _grid(table: Any, above: tuple[str, ...], index: int) -> Grid:
    lines = list(table.iterchildren(f"{W}tr"))
    if len(lines) > MOST_ROWS:
        raise too_large()
    rows: list[list[Value]] = []
    spans: dict[tuple[int, int], tuple[int, int]] = {}  # the first cell of each merged range: its last row and column
    open_above: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        cells, continued = _line(line, number, spans, open_above)
        rows.append(cells)
        open_above = continued
    merges = [Span(row, column, last, right) for (row, column), (last, right) in spans.items()
              if (last, right) != (row, column)]  # fmt: skip
    made = even_rows(rows, merges)
    name = above[-1] if above else ""
    return Grid(name, made, tuple(sorted(merges)), above=above, last_row=len(rows) - 1, index=index)


def _line(
    line: Any, number: int, spans: dict[tuple[int, int], tuple[int, int]], above: dict[int, tuple[int, int]]
) -> tuple[list[Value], dict[int, tuple[int, int]]]:
    """Return the cells of a row; those that continue a cell above widen its range."""
    cells: list[Value] = [None] * _skipped(line)
    current: dict[int, tuple[int, int]] = {}
    for cell in line.iterchildren(f"{W}tc", f"{W}sdt"):
        cell = cell if cell.tag == f"{W}tc" else next(cell.iter(f"{W}tc"), None)  # noqa: PLW2901  a form field
        if cell is None or len(cells) >= MOST_COLUMNS:
            continue
        column, wide = len(cells), _width(cell)
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        continues = merged is not None and merged.get(f"{W}val") != "restart"
        origin = above.get(column, (number, column)) if continues else (number, column)
        spans[origin] = (number, column + wide - 1)
        current[column] = origin
        cells += [None if continues and column in above else _text(cell) or None] + [None] * (wide - 1)
    return cells, current


def _skipped(line: Any) -> int:
    before = line.find(f"{W}trPr/{W}gridBefore")
    return min(int(before.get(f"{W}val", "0")), MOST_COLUMNS) if before is not None else 0


def _width(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return max(1, min(int(span.get(f"{W}val", "1")), MOST_COLUMNS)) if span is not None else 1


def _text(block: Any) -> str:
    found: list[str] = []
    for one in block.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}p"):
        found.append(one.text or "" if one.tag == f"{W}t" else "\n" if found else "")
    return "".join(found).strip()


__all__ = ["read_docx"]
