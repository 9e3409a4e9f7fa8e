"""Exports of others 导出审批: what waits with its clock, one request with its decision, and what has left."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions.export_requests import decide_export
from linli.trust.forms.exports import DecisionForm
from linli.trust.queries.exports import decides_now, files_seen_by, requests_to_decide
from linli.trust.rules.handling import APPROVALS
from linli.trust.states import exports as states
from linli.trust.tables import export_columns, export_line, export_rows, export_steps

PAGE = 30
TABS = ("waiting", "decided", "files")


@require_GET
@trust.staff(states.DECIDE)
def exports(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List what waits, the most urgent first; what was decided; every file that left, to be found by its mark."""
    tab = said if (said := request.GET.get("tab", "")) in TABS else TABS[0]
    mark, now = request.GET.get("mark", "").strip().upper()[:12], kernel.now()
    rows: dict[str, tuple[QuerySet[Any], tuple[str, ...]]] = {
        "waiting": (requests_to_decide(actor).filter(state=states.WAITING), ("due_at", "id")),
        "decided": (requests_to_decide(actor).exclude(state=states.WAITING), ("-asked_at", "-id")),
        "files": (files_seen_by(actor).filter(**({"mark": mark} if mark else {})), ("-at", "-id")),
    }
    page = kernel.keyset_page(rows[tab][0], order=rows[tab][1], cursor=request.GET.get("cursor"), size=PAGE)
    _note(actor, "search", mark or tab)
    here = reverse("trust_exports")
    labels = {"waiting": _("To decide"), "decided": _("Decided"), "files": _("What left")}
    context = {
        **accounts.desk_shell(actor, "export-desk"), "page": page, "tab": tab, "mark": mark,
        "tabs": [{"label": words, "url": f"{here}?tab={one}", "current": one == tab} for one, words in labels.items()],
        "lines": [] if tab == "files" else [export_line(one, now) for one in page.items],
        "columns": export_columns(), "rows": export_rows(page.items) if tab == "files" else [],
    }  # fmt: skip
    return render(request, "trust/exports.html", context)


@require_http_methods(["GET", "POST"])
@trust.staff(states.DECIDE)
def export(request: HttpRequest, actor: accounts.Actor, export_id: UUID) -> HttpResponse:
    """Show one request, and take the decision of whose turn it is."""
    row, now = requests_to_decide(actor).filter(pk=export_id).first(), kernel.now()
    if row is None:
        raise Http404
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            allowed = said["allowed"] == "1"
            decide_export(request_id=row.pk, allowed=allowed, words=said["words"], by=actor, now=now)
        except trust.ExportRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Decided, with your words."))
            return redirect("trust_exports")
    _note(actor, "read", row.pk)
    line = trust.handling(row.grade)
    context = {
        **accounts.desk_shell(actor, "export-desk"), "row": row, "line": export_line(row, now), "form": form,
        "handling": line, "chain": APPROVALS[line.approval], "steps": export_steps(row),
        "is_turn": decides_now(actor, row),
    }  # fmt: skip
    return render(request, "trust/export.html", context, status=422 if form.errors else 200)


def _note(actor: accounts.Actor, action: str, key: object) -> None:
    trust.record(
        by=actor, action=action, purpose="trust.exports", subjects=(), object_kind="export_request", object_id=key,
        elements=(), now=kernel.now(),
    )  # fmt: skip
