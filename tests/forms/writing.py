# ruff: noqa: E501  a line of a form is a line
"""Writes described forms as real files, and says where each header cell came to stand."""

import csv
import io
from dataclasses import dataclass, field
from itertools import groupby, islice

import xlwt
from docx import Document
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from tests.forms.samples import luck_of, value_for


@dataclass
class Drawn:
    """A sheet before it becomes a file: cells, merged ranges, and the gold of its tables."""

    name: str
    cells: dict = field(default_factory=dict)
    merges: list = field(default_factory=list)
    lists: dict = field(default_factory=dict)
    hidden: set = field(default_factory=set)
    paragraphs: list = field(default_factory=list)
    gold: list = field(default_factory=list)

    @property
    def height(self):
        return max((row for row, _column in self.cells), default=-1) + 1

    @property
    def width(self):
        return max((column for _row, column in self.cells), default=-1) + 1

    def put(self, row, column, value, *, last_row=None, last_column=None):
        self.cells[(row, column)] = value
        bottom, right = last_row if last_row is not None else row, last_column if last_column is not None else column
        if (bottom, right) != (row, column):
            self.merges.append((row, column, bottom, right))


def a1(row, column, last_row, last_column):
    first, last = f"{get_column_letter(column + 1)}{row + 1}", f"{get_column_letter(last_column + 1)}{last_row + 1}"
    return first if first == last else f"{first}:{last}"


