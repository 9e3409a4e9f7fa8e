"""Exports of one's own 我的导出: what was asked, why, how it stands, and the file while it is open."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions.export_requests import ask_export, take_back_export
from linli.trust.actions.take_out import take_requested
from linli.trust.forms.exports import ReasonForm
from linli.trust.models import ExportRequest
from linli.trust.plugins import EXPORTING
from linli.trust.queries.exports import own_files, own_requests
from linli.trust.rules.handling import APPROVALS
from linli.trust.states import exports as states
from linli.trust.tables import export_columns, export_line, export_rows, export_steps

MOST = 30


@require_GET
@trust.staff(*EXPORTING)
def own_exports(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List one's own requests and the files one took."""
    now = kernel.now()
    context = {
        **accounts.desk_shell(actor, "exports"),
        "lines": [export_line(one, now) for one in own_requests(actor)[:MOST]],
        "columns": export_columns(),
        "rows": export_rows(own_files(actor)[:MOST]),
    }
    return render(request, "trust/own_exports.html", context)


@require_http_methods(["GET", "POST"])
@trust.staff(*EXPORTING)
def own_export(request: HttpRequest, actor: accounts.Actor, export_id: UUID) -> HttpResponse:
    """Show one request; take its reason, or let it be taken back."""
    row, now = _own(actor, export_id), kernel.now()
    form = ReasonForm(request.POST if request.POST.get("do") == "ask" else None)
    try:
        if request.POST.get("do") == "take_back":
            take_back_export(request_id=row.pk, by=actor, now=now)
            messages.success(request, _("Taken back. Nothing leaves."))
            return redirect("trust_own_exports")
        if form.is_valid():
            sent = ask_export(request_id=row.pk, reason=form.cleaned_data["reason"], by=actor, now=now)
            messages.success(request, _("Sent as %(number)s. You read the answer here.") % {"number": sent.number})
            return redirect("trust_own_export", export_id=row.pk)
    except trust.ExportRefusedError as refused:
        form.add_error(None, str(refused)) if form.is_bound else messages.error(request, str(refused))
    return render(request, "trust/own_export.html", _shown(actor, row, form), status=422 if form.errors else 200)


@require_POST
@trust.staff(*EXPORTING)
def fetch_export(request: HttpRequest, actor: accounts.Actor, export_id: UUID) -> HttpResponse:
    """Hand the file out, with the rights of now; each time is counted."""
    row = _own(actor, export_id)
    try:
        taken = take_requested(request_id=row.pk, by=actor, now=kernel.now())
    except trust.ExportRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("trust_own_export", export_id=row.pk)
    return trust.handed_out(taken, "csv" if request.POST.get("form") == "csv" else "xlsx")


def _shown(actor: accounts.Actor, row: ExportRequest, form: ReasonForm) -> dict[str, Any]:
    now, line = kernel.now(), trust.handling(row.grade)
    return {
        **accounts.desk_shell(actor, "exports"),
        "row": row, "line": export_line(row, now), "form": form, "handling": line, "chain": APPROVALS[line.approval],
        "steps": export_steps(row), "may_ask": row.state == states.BEGUN,
        "may_fetch": row.state == states.ALLOWED and row.expires_at > now,
        "may_take_back": row.state in states.STEPS["take_back"].before,
    }  # fmt: skip


def _own(actor: accounts.Actor, export_id: UUID) -> ExportRequest:
    row = own_requests(actor).filter(pk=export_id).first()
    if row is None:
        raise Http404
    return row
