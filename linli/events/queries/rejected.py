"""The rows of a hotline file that were not taken, as a workbook ready to be mended and sent again."""

import json

from django.utils.translation import gettext as _
from openpyxl import Workbook

from linli.events.models import TicketFile
from linli.kernel import api as kernel


def rejected_rows_xlsx(file: TicketFile) -> Workbook:
    """Return a workbook with the original columns, and before them the line and the reason."""
    book = Workbook()
    sheet = book.active
    rows = [(row.line, row.reason, json.loads(row.content.reveal())) for row in file.rejected_rows.order_by("line")]
    columns = list(rows[0][2]) if rows else []
    sheet.append([_("Line"), _("Why it was not imported"), *columns])
    for line, reason, cells in rows:
        sheet.append([line, reason, *(kernel.safe_cell(cells.get(column, "")) for column in columns)])
    return book
