"""What forms ask for at the doors of my area: household by household, answered once for every form that waits."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.actions.ask import answer_gap, leave_gap
from linli.sheets.models import Gap
from linli.sheets.queries.gaps import ANSWER, visits_for
from linli.sheets.rules.refusals import SheetRefusedError
from linli.trust import api as trust

BETWEEN = " · "  # how the registry joins the parts of a hint


@trust.staff(ANSWER)
def gaps(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show what is asked, one visit after the other."""
    return _shown(request, actor)


@require_POST
@trust.staff(ANSWER)
def answer(request: HttpRequest, actor: accounts.Actor, gap_id: UUID) -> HttpResponse:
    """Take an answer, or that there is none to be had."""
    done: dict[str, Any] = {"gap_id": gap_id, "by": actor, "now": kernel.now()}
    value = request.POST.get("value", "")
    try:
        if request.POST.get("deed") == "leave":
            leave_gap(**done)
            messages.success(request, _("Noted; the cell stays empty."))
        else:
            answer_gap(value=value, evidence=request.POST.get("evidence", ""), **done)
            messages.success(request, _("Taken; every form that waited for it has it, and its owner is told."))
    except SheetRefusedError as refused:
        return _shown(request, actor, wrong={gap_id: (value, str(refused))})
    return redirect(f"{reverse('sheets:gaps')}?cursor={request.POST.get('cursor', '')}")


def _shown(
    request: HttpRequest, actor: accounts.Actor, wrong: dict[UUID, tuple[str, str]] | None = None
) -> HttpResponse:
    page = visits_for(actor, request.GET.get("cursor") or request.POST.get("cursor") or None)
    ids = {gap.entity_id for visit in page.items for gap in visit.gaps}
    briefs = registry.look_at_some(entity_ids=ids, by=actor, now=kernel.now(), purpose="report") if ids else {}
    lines = [[_line(one, briefs, wrong or {}) for one in visit.gaps if one.entity_id in briefs] for visit in page.items]
    context = {
        **accounts.desk_shell(actor, "gaps"), "page": page, "visits": [one for one in lines if one],
        "cursor": request.GET.get("cursor", ""),
    }  # fmt: skip
    return render(request, "sheets/gaps.html", context, status=422 if wrong else 200)


def _line(gap: Gap, briefs: dict[UUID, registry.Brief], wrong: dict[UUID, tuple[str, str]]) -> dict[str, Any]:
    brief = briefs[gap.entity_id]
    element = registry.elements_of(brief.kind).get(gap.element)
    value, problem = wrong.get(gap.pk, ("", ""))
    codes = kernel.code_entries(element.table) if element and element.table else []
    return {
        "it": gap, "brief": brief, "label": element.label if element else gap.element, "value": value,
        "where": brief.hint.rpartition(BETWEEN)[2] or brief.title, "problem": problem,
        "codes": [(one.code, one.label) for one in codes],
        "type": "date" if element and element.type == "date" else "text",
        "yes_no": element is not None and element.type == "flag",
    }  # fmt: skip
