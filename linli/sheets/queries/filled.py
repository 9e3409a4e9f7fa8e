"""A form as it stands: the rows of a part with every cell's value, where it comes from, and what is missing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.models import Answer, Column, Line, Part
from linli.sheets.queries.area_names import area_namer
from linli.sheets.queries.bounds import closed_by_basis
from linli.sheets.rules.counting import COUNTED
from linli.sheets.rules.deriving import Label, derived_columns
from linli.sheets.rules.wording import KIND_OF_TABLE

SIZE, MANY, AREAS = 25, 1000, ("division:", "grid:")
NAMES = (".name", ".head_name", ".label", ".address")  # by which element a row is called
OF_ROW = frozenset({"row_number", "sum", "difference", "ratio", "constant"})


class SlimLine(NamedTuple):
    """A line with no more than reading it needs; of a list within a card also on whose card it stands."""

    pk: UUID
    entity_id: UUID
    card: UUID | None = None

    @property
    def row_id(self) -> UUID:
        """The record."""
        return self.entity_id


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, how it came about, and that said for who asks.

    `state` is known, typed, stale, gap, closed or hand. `has_list` says that a list is behind a number,
    `differs` that sources do not say the same; `before` is what the last issue of the ledger said, where that is other.
    """

    column: UUID
    text: str
    state: str
    hint: str = ""
    has_list: bool = False
    differs: bool = False
    before: str | None = None


