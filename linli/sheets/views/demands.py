"""Reports about forms that are not on the list: followed up, answered by the office, closed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.sheets.actions.demand import answer_demand, ask_office, close_demand
from linli.sheets.forms.issuing import AnswerForm, AskForm, CloseForm
from linli.sheets.models import Demand
from linli.sheets.queries.demands import SEE, demands_seen_by
from linli.sheets.queries.overlaps import on_list
from linli.sheets.rules import demand_states as states
from linli.sheets.rules.admission_states import ADMIT, ISSUE
from linli.sheets.rules.refusals import SheetRefusedError
from linli.sheets.views.admissions import shell
from linli.sheets.views.public import told_steps
from linli.trust import api as trust

SIZE = 25
FORMS: dict[str, Any] = {"ask": AskForm, "answer": AnswerForm, "close": CloseForm}


@trust.staff(*SEE)
def demands(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the reports of the area, or about the own unit, those due first on top."""
    tab = "closed" if request.GET.get("tab") == "closed" else "open"
    rows = demands_seen_by(actor).select_related("asked_unit", "admission")
    rows = rows.filter(closed_at=None) if tab == "open" else rows.exclude(closed_at=None)
    order = ("due", "id") if tab == "open" else ("-due", "-id")
    page = kernel.keyset_page(rows, order=order, cursor=request.GET.get("cursor"), size=SIZE)
    now = kernel.now()
    context = {
        **shell(actor, "demands"), "page": page, "rows": [_line(one, now) for one in page.items], "tab": tab,
        "tabs": [
            {"label": _("Being followed up"), "url": "?tab=open", "current": tab == "open"},
            {"label": _("Followed up"), "url": "?tab=closed", "current": tab == "closed"},
        ],
    }  # fmt: skip
    return render(request, "sheets/demands.html", context)


@trust.staff(*SEE)
def demand(request: HttpRequest, actor: accounts.Actor, demand_id: UUID) -> HttpResponse:
    """Show a report, what was done about it, and what can be done next."""
    return _page(request, actor, _found(actor, demand_id))


@require_POST
@trust.staff(*SEE)
def follow(request: HttpRequest, actor: accounts.Actor, demand_id: UUID, deed: str) -> HttpResponse:
    """Ask the office, answer as the office, or close the report."""
    row = _found(actor, demand_id)
    if deed not in FORMS:
        raise Http404
    form = _form(deed, row, actor, request.POST)
    if not form.is_valid():
        return _page(request, actor, row, {deed: form}, status=422)
    try:
        _do(row, deed, form.cleaned_data, actor)
    except SheetRefusedError as refused:
        form.add_error(None, str(refused))
        return _page(request, actor, row, {deed: form}, status=422)
    messages.success(request, _("Kept; whoever has the receipt reads it."))
    return redirect("sheets:demand", demand_id=row.pk)


def _do(row: Demand, deed: str, said: dict[str, Any], actor: accounts.Actor) -> None:
    now = kernel.now()
    if deed == "ask":
        ask_office(demand_id=row.pk, unit_id=said["unit"], words=said["words"], by=actor, now=now)
    elif deed == "answer":
        answer_demand(demand_id=row.pk, words=said["words"], by=actor, now=now)
    else:
        step, _colon, reason = said["outcome"].partition(":")
        close_demand(
            demand_id=row.pk, step=step, reason=reason, words=said["words"], admission=said["admission"], by=actor,
            now=now,
        )  # fmt: skip


def _found(actor: accounts.Actor, demand_id: UUID) -> Demand:
    row = demands_seen_by(actor).select_related("asked_unit", "admission").filter(pk=demand_id).first()
    if row is None:
        raise Http404
    return row


def _form(deed: str, row: Demand, actor: accounts.Actor, data: Any = None) -> Any:
    if deed == "ask":
        areas = set(regions.descendants(row.division_id))
        offered = [
            (one.id, one.name) for one in accounts.units()
            if one.division_id in areas and one.is_open and one.kind in {"department", "street", "centre"}
            and one.id not in actor.unit_ids
        ]  # fmt: skip
        return AskForm(data, units=offered)
    if deed == "close":
        return CloseForm(data, listed=on_list(day=timezone.localdate(kernel.now())))
    return AnswerForm(data)


def _page(
    request: HttpRequest, actor: accounts.Actor, row: Demand, filled: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    may_admit = trust.may(actor, ADMIT, row) and row.asked_unit_id not in actor.unit_ids
    may_answer = row.state == states.ASKED and trust.may(actor, ISSUE, row) and row.asked_unit_id in actor.unit_ids
    offered = {
        "ask": may_admit and row.state in states.STEPS["ask"].before,
        "answer": may_answer,
        "close": may_admit and row.state in states.OPEN,
    }
    forms = {deed: (filled or {}).get(deed) or _form(deed, row, actor) for deed, open_to in offered.items() if open_to}
    context = {
        **shell(actor, "demands"), "row": row, **_line(row, kernel.now()), "words": row.words.reveal(),
        "timeline": told_steps(row), "forms": forms,
    }  # fmt: skip
    return render(request, "sheets/demand.html", context, status=status)


def _line(row: Demand, now: Any) -> dict[str, Any]:
    left = regions.working_seconds(now, row.due) if row.state in states.OPEN else None
    return {
        "it": row, "state": states.LABELS[row.state], "tone": states.TONES.get(row.state, ""), "left": left,
        "url": reverse("sheets:demand", args=[row.pk]),
    }  # fmt: skip
