"""What `linli bench sheet` needs done inside its own database: a form as issuers send it, filled both ways."""

import io
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets import api as sheets

ROOM, FIRST, NAME = 5, 4, "Sheet"
COLUMNS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("name", "person.name", {"kind": "row_number"}),
    ("name", "person.name", {"kind": "text"}),
    ("sex", "person.sex", {"kind": "code"}),
    ("ethnic", "person.ethnic", {"kind": "code"}),
    ("birth_date", "person.birth_date", {"kind": "date"}),
    ("birth_date", "person.birth_date", {"kind": "age"}),
    ("citizen_id", "person.citizen_id", {"kind": "id18", "digits": 18}),
    ("phone", "person.phone", {"kind": "text"}),
    ("education", "person.education", {"kind": "code"}),
    ("political", "person.political", {"kind": "code"}),
    ("marital", "person.marital", {"kind": "code"}),
    ("kinship", "person.kinship", {"kind": "code"}),
    ("native_place", "person.native_place", {"kind": "text"}),
    ("registered_address", "person.registered_address", {"kind": "text"}),
    ("address", "person.address", {"kind": "text"}),
    ("employer", "person.employer", {"kind": "text"}),
    ("occupation", "person.occupation", {"kind": "text"}),
    ("insured_medical", "person.insured_medical", {"kind": "flag"}),
    ("insured_pension", "person.insured_pension", {"kind": "flag"}),
    ("lives_alone", "person.lives_alone", {"kind": "flag"}),
    ("head_name", "person.household.head_name", {"kind": "text"}),
    ("number", "person.household.number", {"kind": "text"}),
    ("size", "person.household.size", {"kind": "number"}),
    ("kind", "person.household.kind", {"kind": "text"}),
    ("estate", "person.home.estate", {"kind": "text"}),
    ("building_no", "person.home.building_no", {"kind": "text"}),
    ("unit_no", "person.home.unit_no", {"kind": "text"}),
    ("room", "person.home.room", {"kind": "text"}),
    ("area", "person.home.area", {"kind": "number"}),
    ("name", "person.name", {"kind": "blank"}),
)


@dataclass
class _Times:
    """Seconds by what was done."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Take the time of a block."""
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 3)


def prepare(now: datetime) -> dict[str, Any]:
    """Plant a base where there is none."""
    county = next(unit.division_id for unit in accounts.units() if unit.kind == "centre")
    registry.plant_demo_base(county_id=county, seed=1, now=now)
    return {}


def measure(rows: int) -> dict[str, Any]:
    """Fill a form with so many people from scope to file, then the same with openpyxl; return seconds and MB."""
    template, viewer = _form(), _viewer()
    _filled(template, viewer, 10, _Times())  # what a process reads once: dictionary, codes, keys
    times = _Times()
    with times.of("whole"):
        content, values, closed = _filled(template, viewer, rows, times)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _check(content, len(values))
    with times.of("openpyxl"):
        other = _with_openpyxl(template, values)
    seconds = times.seconds
    return {
        "rows": len(values), "columns": len(COLUMNS), "seconds": seconds["whole"],
        **{f"{name}_seconds": seconds[name] for name in ("scope", "read", "derive", "write", "openpyxl")},
        "ratio": round(seconds["openpyxl"] / seconds["whole"], 2),
        "ratio_write": round(seconds["openpyxl"] / seconds["write"], 2), "peak_mb": round(memory, 1),
        "known": sum(value is not None for row in values for value in row), "closed": closed,
        "file_bytes": len(content), "openpyxl_bytes": len(other),
    }  # fmt: skip


def _filled(
    template: bytes, viewer: accounts.Actor, most: int, times: _Times
) -> tuple[bytes, list[Sequence[Any]], int]:  # fmt: skip
    now = kernel.now()
    with times.of("scope"):
        wish = registry.Wish("person", division_id=viewer.holdings[0].division_id)
        ids = registry.choose_rows(wish=wish, by=viewer, purpose="visit", now=now)[:most]
    with times.of("read"):
        paths = [path for _label, path, _how in COLUMNS]
        read = registry.fill(
            kind="person", ids=ids, paths=paths, by=viewer, purpose="visit", now=now, with_origins=True
        )  # fmt: skip
    with times.of("derive"):
        transforms = [how for *_column, how in COLUMNS]
        values: list[Sequence[Any]] = list(
            sheets.derived_rows(transforms, read.rows.values(), on=now.date(), labels=_labels())
        )
    with times.of("write"):
        place = sheets.Place(NAME, FIRST, FIRST + ROOM - 1)
        targets = [sheets.Target(at) for at in range(1, len(COLUMNS) + 1)]
        filled = sheets.fill_workbook(template, place=place, targets=targets, rows=values)
    return filled.content, values, len(read.closed)


