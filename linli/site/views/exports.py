"""Lists leave the desks as spreadsheets."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from openpyxl import Workbook

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.views.lists import wanted_of
from linli.site.views.shell import desk

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk("events.export")
def event_list(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Hand out exactly the list that the address describes."""
    now = kernel.now()
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in events.export_events(wanted=wanted_of(request, actor), by=actor, now=now):
        sheet.append(line)
    out = BytesIO()
    book.save(out)
    return handed_out(out, f"events-{now:%Y%m%d-%H%M}.xlsx")


def handed_out(book: BytesIO, name: str) -> HttpResponse:
    """Hand out a workbook under a name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(book.getvalue(), content_type=XLSX, headers=headers)
