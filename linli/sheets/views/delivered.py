"""What was delivered: its receipts for who takes it in, and once more as the file, as CSV or as JSON."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.sheets import states
from linli.sheets.actions.copy import CSV, LAYOUTS, Handed, delivery_of, take_copy
from linli.sheets.forms import ReturnForm
from linli.sheets.models import Form
from linli.sheets.queries.receipts import receipts_of
from linli.sheets.rules.delivery.files import MEDIA
from linli.sheets.rules.refusals import SheetRefusedError
from linli.sheets.views.forms import found, shell
from linli.trust import api as trust

WHO = (states.FILL, states.ACCEPT)


@trust.staff(*WHO)
def copy(request: HttpRequest, actor: accounts.Actor, delivery_id: UUID, layout: str) -> HttpResponse:
    """Hand out what was delivered once more; it is counted and stands in the ledger."""
    delivery = delivery_of(delivery_id)
    if delivery is None or layout not in LAYOUTS:
        raise Http404
    row = found(actor, delivery.form_id)
    if not any(trust.may(actor, one, row) for one in WHO):
        raise Http404
    try:
        return answered(take_copy(delivery=delivery, layout=layout, by=actor, now=kernel.now()))
    except SheetRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("sheets:rows", form_id=row.pk)


def answered(handed: Handed) -> HttpResponse:
    """Answer with a file that left."""
    if handed.layout == CSV and not handed.content:
        return trust.handed_out(handed.taken, "csv")
    return file_out(handed.content, handed.name, handed.layout)


def file_out(content: bytes, name: str, layout: str) -> HttpResponse:
    """Answer with a file under its name; nothing on the way keeps a copy."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(content, content_type=MEDIA[layout], headers=headers)


def delivered(request: HttpRequest, actor: accounts.Actor, row: Form) -> HttpResponse:
    """Show who takes a form in what was delivered: the people in it stand in the file, not on this page."""
    context = {
        **shell(actor, row, 5), "receipts": receipts_of(row), "may_copy": True, "wrong": ReturnForm(),
        "may_accept": row.state == states.DELIVERED and trust.may(actor, states.ACCEPT, row),
    }  # fmt: skip
    return render(request, "sheets/delivered.html", context)
