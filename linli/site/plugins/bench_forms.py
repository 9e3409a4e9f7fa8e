"""What `linli bench sheet` needs done inside its own database: a form as issuers send it, filled both ways.

The form goes the whole way of any form: brought, confirmed, chosen, checked by another, delivered through the room by
which everything with people leaves.
"""

import io
import resource
import secrets
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets import api as sheets
from linli.site.plugins.bench_shares import Shares
from linli.site.rules.bench_form import COLUMNS, GROUP, LISTS, NAME, SIGNED, SUMS, TITLE

if TYPE_CHECKING:
    from openpyxl import Workbook

ROOM, FIRST, TURNS = 5, 4, 3
PURPOSE, WARM, YOUNGEST = "visit", 20, 100
BASIS = _("a decision of the county, for this test")
PARTS = {
    "ledger": ("trust/actions/record.py", "trust/rules/leaf.py"),
    "stored": ("sheets/actions/rows.py", "kernel/plugins/storage.py", "core/files/"),
    "zip": ("zipfile.py",),
    "xml": ("rules/delivery/",),
    "derive": ("queries/filled.py", "rules/deriving.py"),
    "read": ("registry/queries/filling.py",),
    "mask_and_grade": ("registry/queries/purposes.py", "registry/rules/masks.py", "trust/rules/", "trust/actions/"),
    "choose": ("sheets/actions/choose.py", "registry/queries/choosing.py"),
    "lines": ("sheets/queries/delivering.py",),
}


@dataclass
class _Times:
    """Seconds by what was done, turn by turn."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Take the time of a block."""
        began = time.perf_counter()
        yield
        self.seconds[name].append(time.perf_counter() - began)

    def median(self, *names: str) -> float:
        """Return the median over the turns of what these take together."""
        return round(statistics.median(map(sum, zip(*(self.seconds[name] for name in names), strict=True))), 3)


def prepare(now: datetime) -> dict[str, Any]:
    """Plant a base where there is none, employ somebody who fills forms; return how they sign in."""
    county = next(unit.division_id for unit in accounts.units() if unit.kind == "centre")
    registry.plant_demo_base(county_id=county, seed=1, now=now)
    password = secrets.token_urlsafe(12)
    held = fullest_community(now)
    return {"name": employed(held.post, held.unit, now, password).name, "password": password}


def measure(rows: int) -> dict[str, Any]:
    """Fill a form with so many people from choosing to the file, and the same with openpyxl; return seconds and MB.

    Both in turns, so that what else the machine does meets both alike; of each the median. The first turn still reads
    the base from the disk where another bench drove it out of memory, and is told beside it.
    """
    template, staff = blank_form(), _staff(kernel.now())
    _filled(template, staff, WARM, _Times())  # what a process reads once: dictionary, codes, keys
    times, shares, memory_before = _Times(), Shares(PARTS), _memory()
    content, count = _filled(template, staff, rows, times)
    memory = _memory()
    _check(content, count)
    values = _values(content, count)
    for turn in range(TURNS):
        if turn:
            _filled(template, staff, rows, times)
        with times.of("file"):
            _with_linli(template, values)
        with times.of("openpyxl"):
            other = _with_openpyxl(template, values)
        with times.of("openpyxl_layout"):
            _with_openpyxl(template, values, with_layout=True)
    _filled(template, staff, rows, _Times(), shares)
    whole, slower, fuller = times.median("choose", "deliver"), times.median("openpyxl"), times.median("openpyxl_layout")
    return {
        "rows": count, "columns": len(COLUMNS), "seconds": whole,
        "first_seconds": round(times.seconds["choose"][0] + times.seconds["deliver"][0], 3),
        **{f"{name}_seconds": times.median(name) for name in times.seconds},
        "parts": shares.seconds(), "times_faster_than_openpyxl": round(slower / whole, 2),
        "times_faster_than_openpyxl_layout": round(fuller / whole, 2),
        "file_alone_times_faster": round(slower / times.median("file"), 2), "rss_mb": round(memory, 1),
        "rss_mb_before": round(memory_before, 1), "known": sum(value is not None for row in values for value in row),
        "file_bytes": len(content), "openpyxl_bytes": len(other),
    }  # fmt: skip


