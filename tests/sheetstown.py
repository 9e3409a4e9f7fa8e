"""A form that was sent down to the small town: a roll of old people, as the street would write it. All fictional."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side

from linli.accounts import api as accounts
from linli.sheets import api as sheets
from linli.sheets.actions.ledger import ledger_from_form
from linli.sheets.actions.unread import keep_unread
from tests.sharingtown import allow

COLUMNS = (
    ("序号",), ("姓名",), ("性别",), ("身份证号码",), ("出生日期",), ("年龄",), ("联系情况", "本人电话"),
    ("联系情况", "紧急联系人"), ("文化程度",),
)  # fmt: skip
FIRST, ROOM = 5, 4
TITLE = "80周岁以上高龄老人花名册"
POSTS = {
    "t-community": ("sheets.fill", "sheets.check", "sheets.answer", "exchange.correct"),
    "t-dispatcher": ("sheets.accept",),
}  # fmt: skip


def colleague(town: Any, now: datetime, of: str = "community_worker") -> Any:
    """Employ a second worker of the same unit: who checks what the first one handed in."""
    person = accounts.create_person(username=f"second-{of}", name="周二", by=accounts.SYSTEM, now=now)
    held = town.holdings[of]
    accounts.open_holding(
        person=person, post=held.post, unit=held.unit, valid_from=now.date(), by=accounts.SYSTEM, now=now
    )  # fmt: skip
    town.people["second" if of == "community_worker" else f"second-{of}"] = person
    return person


def roll(title: str = TITLE) -> bytes:
    """Return the roll as a workbook: title, two rows of header, four lines to fill, a total, a place to sign."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title, last = "花名册", len(COLUMNS)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=last)
    sheet["A1"], sheet["A1"].font = title, Font(size=16, bold=True)
    sheet["A2"] = "填表单位："
    for place, path in enumerate(COLUMNS, 1):
        sheet.cell(3, place, path[0])
        if len(path) == 1:
            sheet.merge_cells(start_row=3, end_row=4, start_column=place, end_column=place)
        else:
            sheet.cell(4, place, path[1])
    sheet.merge_cells(start_row=3, end_row=3, start_column=7, end_column=8)
    line = Side(style="thin")
    for row in sheet.iter_rows(min_row=3, max_row=FIRST + ROOM - 1, max_col=last):
        for cell in row:
            cell.border, cell.alignment = Border(line, line, line, line), Alignment(horizontal="center")
    total = FIRST + ROOM
    sheet.cell(total, 1, "合计")
    sheet.cell(total, 2, f"=COUNTA(B{FIRST}:B{total - 1})")
    sheet.cell(total + 1, 1, "填表人：          负责人：          （盖章）")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def listed(*names: str, title: str = TITLE, rows: int = 3) -> bytes:
    """Return a plain list as a workbook: title, one row of header, lines to fill, a place to sign."""
    book = Workbook()
    sheet: Any = book.active
    for line in ((title,), names, *[()] * rows):
        sheet.append(line)
    line = Side(style="thin")
    for row in sheet.iter_rows(min_row=2, max_row=2 + rows, max_col=len(names)):
        for cell in row:
            cell.border = Border(line, line, line, line)
    sheet.cell(3 + rows, 1, "填表人：          （盖章）")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes) -> list[list[Any]]:
    """Return the cells of a workbook that came back."""
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows()]


def filled_rows(content: bytes, first: int, rows: int = 3) -> list[list[Any]]:
    """Return the rows of a list that came back, from a row on; rows are counted from 1."""
    return read(content)[first - 1 : first - 1 + rows]


def issued_forms(town: Any, now: datetime) -> dict[str, list[Any]]:
    """Bring a form with a secret in its title and ask what is missing, deliver another; return ids for the walk."""
    for code, more in POSTS.items():
        allow(code, more, now)
    worker, other = town.actor("community_worker", now), accounts.actor_for(colleague(town, now), on=now.date())
    sent = chosen_form(town, roll("青石巷第七块砖下的已交花名册"), worker, now)
    sheets.hand_in(form_id=sent.pk, by=worker, now=now)
    sheets.check_form(form_id=sent.pk, by=other, now=now)
    delivery = sheets.deliver_form(form_id=sent.pk, by=worker, now=now).delivery
    form = chosen_form(town, roll("青石巷第七块砖下的高龄老人花名册"), worker, now)
    ledger = ledger_from_form(form_id=form.pk, name="青石巷第七块砖下的台账", by=worker, now=now)
    sheets.ask_gaps(form_id=form.pk, missing=sheets.missing_of(form, by=worker, now=now), by=worker, now=now)
    broken = sheets.Issued(content=b"\x89PNG", name="青石巷第七块砖下的坏名册.xlsx")
    unread = keep_unread(issued=broken, sentence="damaged", by=worker, now=now)
    return {
        "unread_id": [unread.pk],
        "form_id": [form.pk, sent.pk],
        "line_id": [form.parts.get().lines.first().pk],
        "gap_id": [sheets.gaps_seen_by(worker).first().pk],
        "delivery_id": [delivery.pk],
        "ledger_id": [ledger.pk],
        "column_id": [form.parts.get().columns.order_by("index")[1].pk],
        "layout": ["file", "csv", "json"],
    }


def chosen_form(town: Any, content: bytes, worker: Any, now: datetime, **where: Any) -> Any:
    """Bring a form, confirm its columns as they are proposed, choose the old people of the community.

    `where` says of a scope whom else it is for.
    """
    issued = sheets.Issued(content=content, name="名册.xlsx", due=date(2026, 12, 1))
    form = sheets.bring_form(issued=issued, by=worker, now=now)
    columns = {one.pk: sheets.Chosen(one.element, sheets.transform_of(one.transform)) for part in form.parts.all()
               for one in part.columns.all()}  # fmt: skip
    sheets.confirm_columns(form_id=form.pk, chosen=columns, by=worker, now=now)
    scope = sheets.Scope(town.divisions["nanyuan"].id, **(where or {"where": (("birth_date", "years_from", "80"),)}))
    choice = sheets.Choice("visit", now.date(), {form.parts.get().pk: scope})
    sheets.choose_rows(form_id=form.pk, choice=choice, by=worker, now=now)
    form.refresh_from_db()
    return form
