"""What leaves as a file: the rows of a hotline file that were not taken, with line and reason, ready to be mended."""

import json

from openpyxl import Workbook

from linli.events.models import TicketFile


def rejected_rows_xlsx(file: TicketFile) -> Workbook:
    """Return a workbook with the original columns, and before them the line and the reason."""
    book = Workbook()
    sheet = book.active
    rows = [(row.line, row.reason, json.loads(row.content.reveal())) for row in file.rejected_rows.order_by("line")]
    columns = list(rows[0][2]) if rows else []
    sheet.append(["行号", "未导入原因", *columns])
    for line, reason, cells in rows:
        sheet.append([line, reason, *(safe_cell(cells.get(column, "")) for column in columns)])
    return book


def safe_cell(value: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula."""
    return f"'{value}" if value[:1] in "=+-@\t\r" else value