def _filled(
    template: bytes, staff: tuple[accounts.Actor, accounts.Actor], rows: int, times: _Times,
    shares: Shares | None = None,
) -> tuple[bytes, int]:  # fmt: skip
    """Let one form go its whole way; return the file that came back and how many rows it has."""
    (worker, checker), now = staff, kernel.now()
    form = sheets.bring_form(issued=sheets.Issued(template, f"{TITLE}.xlsx", basis=str(BASIS)), by=worker, now=now)
    part = form.parts.get()
    asked = {one.index: (path, how) for one, (_label, path, how) in zip(_columns(part), COLUMNS, strict=True)}
    chosen = {one.pk: sheets.Chosen(asked[one.index][0], sheets.transform_of(asked[one.index][1]))
              for one in _columns(part)}  # fmt: skip
    sheets.confirm_columns(form_id=form.pk, chosen=chosen, by=worker, now=now)
    scope = _scope(part, worker, rows, now)
    with times.of("choose"), shares or Shares({}):
        choice = sheets.Choice(PURPOSE, now.date(), {part.pk: scope})
        sheets.choose_rows(form_id=form.pk, choice=choice, by=worker, now=now)
    part.lines.filter(place__gte=rows).update(left_out="bench")
    sheets.hand_in(form_id=form.pk, by=worker, now=now)
    sheets.check_form(form_id=form.pk, by=checker, now=now)
    with times.of("deliver"), shares or Shares({}):
        sent = sheets.deliver_form(form_id=form.pk, by=worker, now=now)
    return sent.content, sent.delivery.rows


def _columns(part: Any) -> list[Any]:
    return sorted(part.columns.all(), key=lambda one: one.index)


def _scope(part: Any, worker: accounts.Actor, rows: int, now: datetime) -> sheets.Scope:
    """Return the eldest of the area who are at least so many: a form is about a part of the people."""
    division = worker.holdings[0].division_id
    for years in range(YOUNGEST, -1, -2):
        scope = sheets.Scope(division, where=(("birth_date", "years_from", str(years)),))
        if sheets.count_rows(part=part, scope=scope, purpose=PURPOSE, by=worker, now=now) >= rows:
            return scope
    return sheets.Scope(division)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _values(content: bytes, rows: int) -> list[list[Any]]:
    """Return what stands in the list of a file, for the other program to write."""
    from openpyxl import load_workbook  # noqa: PLC0415  slow to import, and few make files

    sheet = load_workbook(io.BytesIO(content), read_only=True)[NAME]
    lines = sheet.iter_rows(min_row=FIRST, max_row=FIRST + rows - 1, max_col=len(COLUMNS), values_only=True)
    return [list(line) for line in lines]


def _with_linli(template: bytes, values: Sequence[Sequence[Any]]) -> bytes:
    """Load, set, save: what the other program does, with the same form and the same values, and sums moved."""
    place = sheets.Place(NAME, FIRST, FIRST + ROOM - 1)
    targets = [sheets.Target(at) for at in range(1, len(COLUMNS) + 1)]
    return sheets.fill_workbook(template, place=place, targets=targets, rows=values).content


