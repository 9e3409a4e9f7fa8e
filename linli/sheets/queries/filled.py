"""A form as it stands: the rows of a part with every cell's value, where it comes from, and what is missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.models import Answer, Column, Line, Part
from linli.sheets.rules.deriving import derived_rows
from linli.sheets.rules.wording import KIND_OF_TABLE

SIZE = 25
OF_ROW = frozenset({"row_number", "sum", "difference", "ratio", "constant"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, how it came about, and that said for who asks.

    `state` is known, typed, stale, gap, closed or hand.
    """

    column: UUID
    text: str
    state: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FilledLine:
    """One row of a part with its cells."""

    id: UUID
    place: int
    entity_id: UUID
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for some lines: the values as they are kept beside those typed, and the values as they are written.

    `rows` and `found` follow the lines; `typed` holds what somebody typed, by (line, column).
    """

    columns: Sequence[Column]
    lines: Sequence[Line]
    found: registry.Found
    typed: Mapping[tuple[UUID, UUID], str]
    rows: Sequence[Sequence[Any]]


def columns_of(part: Part) -> list[Column]:
    """Return the columns of a part in the order of the grid."""
    return sorted(part.columns.all(), key=lambda one: one.index)


def kind_of(part: Part) -> str:
    """Return the kind of record that a row of a part stands for; "" where rows are no records."""
    return KIND_OF_TABLE.get(part.kind, "")


def page_of(part: Part, cursor: str | None) -> "kernel.Page[Line]":
    """Return a page of the lines of a part that are not left out. Raises CursorError."""
    return kernel.keyset_page(part.lines.filter(left_out=""), order=("place", "id"), cursor=cursor, size=SIZE)


def typed_in(lines: Sequence[Line]) -> dict[tuple[UUID, UUID], str]:
    """Return what was typed into the cells of these lines; the newest of each. One query."""
    ids = "{" + ",".join([str(one.pk) for one in lines]) + "}"  # one array: each of thousands of parameters costs
    among = RawSQL("SELECT unnest(%s::uuid[])", [ids])
    return _newest(Answer.objects.filter(line_id__in=among))


def _newest(rows: "QuerySet[Answer]") -> dict[tuple[UUID, UUID], str]:
    places = ("line_id", "column_id")
    newest = rows.order_by(*places, "-id").distinct(*places)
    return {(one.line_id, one.column_id): one.value.reveal() for one in newest}


def written(
    columns: Sequence[Column], lines: Sequence[Line], found: registry.Found,
    typed: Mapping[tuple[UUID, UUID], str], *, on: date,
) -> list[list[Any]]:  # fmt: skip
    """Return each line as the form asks for it; what was typed stands as it was typed."""
    place = {path: index for index, path in enumerate(found.paths)}
    nothing: tuple[Any, ...] = (None,) * len(found.paths)
    kept = [found.rows.get(one.entity_id, nothing) for one in lines]
    asked = [place.get(one.element, -1) for one in columns]  # -1: the nothing behind each row
    values = [[whole[at] for at in asked] for whole in ((*row, None) for row in kept)]
    made = derived_rows([one.transform for one in columns], values, on=on, labels=[label_of(one) for one in columns])
    if not typed:
        return list(made)
    return [
        [typed.get((line.pk, column.pk), value) for column, value in zip(columns, row, strict=True)]
        for line, row in zip(lines, made, strict=True)
    ]  # fmt: skip


def cells_of(reading: Reading) -> list[FilledLine]:
    """Return lines with their cells in words, each with how it came about."""
    place = {path: index for index, path in enumerate(reading.found.paths)}
    shown = []
    for line, row in zip(reading.lines, reading.rows, strict=True):
        origins = reading.found.origins.get(line.entity_id, ())
        cells = tuple(
            _cell(column, value, origins[place[column.element]] if column.element and origins else None,
                  typed=(line.pk, column.pk) in reading.typed, closed=reading.found.closed.get(column.element, ""))
            for column, value in zip(reading.columns, row, strict=True)
        )  # fmt: skip
        shown.append(FilledLine(line.pk, line.place, line.entity_id, cells))
    return shown


def paths_of(columns: Sequence[Column]) -> list[str]:
    """Return the paths that columns ask for, each once."""
    return list(dict.fromkeys(one.element for one in columns if one.element))


def read_lines(
    part: Part, lines: Sequence[Line], *, by: accounts.Actor, now: datetime, read: Callable[..., registry.Found]
) -> Reading:
    """Return lines as they stand, read by `registry.fill`, or `registry.look_for_form` for what is recorded later."""
    columns, typed = columns_of(part), typed_in(lines)
    found = read(
        kind=kind_of(part), ids=[one.entity_id for one in lines], paths=paths_of(columns), by=by,
        purpose=part.form.purpose, now=now, with_origins=True,
    )  # fmt: skip
    return Reading(columns, lines, found, typed, written(columns, lines, found, typed, on=part.form.on))


def label_of(column: Column) -> Callable[[str], str]:
    """Return what says a kept value of a column in words."""
    led = registry.along(column.element) if column.element else None
    if led is None:
        return str
    _words, kind, code = led
    return lambda value: registry.in_words(kind=kind, code=code, value=value)


def is_asked(column: Column) -> bool:
    """Tell whether the form asks for something here that is not left for a hand on paper."""
    return bool(column.element) or column.transform["kind"] in OF_ROW


def is_gap(cell: Cell) -> bool:
    """Tell whether somebody should be asked."""
    return cell.state in {"gap", "stale"}


def _cell(column: Column, value: Any, origin: registry.Origin | None, *, typed: bool, closed: str) -> Cell:
    text = "" if value is None else str(value)
    state, hint = _state(column, text, origin, typed=typed, closed=closed)
    return Cell(column.pk, "" if state == "closed" else text, state, hint)


def _state(
    column: Column, text: str, origin: registry.Origin | None, *, typed: bool, closed: str
) -> tuple[str, str]:  # fmt: skip
    """Return how a cell came about, and that in words."""
    if typed or closed:
        return ("typed", _("typed by hand")) if typed else ("closed", closed)
    if not column.element:
        return ("known" if text or column.transform["kind"] in OF_ROW else "hand"), ""
    if not text:
        return "gap", _("The base does not know it.")
    hint = f"{origin.source} · {origin.at:%Y-%m-%d}" if origin else ""
    return ("stale" if origin and origin.freshness == "stale" else "known"), hint