def drawn(form, start=0, sheet=None):
    """Return a sheet with a form on it, from a row on."""
    sheet = sheet or Drawn((form.title or form.name)[:20])
    top = _above(sheet, form, start)
    row = _card(sheet, form, top) if form.card else _header(sheet, form, top)
    if form.hints:
        _spread(sheet, row, form.gap, form.hints, 1)
        row += 1
    row, body = (row, [row + 1, row]) if form.card else _body(sheet, form, row)
    for text in form.notes:
        sheet.put(row, form.gap, text, last_column=_right(form) if form.merged else None)
        row += 1
    if form.signature:
        _spread(sheet, row, form.gap, form.signature, max(1, _width(form) // len(form.signature)))
        row += 1
    sheet.hidden |= {form.gap + one for one in form.hidden}
    told = {"sheet": sheet.name, "kind": form.kind, "body": body, "header": top + 1, "areas": list(form.areas)}
    sheet.gold[-1] |= told
    return sheet, row


def _right(form):
    return form.gap + _width(form) - 1


def _width(form):
    return max(2 * len(some) + len(some[0].path) - 1 for some in _rows(form)) if form.card else len(form.columns)


def _rows(form):
    """Return the columns of a card row by row."""
    rest = iter(form.columns)
    return [list(islice(rest, count)) for count in form.card]


def _above(sheet, form, row):
    for text in (*form.above, *([form.title] if form.title else [])):
        if form.layout == "docx":
            sheet.paragraphs.append(text)
            continue
        sheet.put(row, form.gap, text, last_column=_right(form) if form.merged and text == form.title else None)
        row += 1
    return _facts(sheet, form, row, form.gap, _right(form)) if form.facts else row


def _spread(sheet, row, left, texts, step):
    for place, text in enumerate(texts):
        if text:
            sheet.put(row, left + place * step, text)


def _facts(sheet, form, row, left, right):
    if form.layout == "docx":
        sheet.paragraphs.append("    ".join(form.facts))
        return row
    step = max(1, _width(form) // len(form.facts))
    for place, text in enumerate(form.facts):
        end = right if place == len(form.facts) - 1 else left + (place + 1) * step - 1
        sheet.put(row, left + place * step, text, last_column=end if form.merged else None)
    return row + 1


def _header(sheet, form, row):
    """Write the header tree; equal names side by side are one cell, a short path reaches down."""
    deep = max(len(one.path) for one in form.columns)
    bottom = row + deep - 1
    spans = [[] for _ in form.columns]
    for level in range(deep):
        place = 0
        while place < len(form.columns):
            path = form.columns[place].path
            if len(path) <= level:
                place += 1
                continue
            last = place
            while len(path) > level + 1 and last + 1 < len(form.columns) and _same(form, place, last + 1, level):
                last += 1
            low = bottom if len(path) == level + 1 else row + level
            _name(sheet, form, (row + level, place, low, last), path[level])
            for one in range(place, last + 1):
                is_leaf = len(form.columns[one].path) == level + 1
                span = (row + level, form.gap + place, low if is_leaf else row + level, form.gap + last)
                spans[one].append(a1(*(span if form.merged else (span[0], span[1], span[0], span[1]))))
            place = last + 1
    sheet.gold.append({"columns": [_gold(one, some, form.gap + place)
                                   for place, (one, some) in enumerate(zip(form.columns, spans, strict=True)) if one.path]})  # fmt: skip
    for place, one in enumerate(form.columns):
        if one.choices:
            sheet.lists[form.gap + place] = one.choices
    return bottom + 1


def _card(sheet, form, row):
    """Write names with a cell to fill at their right; a group stands left of its rows, the last cell takes the rest."""
    told = []
    for group, some in groupby(_rows(form), lambda one: one[0].path[:-1]):
        rows = list(some)
        low, outer = row + len(rows) - 1, []
        if group:
            sheet.put(row, form.gap, *group, last_row=low)
            outer = [a1(row, form.gap, low, form.gap)]
        for columns in rows:
            for place, one in enumerate(columns):
                at = form.gap + len(group) + 2 * place
                sheet.put(row, at, one.path[-1])
                sheet.put(row, at + 1, None, last_column=_right(form) if one is columns[-1] else None)
                told.append(_gold(one, [*outer, a1(row, at, row, at)], None))
            row += 1
    sheet.gold.append({"columns": told})
    return row


def _name(sheet, form, span, text):
    row, column, low, last = span
    if form.merged:
        sheet.put(row, form.gap + column, text, last_row=low, last_column=form.gap + last)
    else:
        sheet.put(row, form.gap + column, text)


def _same(form, one, other, level):
    return form.columns[other].path[: level + 1] == form.columns[one].path[: level + 1] and (
        len(form.columns[other].path) > level + 1
    )


def _gold(one, spans, column):
    return {"path": ["".join(name.split()) for name in one.path], "spans": spans, "column": column,
            "element": one.element, "transform": one.transform}  # fmt: skip


def _body(sheet, form, row):
    luck, left = luck_of(form), form.gap
    if form.total_first:
        sheet.put(row, left, form.total)
        row += 1
    first = row
    for number in range(len(form.areas) or form.filled):
        for place, column in enumerate(form.columns):
            value = (
                form.areas[number] if form.areas and column.element == "area.name" else value_for(column, number, luck)
            )
            if value != "":
                sheet.put(row, left + place, value)
        row += 1
    row += form.blank_rows
    last = row - 1
    if form.total and not form.total_first:
        sheet.put(row, left, form.total, last_column=left + 1 if form.merged else None)
        row += 1
    return row, [first + 1, last + 1]


def drawn_sheets(form):
    """Return all sheets of a form's file."""
    sheet, end = drawn(form)
    sheets = [sheet]
    for other in form.more:
        if form.same_sheet:
            _, end = drawn(other, end + 2, sheet)
        else:
            sheets.append(drawn(other)[0])
    return sheets


def write(form, folder):
    """Write the file of a form and return its gold."""
    sheets = drawn_sheets(form)
    gold = _told(form, sheets)
    path = folder / gold["file"]
    {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "docx": _docx, "csv": _csv}[form.layout](form, sheets, path)
    return gold


def gold_of(form):
    """Return the gold of a form without writing its file."""
    return _told(form, drawn_sheets(form))


def _told(form, sheets):
    return {"file": f"{form.name}.{form.layout}", "tables": [gold for sheet in sheets for gold in sheet.gold]}


def _xlsx(form, sheets, path):
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for (row, column), value in sheet.cells.items():
            page.cell(row + 1, column + 1, value)
        for row, column, low, last in sheet.merges:
            page.merge_cells(start_row=row + 1, start_column=column + 1, end_row=low + 1, end_column=last + 1)
        for column in sheet.hidden:
            page.column_dimensions[get_column_letter(column + 1)].hidden = True
        for column, words in sheet.lists.items():
            _listed(form, book, page, column, words)
    book.save(path)


def _listed(form, book, page, column, words):
    formula = f'"{",".join(words)}"'
    if form.lists_elsewhere:
        store = book["字典"] if "字典" in book.sheetnames else book.create_sheet("字典")
        for number, word in enumerate(words, start=1):
            store.cell(number, column + 1, word)
        letter = get_column_letter(column + 1)
        formula = f"字典!${letter}$1:${letter}${len(words)}"
    check = DataValidation(type="list", formula1=formula, allow_blank=True)
    letter = get_column_letter(column + 1)
    check.add(f"{letter}2:{letter}500")
    page.add_data_validation(check)


def _xls(_form, sheets, path):
    book = xlwt.Workbook(encoding="utf-8")
    days = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        covered = {(row, column): (low, last) for row, column, low, last in sheet.merges}
        for (row, column), value in sheet.cells.items():
            style = [days] if hasattr(value, "isoformat") else []
            if (row, column) in covered:
                low, last = covered[(row, column)]
                page.write_merge(row, low, column, last, value, *style)
            else:
                page.write(row, column, value, *style)
    book.save(str(path))


def _csv(form, sheets, path):
    sheet, text = sheets[0], io.StringIO()
    writer = csv.writer(text, delimiter=form.delimiter)
    for row in range(sheet.height):
        writer.writerow([sheet.cells.get((row, column), "") for column in range(sheet.width)])
    path.write_bytes(text.getvalue().encode(form.encoding))


def _docx(form, sheets, path):
    document = Document()
    for sheet in sheets:
        for text in sheet.paragraphs:
            document.add_paragraph(text)
        table = document.add_table(sheet.height, sheet.width)
        for (row, column), value in sheet.cells.items():
            table.cell(row, column).text = "" if value is None else str(value)
        for row, column, low, last in sheet.merges:
            table.cell(row, column).merge(table.cell(low, last))
    document.add_paragraph("单位负责人：        填表人：        联系电话：")
    document.save(str(path))


def _ods(_form, sheets, path):
    from tests.forms.open_document import write_ods

    write_ods(sheets, path)