def _with_openpyxl(template: bytes, values: Sequence[Sequence[Any]], *, with_layout: bool = False) -> bytes:
    """Load, set, save: nothing below the list is moved, and what is merged there is taken apart first.

    The values alone are set; with the layout every row has the borders and formats of the issuer's first as well, as
    in the file it is compared with.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  slow to import, and few make files

    book = load_workbook(io.BytesIO(template))
    sheet = book[NAME]
    for one in list(sheet.merged_cells.ranges):
        if one.min_row >= FIRST:
            sheet.unmerge_cells(str(one))
    for number, row in enumerate(values, FIRST):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    styles = [cell._style for cell in sheet[FIRST]]  # noqa: SLF001  by reference, the quickest way there is
    for cells in sheet.iter_rows(FIRST, FIRST + len(values) - 1, max_col=len(COLUMNS)) if with_layout else ():
        for cell, style in zip(cells, styles, strict=True):
            cell._style = style  # noqa: SLF001  the same
    return _saved(book)


def _check(content: bytes, rows: int) -> None:
    """Raise RuntimeError where the file does not hold the rows and the sum below them."""
    from openpyxl import load_workbook  # noqa: PLC0415  slow to import, and few make files

    sheet = load_workbook(io.BytesIO(content), read_only=True)[NAME]
    if sheet.cell(FIRST + rows, 3).value != f"=COUNTA(B{FIRST}:B{FIRST + max(rows, ROOM) - 1})":
        message = "the file does not hold what was filled"
        raise RuntimeError(message)


def blank_form() -> bytes:
    """Return a form of 30 columns: title, two lines of header, room for five rows, sums, signatures, drop-downs."""
    from openpyxl import Workbook  # noqa: PLC0415  slow to import, and few make files
    from openpyxl.styles import Border, Side  # noqa: PLC0415  the same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  the same
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415  the same

    book = Workbook()
    sheet = book.active
    sheet.title, last = NAME, get_column_letter(len(COLUMNS))
    sheet["A1"] = TITLE
    sheet.merge_cells(f"A1:{last}1")
    thin = Side(style="thin")
    for column, (label, *_rest) in enumerate(COLUMNS, 1):
        sheet.cell(2, column, GROUP if column == 1 else None)
        sheet.cell(3, column, label)
        sheet.column_dimensions[get_column_letter(column)].width = 14
        for row in range(FIRST, FIRST + ROOM):
            sheet.cell(row, column).border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for row in range(FIRST, FIRST + ROOM):
        sheet.cell(row, 5).number_format = "yyyy-mm-dd"
    sheet.merge_cells(f"A2:{last}2")
    below = FIRST + ROOM
    sheet.cell(below, 1, SUMS)
    sheet.cell(below, 3, f"=COUNTA(B{FIRST}:B{below - 1})")
    sheet.cell(below + 2, 1, SIGNED)
    sheet.merge_cells(f"A{below + 2}:D{below + 2}")
    for letter, words in (("C", LISTS[0]), ("R", LISTS[1])):
        check = DataValidation(type="list", formula1=words)
        check.add(f"{letter}{FIRST}:{letter}{below - 1}")
        sheet.add_data_validation(check)
    sheet.print_area, sheet.print_title_rows = f"A1:{last}{below + 2}", "2:3"
    return _saved(book)


def _saved(book: "Workbook") -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _staff(now: datetime) -> tuple[accounts.Actor, accounts.Actor]:
    """Return two of the community with most people: who fills, and who checks."""
    held = fullest_community(now)
    return employed(held.post, held.unit, now), employed(held.post, held.unit, now)


def fullest_community(now: datetime) -> Any:
    """Return who works in the community with most people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT community_id, count(*) FROM registry_entity WHERE kind = 'person' GROUP BY community_id")
        people = dict(cursor.fetchall())
    workers = [one for one in accounts.holdings_on(now.date()) if one.post.code == "community-worker"]
    return max(workers, key=lambda one: people.get(one.division_id, 0))


def employed(post: Any, unit: Any, now: datetime, password: str | None = None) -> accounts.Actor:
    """Employ somebody in a post of a unit."""
    name = f"bench-{secrets.token_hex(4)}"
    person = accounts.create_person(
        username=name, name=name, password=password, must_change_password=False, by=accounts.SYSTEM, now=now
    )
    accounts.open_holding(
        person=person, post=post, unit=unit, valid_from=now.date(), by=accounts.SYSTEM, now=now
    )  # fmt: skip
    return accounts.actor_for(person, on=now.date())