@dataclass(frozen=True, slots=True)
class FilledLine:
    """One row of a part with its cells."""

    id: UUID
    place: int
    entity_id: UUID
    cells: tuple[Cell, ...]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for some lines: the values as they are kept beside those typed, and the values as they are written.

    `rows` and `found` follow the lines; `typed` holds what somebody typed, by (line, column); `closed` says why a
    column is not given out, `hints` how a typed value came about.
    """

    columns: Sequence[Column]
    lines: Sequence[Line]
    found: registry.Found
    typed: Mapping[tuple[UUID, UUID], str]
    rows: Sequence[Sequence[Any]]
    closed: Mapping[UUID, str] = field(default_factory=dict)
    hints: Mapping[tuple[UUID, UUID], str] = field(default_factory=dict)


def columns_of(part: Part) -> list[Column]:
    """Return the columns of a part in the order of the grid."""
    return sorted(part.columns.all(), key=lambda one: one.index)


def kind_of(part: Part) -> str:
    """Return the kind of record that a row of a part stands for; "" where rows are no records."""
    return KIND_OF_TABLE.get(part.kind, "")


def page_of(part: Part, cursor: str | None) -> "kernel.Page[Line]":
    """Return a page of the lines of a part that are not left out. Raises CursorError."""
    return kernel.keyset_page(part.lines.filter(left_out=""), order=("place", "id"), cursor=cursor, size=SIZE)


def answers_in(lines: Sequence[Line], columns: Sequence[Column] = ()) -> dict[tuple[UUID, UUID], Answer]:
    """Return what was typed or chosen in the cells of these lines; the newest of each.

    One query; of thousands of lines first whether there is anything at all in these columns.
    """
    if len(lines) > MANY and columns and not Answer.objects.filter(column__in=columns).exists():
        return {}
    ids = "{" + ",".join([str(one.pk) for one in lines]) + "}"  # one array: each of thousands of parameters costs
    among = RawSQL("SELECT unnest(%s::uuid[])", [ids])
    newest = _newest(Answer.objects.filter(line_id__in=among)).select_related("by")
    return {(one.line_id, one.column_id): one for one in newest}


def typed_in(lines: Sequence[Line]) -> dict[tuple[UUID, UUID], str]:
    """Return the same as values."""
    return {place: one.value.reveal() for place, one in answers_in(lines).items()}


def _newest(rows: "QuerySet[Answer]") -> "QuerySet[Answer]":
    places = ("line_id", "column_id")
    return rows.order_by(*places, "-id").distinct(*places)


def written(
    columns: Sequence[Column], lines: Sequence[Line], found: registry.Found,
    typed: Mapping[tuple[UUID, UUID], str], *, on: date, labels: Sequence[Label] = (), closed: Collection[UUID] = (),
) -> list[list[Any]]:  # fmt: skip
    """Return each line as the form asks for it; what was typed stands as it was typed.

    `labels` are what `label_of` says of each column, for whoever asks for many times a few lines; `closed` columns stay
    empty.
    """
    kept = in_order(lines, found.rows, (None,) * len(found.paths))
    if not kept:
        return []
    by_path = dict(zip(found.paths, zip(*kept, strict=True), strict=True))
    unknown = (None,) * len(kept)
    values = [unknown if one.pk in closed else by_path.get(one.element, unknown) for one in columns]
    words = labels or [label_of(one) for one in columns]
    by_column = derived_columns(transforms_of(columns), values, on=on, labels=words)
    made = [list(row) for row in zip(*by_column, strict=True)]
    for line, row in zip(lines, made, strict=True) if typed else ():
        row[:] = [typed.get((line.pk, column.pk), value) for column, value in zip(columns, row, strict=True)]
    return made


def in_order(
    lines: Sequence[Line], found: Mapping[UUID, tuple[Any, ...]], nothing: tuple[Any, ...]
) -> list[tuple[Any, ...]]:
    """Return what was read for each line, in their order; nothing for who is out of sight."""
    if len(found) == len(lines):  # all were read, in the order in which they were asked for
        return list(found.values())
    return [found.get(one.row_id, nothing) for one in lines]


def transforms_of(columns: Sequence[Column]) -> list[Mapping[str, Any]]:
    """Return what makes each column, with other columns of the row named by their place in the list."""
    places = {one.index: at for at, one in enumerate(columns)}
    return [
        {**one.transform, "columns": [places[at] for at in one.transform["columns"] if at in places]}
        if "columns" in one.transform else one.transform
        for one in columns
    ]  # fmt: skip


def cells_of(reading: Reading, differing: Mapping[UUID, Collection[str]] | None = None) -> list[FilledLine]:
    """Return lines with their cells in words, each with how it came about. `differing` are paths by record."""
    place = {path: index for index, path in enumerate(reading.found.paths)}
    shown = []
    for line, row in zip(reading.lines, reading.rows, strict=True):
        origins = reading.found.origins.get(line.row_id, ())
        differ = (differing or {}).get(line.row_id, ())
        cells = tuple(
            _cell(column, value, origins[place[column.element]] if column.element in place and origins else None,
                  hint=reading.hints.get((line.pk, column.pk), _("typed by hand"))
                  if (line.pk, column.pk) in reading.typed else "",
                  closed=_closed(reading, column), has_list=line.key.startswith(AREAS),
                  differs=column.element in differ)
            for column, value in zip(reading.columns, row, strict=True)
        )  # fmt: skip
        shown.append(FilledLine(line.pk, line.place, line.row_id, cells))
    return shown


def closed_in(reading: Reading) -> list[tuple[str, str]]:
    """Return the columns that are not given out for the purpose, as (header, why)."""
    return [(one.label, why) for one in reading.columns if (why := _closed(reading, one))]


def _closed(reading: Reading, column: Column) -> str:
    return reading.found.closed.get(column.element, "") or reading.closed.get(column.pk, "")


def paths_of(columns: Sequence[Column], closed: Collection[UUID] = ()) -> list[str]:
    """Return the paths that columns ask for, each once; nothing is read for those that are closed."""
    return list(dict.fromkeys(one.element for one in columns if one.element and one.pk not in closed))


def read_lines(
    part: Part, lines: Sequence[Line], *, by: accounts.Actor, now: datetime, read: Callable[..., registry.Found]
) -> Reading:
    """Return lines as they stand, read by `registry.fill`, or `registry.look_for_form` for what is recorded later."""
    columns = columns_of(part)
    closed = closed_by_basis(part.form, columns)
    answers = answers_in(lines, columns)
    typed = {place: one.value.reveal() for place, one in answers.items()}
    found = read(
        kind=kind_of(part), ids=[one.entity_id for one in lines], paths=paths_of(columns, closed), by=by,
        purpose=part.form.purpose, now=now, with_origins=True,
    )  # fmt: skip
    rows = written(columns, lines, found, typed, on=part.form.on, closed=closed)
    hints = {place: hint_of(one) for place, one in answers.items()}
    return Reading(columns, lines, found, typed, rows, closed, hints)


def hint_of(answer: Answer) -> str:
    """Return how a value came into a cell by a hand."""
    said = {"who": answer.by.name if answer.by else "Linli", "day": f"{timezone.localtime(answer.at):%Y-%m-%d}"}
    if answer.chosen_from:
        return _("chosen from “%(source)s” by %(who)s, %(day)s") % {**said, "source": answer.chosen_from}
    if answer.said_on:
        return _("carried over from the last issue; typed on %(day)s") % {"day": answer.said_on.isoformat()}
    return _("typed by %(who)s, %(day)s") % said


def name_of(columns: Sequence[Column], row: Sequence[Any]) -> str:
    """Return what somebody would call a row: a name, else an address; "" where neither is asked for."""
    said = [str(value) for end in NAMES for column, value in zip(columns, row, strict=True)
            if value and column.element.endswith(end) and column.element.count(".") == 1]  # fmt: skip
    return next(iter(said), "")


def label_of(column: Column) -> Label:
    """Return what says a kept value of a column in words; of an area the part that the column asks for."""
    if column.transform["kind"] == "area":
        return area_namer(str(column.transform.get("level", "")))
    led = registry.along(column.element) if column.element else None
    if led is None:
        return str
    _words, kind, code = led
    return registry.words_of(kind=kind, code=code)


def is_asked(column: Column) -> bool:
    """Tell whether the form asks for something here that is not left for a hand on paper."""
    return bool(column.element) or column.transform["kind"] in OF_ROW | COUNTED


def is_gap(cell: Cell) -> bool:
    """Tell whether somebody should be asked."""
    return cell.state in {"gap", "stale"}


def _cell(
    column: Column, value: Any, origin: registry.Origin | None, *, hint: str, closed: str, has_list: bool, differs: bool
) -> Cell:  # fmt: skip
    text = "" if value is None else str(value)
    is_said = bool(text) or (
        value is not None and column.transform["kind"] == "flag"
    )  # of √ and nothing, no is nothing
    state, words = _state(column, origin, is_said=is_said, hint=hint, closed=closed)
    counts = has_list and column.transform["kind"] in COUNTED and state == "known" and text not in {"", "0"}
    return Cell(column.pk, "" if state == "closed" else text, state, words, counts, differs and state != "closed")


def _state(
    column: Column, origin: registry.Origin | None, *, is_said: bool, hint: str, closed: str
) -> tuple[str, str]:  # fmt: skip
    """Return how a cell came about, and that in words."""
    if hint or closed:
        return ("typed", hint) if hint else ("closed", closed)
    if not column.element or column.transform["kind"] == "area":
        return ("known" if is_said or column.transform["kind"] in OF_ROW else "hand"), ""
    if not is_said:
        return "gap", _("The base does not know it.")
    words = f"{origin.source} · {origin.at:%Y-%m-%d}" if origin else ""
    return ("stale" if origin and origin.freshness == "stale" else "known"), words
