"""Answers with a file that was taken out 导出文件."""

from urllib.parse import quote

from django.http import HttpResponse

from linli.trust.rules.exports import Taken
from linli.trust.rules.files import as_csv, as_workbook

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def handed_out(taken: Taken, form: str = "xlsx") -> HttpResponse:
    """Answer with the file, under a name that ends with its mark; nothing on the way keeps a copy.

    A workbook says who took it at the top and the foot of each printed page, on a second sheet and in its properties;
    a CSV file stays one plain table. In both the last column of each row says it.
    """
    content = as_csv(taken.lines) if form == "csv" else as_workbook(taken.lines, taken)
    name = f"attachment; filename*=UTF-8''{quote(f'{taken.name}.{form}')}"
    return HttpResponse(
        content, content_type=TYPES[form], headers={"Content-Disposition": name, "Cache-Control": "no-store, private"}
    )
