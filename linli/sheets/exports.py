"""Files of sheets that hold no people: the burden of issuing offices, blank forms, XLSForms."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.sheets.rules.burden import Burden
from linli.trust import api as trust

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def burden_heads() -> list[str]:
    """Return what the columns of the burden meter are called."""
    return [
        _("Issuing office"), _("Number of forms"), _("Brought by units"), _("Not on the list"), _("Cells asked"),
        _("Filled by machine"), _("Typed by hand"), _("Typed again"), _("Typed though known"), _("Minutes saved"),
        pgettext("burden", "Notice in working days (middle)"), _("Late notice"),
    ]  # fmt: skip


def burden_line(one: Burden) -> list[Any]:
    """Return the cells of one office."""
    return [
        one.office, one.forms, one.copies, one.off_list, one.cells, one.filled, one.typed, one.again, one.known,
        one.minutes, "–" if one.notice is None else one.notice, one.late,
    ]  # fmt: skip


def burden_file(rows: Iterable[Burden], name: str, form: str) -> HttpResponse:
    """Return the burden meter as csv or xlsx."""
    lines = [burden_heads(), *map(burden_line, rows)]
    content = trust.as_workbook(lines) if form == "xlsx" else trust.as_csv(lines)
    return file_of(content, f"{name}.{form}", XLSX if form == "xlsx" else CSV)


def file_of(content: bytes, name: str, media: str = XLSX) -> HttpResponse:
    """Return a file to keep, under a name that may be Chinese."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=media, headers=headers)
