"""Definitions of measures: what is in force, the next version as a draft with what it would change, and history."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.insight import api as insight
from linli.insight import tables
from linli.insight.forms import MONTHS, DefinitionForm
from linli.insight.models import Measure
from linli.insight.queries.measures import definition_of, draft_of, versions_of
from linli.insight.rules.months import before
from linli.kernel import api as kernel
from linli.trust import api as trust

DEFINE = "insight.define"
FIELDS = ("name", "numerator", "denominator", "tiers", "reasons", "period")


@trust.staff(DEFINE)
def definitions(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the measures in force with their sentences."""
    context = {**accounts.desk_shell(actor, "definitions"), "measures": insight.measures_in_force()}
    return render(request, "insight/definitions.html", context)


@trust.staff(DEFINE)
def definition(request: HttpRequest, actor: accounts.Actor, measure: str) -> HttpResponse:
    """Show one measure: write its draft, try it, put it in force or take it back."""
    versions = versions_of(measure)
    if not versions:
        raise Http404
    form = DefinitionForm(request.POST or None, initial=_fields(versions[0]))
    if request.method == "POST" and (done := _act(request, form, measure, actor)):
        messages.success(request, done)
        return redirect("insight:definition", measure=measure)
    draft = draft_of(measure)
    context = {
        **accounts.desk_shell(actor, "definitions"),
        "versions": [{"row": row, "sentence": definition_of(row).sentence} for row in versions],
        "code": measure,
        "form": form,
        "draft": draft,
        "tried_columns": [{"label": label, "figure": bool(place)} for place, label in enumerate(_heads())],
        "tried": _tried(actor, draft) if draft else [],
    }
    return render(request, "insight/definition.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, form: DefinitionForm, code: str, actor: accounts.Actor) -> str:
    """Do what the button says; return a sentence about it, or nothing where it was refused."""
    act = request.POST.get("act")
    try:
        if act == "force":
            insight.put_measure_in_force(code=code, by=actor, now=kernel.now())
            return _("The new version is in force.")
        if act == "drop":
            insight.drop_draft(code=code, by=actor)
            return _("The draft is taken back.")
        if form.is_valid():
            insight.draft_measure(code=code, by=actor, now=kernel.now(), **form.cleaned_data)
            return _("The draft is kept; look at what it would change.")
    except events.RefusedError as refused:
        form.add_error(None, str(refused))
    return ""


def _heads() -> tuple[str, ...]:
    return _("Version"), _("Raw"), _("Hits"), _("Sample")


def _fields(row: Measure) -> dict[str, Any]:
    return {field: getattr(row, field) for field in FIELDS}


def _tried(actor: accounts.Actor, draft: Measure) -> list[list[Any]]:
    """Return the figure of the last three months as it is, and as the draft would count it."""
    last = timezone.localdate(kernel.now()).replace(day=1)
    wanted = insight.Wanted(first=before(last, MONTHS - 1), last=last)
    lines = []
    current = insight.measure_in_force(draft.code)
    for label, one in ((_("In force"), current), (_("Draft"), definition_of(draft))):
        if one:
            raw = insight.totals(actor=actor, wanted=wanted, measures=[one])[one.code].raw
            lines.append([label, {"text": tables.percent(raw)}, raw.hits, raw.sample])
    return lines
