"""Forms as issuers send them, made with openpyxl: title, two lines of header, room for some rows, sums, signatures."""

import io
import zipfile

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

TITLE, FIRST = "柏树湾街道人员名册", 4
SHEET, LISTS = "人员 名册", "字典"


def form(*, columns=8, room=3, figures=3, days=5, texts=6):
    """Return a form: list of people in `SHEET` from row 4, its sums below, another sheet that reads them."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _head(sheet, columns)
    for row in range(FIRST, FIRST + room):
        _line(sheet, row, columns)
        sheet.cell(row, days).number_format = "yyyy-mm-dd"
        sheet.cell(row, texts).number_format = "@"
        sheet.cell(row, columns).value = f"={get_column_letter(figures)}{row}*2"
        sheet.row_dimensions[row].height = 22
    below = FIRST + room
    _foot(sheet, below, columns, get_column_letter(figures))
    _checks(sheet, below - 1, columns, get_column_letter(figures))
    _lists(book, below, get_column_letter(figures))
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def rewritten(content, path, *changes):
    """Return a workbook with texts of one part replaced; each must be there."""
    all_parts = parts(content)
    for old, new in changes:
        assert old.encode() in all_parts[path], (old, all_parts[path])
        all_parts[path] = all_parts[path].replace(old.encode(), new.encode())
    return packed(all_parts)


def _head(sheet, columns):
    sheet["A1"] = TITLE
    sheet["A1"].font = Font(name="方正小标宋简体", size=20)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    for column in range(1, columns + 1):
        sheet.cell(2, column, f"组{column // 3}").alignment = Alignment(horizontal="center", wrap_text=True)
        sheet.cell(3, column, f"列{column}").fill = PatternFill("solid", fgColor="DDDDDD")
        sheet.column_dimensions[get_column_letter(column)].width = 8 + column
    sheet.merge_cells("A2:B2")
    sheet.row_dimensions[1].height = 40
    sheet.freeze_panes = "A4"


def _line(sheet, row, columns):
    thin = Side(style="thin")
    for column in range(1, columns + 1):
        cell = sheet.cell(row, column)
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        cell.font = Font(name="仿宋", size=10)


def _foot(sheet, below, columns, letter):
    sheet.cell(below, 1, "合计").font = Font(bold=True)
    sheet.cell(below, 3, f"=SUM({letter}{FIRST}:{letter}{below - 1})")
    sheet.cell(below, 4, f"=COUNTA(B{FIRST}:B{below - 1})")
    sheet.cell(below, 5, f"=C{below}/D{below}")
    sheet.cell(below + 2, 1, "填表人：").comment = Comment("手签", "柏树湾街道办事处")
    sheet.merge_cells(start_row=below + 2, start_column=1, end_row=below + 2, end_column=4)
    sheet.cell(below + 3, 1, "说明").hyperlink = "https://example.invalid/"
    sheet.row_breaks.append(Break(id=below))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=FIRST, max_row=below - 1))
    sheet.add_chart(chart, f"B{below + 5}")
    sheet.print_area = f"A1:{get_column_letter(columns)}{below + 3}"
    sheet.print_title_rows = "2:3"


def _checks(sheet, last, columns, letter):
    sheet.auto_filter.ref = f"A3:{get_column_letter(columns)}{last}"
    for formula, column in (('"男,女"', "G"), (f"={LISTS}!$A$1:$A$3", "B")):
        check = DataValidation(type="list", formula1=formula)
        check.add(f"{column}{FIRST}:{column}{last}")
        sheet.add_data_validation(check)
    yellow = PatternFill("solid", bgColor="FFFF00")
    sheet.conditional_formatting.add(
        f"{letter}{FIRST}:{letter}{last}", CellIsRule(operator="greaterThan", formula=["60"], fill=yellow)
    )
    sheet.conditional_formatting.add(
        f"A{FIRST}:A{last}",
        FormulaRule(formula=[f"COUNTIF($A${FIRST}:$A${last},$A{FIRST})>1"], fill=yellow),
    )


def _lists(book, below, letter):
    lists = book.create_sheet(LISTS)
    for row, word in enumerate(("甲类", "乙类", "丙类"), 1):
        lists.cell(row, 1, word)
    lists["C1"] = f"='{SHEET}'!C{below}"
    lists["C2"] = f"=SUM('{SHEET}'!{letter}{FIRST}:{letter}{below - 1})"
    lists["C3"] = "=SUM(A1:A3)"
    book.defined_names["总数"] = DefinedName("总数", attr_text=f"'{SHEET}'!$C${below}")