def _labels() -> list[Callable[[str], str]]:
    return [_label(*path.rsplit(".", 2)[-2:]) for _name, path, _how in COLUMNS]


def _label(word: str, code: str) -> Callable[[str], str]:
    element = registry.elements_of("house" if word == "home" else word).get(code)
    table = element.table if element else ""
    return (lambda value: kernel.code_label(table, value)) if table else str


def _with_openpyxl(template: bytes, values: Sequence[Sequence[Any]]) -> bytes:
    """Load, set, save: nothing below the list is moved, and what is merged there is taken apart first."""
    book = load_workbook(io.BytesIO(template))
    sheet = book[NAME]
    for one in list(sheet.merged_cells.ranges):
        if one.min_row >= FIRST:
            sheet.unmerge_cells(str(one))
    for number, row in enumerate(values, FIRST):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    return _saved(book)


def _check(content: bytes, rows: int) -> None:
    """Raise RuntimeError where the file does not hold the rows and the sum below them."""
    sheet = load_workbook(io.BytesIO(content), read_only=True)[NAME]
    if sheet.cell(FIRST + rows, 3).value != f"=COUNTA(B{FIRST}:B{FIRST + max(rows, ROOM) - 1})":
        message = "the file does not hold what was filled"
        raise RuntimeError(message)


def _form() -> bytes:
    """Return a form of 30 columns: title, two lines of header, room for five rows, sums, signatures, drop-downs."""
    book = Workbook()
    sheet = book.active
    sheet.title, last = NAME, get_column_letter(len(COLUMNS))
    sheet["A1"] = "Residents"
    sheet.merge_cells(f"A1:{last}1")
    thin = Side(style="thin")
    for column, (label, *_rest) in enumerate(COLUMNS, 1):
        sheet.cell(2, column, "What is known" if column == 1 else None)
        sheet.cell(3, column, label)
        sheet.column_dimensions[get_column_letter(column)].width = 14
        for row in range(FIRST, FIRST + ROOM):
            sheet.cell(row, column).border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for row in range(FIRST, FIRST + ROOM):
        sheet.cell(row, 5).number_format = "yyyy-mm-dd"
    sheet.merge_cells(f"A2:{last}2")
    below = FIRST + ROOM
    sheet.cell(below, 1, "Total")
    sheet.cell(below, 3, f"=COUNTA(B{FIRST}:B{below - 1})")
    sheet.cell(below + 2, 1, "Filled by")
    sheet.merge_cells(f"A{below + 2}:D{below + 2}")
    for letter, words in (("C", '"1,2"'), ("R", '"yes,no"')):
        check = DataValidation(type="list", formula1=words)
        check.add(f"{letter}{FIRST}:{letter}{below - 1}")
        sheet.add_data_validation(check)
    sheet.print_area, sheet.print_title_rows = f"A1:{last}{below + 2}", "2:3"
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _viewer() -> accounts.Actor:
    """Return somebody over the community with most people, who reads names and numbers whole."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT community_id FROM registry_entity WHERE kind = 'person' AND community_id IS NOT NULL"
            " GROUP BY community_id ORDER BY count(*) DESC, community_id LIMIT 1"
        )
        community = int(cursor.fetchone()[0])
    held = accounts.ActorHolding(
        holding_id=UUID(int=1), unit_id=1, unit_name="", unit_kind="community", post_code="bench", post_name="",
        division_id=community, grid_id=None, capabilities=frozenset({"registry.see", "registry.reveal"}),
    )  # fmt: skip
    return accounts.Actor(person_id=UUID(int=1), name="bench", kind="staff", holdings=(held,))
