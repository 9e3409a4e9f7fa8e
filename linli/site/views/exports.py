"""Lists leave the desks as spreadsheets."""

import json
from collections.abc import Callable, Sequence
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.views.lists import wanted_of
from linli.site.views.shell import desk
from linli.trust import api as trust

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk("events.export")
def event_list(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Hand out exactly the list that the address describes."""
    wanted = wanted_of(request, actor)
    return taken_out(lambda: events.export_events(wanted=wanted, by=actor, now=kernel.now()))


def taken_out(take: Callable[[], trust.Taken], form: str = "xlsx") -> HttpResponse:
    """Answer with the file of a list, or lead to the request that somebody else decides."""
    try:
        return trust.handed_out(take(), form)
    except trust.ApprovalNeededError as needed:
        return redirect("trust_own_export", export_id=needed.request_id)


def table_out(lines: Sequence[Sequence[str]], name: str, form: str) -> HttpResponse:
    """Hand out a table that holds no people, safe from formulas and to be taken in again, as xlsx or csv."""
    safe = [[kernel.safe_cell(text) for text in line] for line in lines]
    if form == "xlsx":
        return handed_out(BytesIO(trust.as_workbook(safe)), f"{name}.xlsx")
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(trust.as_csv(safe), content_type="text/csv; charset=utf-8", headers=headers)


def rows_back(request: HttpRequest, back: str, most: int) -> HttpResponse:
    """Hand back the rows that a table left out, with what is wrong, as the page holds them; else lead back."""
    try:
        lines = [[str(text)[:400] for text in line][:40] for line in json.loads(request.POST.get("content", "[]"))]
    except (ValueError, TypeError):
        return redirect(back)
    return table_out(lines[: most + 1], "rejected", "xlsx")


def handed_out(book: BytesIO, name: str) -> HttpResponse:
    """Hand out a workbook under a name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(book.getvalue(), content_type=XLSX, headers=headers)
