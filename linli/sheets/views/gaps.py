"""What forms ask for at the doors of my area: household by household, answered once for every form that waits."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.actions.ask import answer_gap, leave_gap
from linli.sheets.models import Gap
from linli.sheets.queries.gaps import ANSWER, asked_at, gaps_seen_by, visits_for
from linli.sheets.rules.refusals import SheetRefusedError
from linli.sheets.views.numbered import numbered
from linli.trust import api as trust

SIZE = 10  # visits on a page
BETWEEN = " · "  # how the registry joins the parts of a hint


@trust.staff(ANSWER)
def gaps(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show what is asked, one visit after the other; take what one visit answers."""
    if request.method != "POST":
        return _shown(request, actor)
    if wrong := _taken(request.POST.dict(), request, actor):
        return _shown(request, actor, wrong)
    return redirect(f"{reverse('sheets:gaps')}?cursor={quote(request.POST.get('cursor', ''))}")


@require_POST
@trust.staff(ANSWER)
def answer(request: HttpRequest, actor: accounts.Actor, gap_id: UUID) -> HttpResponse:
    """Take one answer, or that there is none to be had."""
    if not gaps_seen_by(actor).filter(pk=gap_id).exists():
        raise trust.Hidden(ANSWER)
    said = {f"value-{gap_id}": request.POST.get("value", ""), "evidence": request.POST.get("evidence", "")}
    if request.POST.get("deed") == "leave":
        said[f"leave-{gap_id}"] = "on"
    wrong = _taken(said, request, actor)
    return _shown(request, actor, wrong) if wrong else redirect("sheets:gaps")


def _taken(said: Mapping[str, str], request: HttpRequest, actor: accounts.Actor) -> dict[UUID, tuple[str, str]]:
    """Take each answer that was given; return those that could not be taken, with the reason: the good goes in."""
    now, wrong, done = kernel.now(), dict[UUID, tuple[str, str]](), 0
    for gap_id in gaps_seen_by(actor).filter(pk__in=_named(said)).values_list("pk", flat=True):
        value = said.get(f"value-{gap_id}", "").strip()
        try:
            if said.get(f"leave-{gap_id}"):
                leave_gap(gap_id=gap_id, by=actor, now=now)
            elif value:
                answer_gap(gap_id=gap_id, value=value, evidence=said.get("evidence", ""), by=actor, now=now)
            else:
                continue
            done += 1
        except SheetRefusedError as refused:
            wrong[gap_id] = (value, str(refused))
    if done:
        taken = ngettext(
            "%d answer taken; every form that waited for it has it, and its owner is told.",
            "%d answers taken; every form that waited for them has them, and their owners are told.", done,
        )  # fmt: skip
        messages.success(request, taken % done)
    elif not wrong:
        messages.info(request, _("Nothing was filled in."))
    return wrong


def _named(said: Mapping[str, str]) -> set[UUID]:
    """Return the questions that a visit speaks of."""
    keys = {name.partition("-")[2] for name in said if name.startswith(("value-", "leave-"))}
    found = set()
    for key in keys:
        with suppress(ValueError):
            found.add(UUID(key))
    return found


def _shown(
    request: HttpRequest, actor: accounts.Actor, wrong: dict[UUID, tuple[str, str]] | None = None
) -> HttpResponse:
    asked = visits_for(actor)
    start, page = numbered(request, asked.count(), SIZE)
    visits = asked_at(actor, list(asked[start : start + SIZE]))
    ids = {gap.entity_id for visit in visits for gap in visit.gaps}
    briefs = registry.look_at_some(entity_ids=ids, by=actor, now=kernel.now(), purpose="report") if ids else {}
    lines = [[_line(one, briefs, wrong or {}) for one in visit.gaps if one.entity_id in briefs] for visit in visits]
    context = {
        **accounts.desk_shell(actor, "gaps"), "page": page, "visits": [one for one in lines if one],
        "cursor": str(start), "evidence": request.POST.get("evidence", "") if wrong else "",
        "problem": _("What is marked could not be taken; the rest is taken.") if wrong else "",
    }  # fmt: skip
    return render(request, "sheets/gaps.html", context, status=422 if wrong else 200)


def _line(gap: Gap, briefs: dict[UUID, registry.Brief], wrong: dict[UUID, tuple[str, str]]) -> dict[str, Any]:
    brief = briefs[gap.entity_id]
    element = registry.elements_of(brief.kind).get(gap.element)
    value, problem = wrong.get(gap.pk, ("", ""))
    codes = kernel.code_entries(element.table) if element and element.table else []
    return {
        "it": gap, "forms": len(gap.waiting.all()),
        "brief": brief, "label": element.label if element else gap.element, "value": value,
        "where": brief.hint.rpartition(BETWEEN)[2] or brief.title, "problem": problem,
        "codes": [(one.code, one.label) for one in codes],
        "type": "date" if element and element.type == "date" else "text",
        "yes_no": element is not None and element.type == "flag",
    }  # fmt: skip
