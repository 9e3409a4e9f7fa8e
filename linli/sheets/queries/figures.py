"""A table by area as it stands: numbers counted from the base, sums of other columns, rows that add up the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets.models import Column, Line, Part
from linli.sheets.queries.areas import level_of
from linli.sheets.queries.bounds import closed_by_basis
from linli.sheets.queries.filled import Reading, columns_of, transforms_of, typed_in
from linli.sheets.rules.counting import COUNTED, TOTAL, added_up, figure_of
from linli.sheets.rules.deriving import derived_rows
from linli.sheets.rules.refusals import FormRefusedError


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A tally by place of the column and key of the line."""

    numbers: Mapping[tuple[int, str], int | float]
    closed: Mapping[int, str]
    read: tuple[str, ...]
    grades: tuple[int, ...]


def read_figures(part: Part, lines: Sequence[Line], *, by: accounts.Actor, now: datetime) -> Reading:
    """Return lines of a table by area with their numbers; a query for each kind of record and level of areas."""
    columns, whole = columns_of(part), list(part.lines.filter(left_out="").order_by("place", "id"))
    typed, tallies = typed_in(whole), _tallied(part, columns, whole, by, now)
    made = dict(zip([one.pk for one in whole], _rows(part, columns, whole, typed, tallies), strict=True))
    closed = closed_by_basis(part.form, columns)
    closed |= {columns[at].pk: words for tally in tallies for at, words in tally.closed.items()}
    found = registry.Found(
        paths=(), closed={}, rows={}, read=tuple(dict.fromkeys(one for tally in tallies for one in tally.read)),
        grades=tuple(one for tally in tallies for one in tally.grades),
    )  # fmt: skip
    return Reading(columns, lines, found, typed, [made[one.pk] for one in lines], closed)


def counted_now(
    part: Part, figure: registry.Figure, *, purpose: str, by: accounts.Actor, now: datetime
) -> list[tuple[str, int | float]]:
    """Return what a figure is in each row of a table, as (name of the area, number): before it is kept.

    Raises FormRefusedError where a condition goes beyond what the viewer reads for the purpose.
    """
    lines = part.lines.filter(left_out="").order_by("place", "id")
    named = [(one.label, level_of(one.key)) for one in lines] or [_whole(part)]
    found: list[tuple[str, int | float]] = []
    for level in dict.fromkeys(level for _name, (level, _area) in named if level):
        areas = {area: name for name, (of, area) in named if of == level}
        tally = registry.tally(
            figures=[figure], level=level, areas=list(areas), by=by, purpose=purpose, now=now, on=part.form.on,
            case=part.form.number,
        )  # fmt: skip
        if tally.closed:
            raise FormRefusedError(tally.closed[0])
        found += [(areas[area], number) for (_at, area), number in tally.numbers.items()]
    return found


def _whole(part: Part) -> tuple[str, tuple[str, int]]:
    """Return the area that a form is filled for, as long as no rows are chosen."""
    division = part.form.division
    return division.name, level_of(f"division:{division.pk}")


def behind(line: Line, column: Column) -> registry.Wish | None:
    """Return who or what is behind a number, as a wish; None where nothing was counted."""
    figure, (level, area) = figure_of(column.transform), level_of(line.key)
    if figure is None or not level:
        return None
    grid, division = (area, None) if level == "grid" else (None, area)
    conditions = (*figure.where, *([(figure.total, "known", "")] if figure.total else []))
    return registry.Wish(
        figure.kind, division_id=division, grid_id=grid, where=conditions, on=line.part.form.on, at_home=True
    )


def _tallied(
    part: Part, columns: Sequence[Column], lines: Sequence[Line], by: accounts.Actor, now: datetime
) -> list[_Numbers]:
    """Return the numbers, a tally for each level, with places and areas as columns and lines have them."""
    figures = {at: one for at, column in enumerate(columns) if (one := figure_of(column.transform))}
    places, levels = list(figures), dict[str, list[int]]()
    for line in lines:
        level, area = level_of(line.key)
        if level:
            levels.setdefault(level, []).append(area)
    tallies = []
    for level, areas in levels.items() if figures else ():
        tally = registry.tally(
            figures=list(figures.values()), level=level, areas=areas, by=by, purpose=part.form.purpose, now=now,
            on=part.form.on, case=part.form.number,
        )  # fmt: skip
        numbers = {(places[at], _key(level, area)): number for (at, area), number in tally.numbers.items()}
        closed = {places[at]: why for at, why in tally.closed.items()}
        tallies.append(_Numbers(numbers, closed, tally.read, tally.grades))
    return tallies


def _rows(
    part: Part, columns: Sequence[Column], lines: Sequence[Line], typed: Mapping[tuple[UUID, UUID], str],
    tallies: Sequence[_Numbers],
) -> list[list[Any]]:  # fmt: skip
    numbers: dict[tuple[int, str], int | float] = {}
    for one in tallies:
        numbers.update(one.numbers)
    kept = [[_kept(column, at, line, numbers) for at, column in enumerate(columns)] for line in lines]
    adding = [at for at, one in enumerate(columns) if one.transform["kind"] in COUNTED]
    sums = added_up([row for row, line in zip(kept, lines, strict=True) if line.key != TOTAL], adding)
    for row, line in zip(kept, lines, strict=True):
        if line.key == TOTAL:
            row[:] = [sums.get(at, value) for at, value in enumerate(row)]
    made = derived_rows(transforms_of(columns), kept, on=part.form.on, labels=[str] * len(columns))
    return [
        [typed.get((line.pk, column.pk), value) for column, value in zip(columns, row, strict=True)]
        for line, row in zip(lines, made, strict=True)
    ]


def _kept(column: Column, at: int, line: Line, numbers: Mapping[tuple[int, str], int | float]) -> Any:
    if column.transform["kind"] == "area":
        return line.label
    return numbers.get((at, line.key)) if column.transform["kind"] in COUNTED else None


def _key(level: str, area: int) -> str:
    return f"grid:{area}" if level == "grid" else f"division:{area}"


__all__ = ["behind", "counted_now", "read_figures"]
