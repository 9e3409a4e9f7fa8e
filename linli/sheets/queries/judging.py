"""Whether a file that came back says what the base says: each filled cell against one record, or one list, alone."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.registry import api as registry
from linli.sheets.models import Column, Form, Line, Part
from linli.sheets.queries.delivering import lines_of
from linli.sheets.queries.figures import behind
from linli.sheets.queries.filled import columns_of, is_asked, kind_of, paths_of
from linli.sheets.rules.cell_truth import Label, is_true
from linli.sheets.rules.counting import TOTAL
from linli.sheets.rules.grids import Grid
from linli.sheets.rules.reading import read_book

Record = Mapping[str, Any]


@dataclass(slots=True)
class Judged:
    """Filled cells that were compared, cells closed for the purpose, and those that say something else, in words.

    `empty` counts by column what was asked for and left empty.
    """

    cells: int = 0
    closed: int = 0
    wrong: list[str] = field(default_factory=list)
    empty: Counter[str] = field(default_factory=Counter)

    def see(self, is_right: bool, column: Column, row: int, cell: Any) -> None:
        """Count a cell."""
        self.cells += 1
        if not is_right:
            self.wrong.append(f"{column.label} {row + 1}: {cell!r}")


@transaction.atomic
def judge_form(form: Form, content: bytes, *, by: accounts.Actor, now: datetime) -> Judged:
    """Return how the cells of a delivered file stand to the base. Cards and rows of other sources are not compared."""
    book, judged, below = read_book(content, form.file_name), Judged(), dict[int, int]()
    for part in form.parts.order_by("place").select_related("form").prefetch_related("columns"):
        lines, moved = list(lines_of(part)), below.get(part.grid, 0)
        table = _Table(part, lines, book.grids[part.grid], part.first + moved)
        below[part.grid] = moved + max(0, len(lines) - (part.last - part.first + 1))
        judge = _judge_records if kind_of(part) else _judge_figures
        judge(judged, table, by, now)
    return judged


@dataclass(frozen=True, slots=True)
class _Table:
    """A part as it came back: its lines, the sheet, and the row where they begin."""

    part: Part
    lines: Sequence[Line]
    grid: Grid
    first: int

    def rows(self, columns: Sequence[Column]) -> Iterator[tuple[int, Line, dict[int, Any]]]:
        """Yield the place of each line, the line, and its cells as they stand in the file, by column."""
        for row, line in enumerate(self.lines):
            yield row, line, {one.index: self.grid.value(self.first + row, one.index) for one in columns}


def _judge_records(judged: Judged, table: _Table, by: accounts.Actor, now: datetime) -> None:
    part, columns = table.part, columns_of(table.part)
    asked = {one: _label_of(one) for one in columns if is_asked(one) and one.element}
    paths = paths_of(columns)
    for row, line, cells in table.rows(columns):
        record, closed = _record(part, line, paths, by, now)
        judged.closed += sum(one.element in closed for one in asked)
        for column, says in asked.items():
            if (cell := cells[column.index]) in {None, ""}:
                judged.empty[column.label] += 1
                continue
            value = record.get(column.element)
            judged.see(is_true(cell, value, column.transform, on=part.form.on, label=says), column, row, cell)
        for column in columns:
            if column.transform["kind"] == "row_number" and not column.transform.get("restarts"):
                judged.see(str(cells[column.index]) == str(row + 1), column, row, cells[column.index])


def _record(
    part: Part, line: Line, paths: Sequence[str], by: accounts.Actor, now: datetime
) -> tuple[Record, Collection[str]]:  # fmt: skip
    """Return what the base says of one record alone, path by path, and which paths are closed."""
    found = registry.look_for_form(
        kind=kind_of(part), ids=[line.row_id], paths=paths, by=by, purpose=part.form.purpose, now=now
    )  # fmt: skip
    return dict(zip(found.paths, next(iter(found.rows.values()), ()), strict=False)), found.closed


def _label_of(column: Column) -> Label:
    if column.transform["kind"] == "area":
        return _area_name
    return registry.words_of(kind=registry.kind_at(column.element), code=column.element.rpartition(".")[2])


def _area_name(code: str) -> str:
    grid = regions.Grid.objects.filter(code=code).first()
    found = None if grid else regions.division_by_code(code)
    return grid.name if grid else found.name if found else ""


def _judge_figures(judged: Judged, table: _Table, by: accounts.Actor, now: datetime) -> None:
    """Compare each number with how many are in the list behind it, and the name of each area."""
    part, columns = table.part, columns_of(table.part)
    for row, line, cells in table.rows(columns):
        for column in columns:
            cell, kind = cells[column.index], column.transform["kind"]
            if cell in {None, ""}:
                judged.empty[column.label] += is_asked(column)
            elif kind == "area":
                judged.see(cell == line.label, column, row, cell)
            elif kind == "count" and line.key != TOTAL and (wish := behind(line, column)):
                found = registry.choose_rows(wish=wish, by=by, purpose=part.form.purpose, now=now)
                judged.see(str(cell) == str(len(found)), column, row, cell)


__all__ = ["Judged", "judge_form"]
