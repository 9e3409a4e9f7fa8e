"""What is behind one cell of a filled form: the list that a number counts, the sources that differ about a value."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets import slots
from linli.sheets.actions.choose_source import SourceChoice, choose_source
from linli.sheets.models import Column, Line
from linli.sheets.queries.figures import behind as wish_behind
from linli.sheets.queries.sight import SEE
from linli.sheets.rules.refusals import SheetRefusedError
from linli.sheets.rules.wording import figure_words
from linli.sheets.states import FILL, FILLED
from linli.sheets.views.forms import found
from linli.sheets.views.numbered import numbered
from linli.trust import api as trust

SIZE = 30
WHY = {
    "only": gettext_lazy("Nobody else says anything."),
    "owner": gettext_lazy("The base believes it, for this department owns the data element."),
    "verified": gettext_lazy("The base believes it, for it was verified on site."),
    "newest": gettext_lazy("The base believes it, for it was seen last."),
}


@trust.staff(*SEE)
def behind(request: HttpRequest, actor: accounts.Actor, line_id: UUID, column_id: UUID) -> HttpResponse:
    """Show the list behind a number of a table by area, masked as every list; each look stands in the ledger."""
    line = get_object_or_404(Line.objects.select_related("part__form"), pk=line_id)
    form = found(actor, line.part.form_id)
    column = get_object_or_404(Column, pk=column_id, part=line.part_id)
    wish, now = wish_behind(line, column), kernel.now()
    if wish is None:
        raise Http404
    try:
        ids = registry.choose_rows(wish=wish, by=actor, purpose=form.purpose, now=now, case=form.number)
    except (registry.WishRefusedError, registry.PurposeMissingError) as refused:
        return render(request, "sheets/behind.html", _shell(actor, line, column) | {"problem": str(refused)})
    start, page = numbered(request, len(ids), SIZE)
    some = ids[start : start + SIZE]
    briefs = registry.look_at_some(entity_ids=some, by=actor, now=now, purpose=form.purpose) if some else {}
    shown = {"page": page, "briefs": [briefs[key] for key in some if key in briefs], "count": len(ids)}
    return render(request, "sheets/behind.html", _shell(actor, line, column) | shown)


@trust.staff(*SEE)
def sources(request: HttpRequest, actor: accounts.Actor, line_id: UUID, column_id: UUID) -> HttpResponse:
    """Compare what the sources say about one cell, and choose another for this form."""
    line = get_object_or_404(Line.objects.select_related("part__form"), pk=line_id, entity__isnull=False)
    form, now = found(actor, line.part.form_id), kernel.now()
    column = get_object_or_404(Column.objects.exclude(element=""), pk=column_id, part=line.part_id)
    problem, back = "", f"{reverse('sheets:rows', args=[form.pk])}?part={line.part.place}"
    if request.method == "POST":
        said = request.POST
        choice = SourceChoice(said.get("source", ""), said.get("deed") == "wrong", said.get("evidence", ""))
        try:
            choose_source(line_id=line.pk, column_id=column.pk, choice=choice, by=actor, now=now)
        except (SheetRefusedError, registry.PurposeMissingError) as refused:
            problem = str(refused)
        else:
            messages.success(request, _("Chosen for this form; its owner is asked to correct the base.")
                             if choice.base_is_wrong else _("Chosen for this form."))  # fmt: skip
            return redirect(f"{back}&cursor={quote(request.GET.get('cursor', ''))}")
    try:
        sides = registry.look_at_sides(
            entity_id=line.row_id, path=column.element, by=actor, purpose=form.purpose, now=now, case=form.number
        )
    except registry.PurposeMissingError as missing:
        sides, problem = None, str(missing)
    brief = registry.look_at_some(entity_ids=[line.row_id], by=actor, now=now, purpose=form.purpose)
    context = _shell(actor, line, column) | {
        "sides": sides, "why": WHY[sides.why] if sides else "", "problem": problem, "back": back,
        "brief": brief.get(line.row_id), "may_fill": form.state == FILLED and trust.may(actor, FILL, form),
        "can_tell": bool(slots.proposers.all()),
    }  # fmt: skip
    return render(request, "sheets/sources.html", context, status=422 if problem else 200)


def _shell(actor: accounts.Actor, line: Line, column: Column) -> dict[str, object]:
    return {
        **accounts.desk_shell(actor, "sheets"), "form": line.part.form, "line": line, "column": column,
        "counted": figure_words(column.transform),
    }  # fmt: skip
