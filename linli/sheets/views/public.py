"""The public list of admitted forms, and reporting one that is not on it: without a name, answered by a receipt."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from linli.kernel import api as kernel
from linli.sheets.actions.demand import Reported, demand_by_receipt, report_demand
from linli.sheets.forms.issuing import ReceiptForm, ReportForm
from linli.sheets.models import Demand
from linli.sheets.queries.admissions import public_line, public_list
from linli.sheets.queries.demands import counties, steps_of
from linli.sheets.rules import demand_states as states

SIZE = 30


@require_GET
def form_list(request: HttpRequest) -> HttpResponse:
    """Show which forms may be issued, by whom, until when; anybody may look and search."""
    words = request.GET.get("q", "")
    rows = public_list(day=_today(), words=words)
    page = kernel.keyset_page(rows.order_by(), order=("-list_number",), cursor=request.GET.get("cursor"), size=SIZE)
    context = {"page": page, "rows": [public_line(one) for one in page.items], "q": words}
    return render(request, "sheets/public_list.html", context)


@require_GET
def form_list_data(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  Django calls it with one
    """Return the whole list for machines."""
    day = _today()
    body = {"day": day, "forms": [public_line(one) for one in public_list(day=day)]}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


@require_GET
def listed_form(request: HttpRequest, list_number: str) -> HttpResponse:
    """Show one form of the list with its columns."""
    row = public_list(day=_today()).filter(list_number=list_number).first()
    if row is None:
        raise Http404
    return render(request, "sheets/public_form.html", {"it": public_line(row)})


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take a report about a form that is not on the list, from anybody, and show the code of the receipt once.

    Who is signed in is not looked at; the network address is counted by the hour and kept nowhere.
    """
    offered = list(counties())
    initial = {"title": request.GET.get("title", "")[:200], "issuer": request.GET.get("office", "")[:100]}
    form = ReportForm(request.POST or None, initial=initial, counties=offered)
    if request.method == "POST" and form.is_valid():
        reported = Reported(**form.cleaned_data)
        code = report_demand(reported=reported, source=_source(request), now=kernel.now())
        return render(request, "sheets/public_receipt.html", {"code": code, "title": reported.title})
    context = {"form": form, "receipt": ReceiptForm(), "is_open": bool(offered)}
    return render(request, "sheets/public_report.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Show what became of a report, to whoever has the code. It is posted: codes in addresses would stand in logs."""
    form = ReceiptForm(request.POST or None)
    row = None
    if request.method == "POST" and form.is_valid():
        row = demand_by_receipt(code=form.cleaned_data["code"], source=_source(request), now=kernel.now())
        if row is None:
            form.add_error("code", _("No report has this code. Compare it with your receipt."))
    context = {"form": form, **(_told(row) if row else {})}
    return render(request, "sheets/public_answer.html", context, status=422 if form.errors else 200)


def told_steps(row: Demand) -> list[dict[str, Any]]:
    """Return what was done about a report, as a timeline."""
    begun: list[dict[str, Any]] = [{"when": row.reported_on, "text": states.STEP_WORDS["report"]}]
    for one in steps_of(row):
        reason = states.REASONS.get(one.step, {}).get(one.reason, "")
        text = " · ".join(str(part) for part in (states.STEP_WORDS.get(one.step, one.step), reason) if part)
        begun.append({"at": one.at, "text": text, "by": str(one.unit or ""), "said": one.words})
    return begun


def _told(row: Demand) -> dict[str, Any]:
    return {
        "row": row, "state": states.LABELS[row.state], "tone": states.TONES.get(row.state, ""),
        "timeline": told_steps(row), "is_open": row.state in states.OPEN,
    }  # fmt: skip


def _source(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))


def _today() -> Any:
    now: datetime = kernel.now()
    return timezone.localdate(now)
