"""What a column of a table by area counts, changed by an officer who sees the numbers at once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.actions.count_by import count_by
from linli.sheets.forms.figures import FigureForm
from linli.sheets.models import Column
from linli.sheets.queries.figures import counted_now
from linli.sheets.queries.reading import BY_AREA
from linli.sheets.rules.counting import figure_of
from linli.sheets.rules.refusals import SheetRefusedError
from linli.sheets.rules.wording import figure_words
from linli.sheets.states import FILL, FILLED
from linli.sheets.views.forms import found
from linli.trust import api as trust

REPORT = "report"
Refused = (SheetRefusedError, registry.PurposeMissingError)


@trust.staff(FILL)
def figure(request: HttpRequest, actor: accounts.Actor, column_id: UUID) -> HttpResponse:
    """Show what a column counts; count by other conditions, or keep them."""
    column = Column.objects.select_related("part__form__division").filter(pk=column_id, part__kind=BY_AREA).first()
    if column is None:
        raise Http404
    form, now, counted = found(actor, column.part.form_id), kernel.now(), figure_of(column.transform)
    kinds = {code: kind.label for code, kind in registry.KINDS.items()}
    asked = request.GET.get("of", counted.kind if counted else "")
    kind = asked if asked in kinds else next(iter(kinds))
    by = FigureForm(request.POST or None, kind=kind, figure=counted)
    context = {
        **accounts.desk_shell(actor, "sheets"), "form": form, "column": column, "by": by, "problem": "",
        "counted": figure_words(column.transform),
        "tabs": [{"label": label, "url": f"?of={code}", "current": code == kind} for code, label in kinds.items()],
    }  # fmt: skip
    if request.method == "POST" and by.is_valid():
        try:
            if request.POST.get("deed") != "count":
                count_by(column_id=column.pk, figure=by.figure(), by=actor, now=now)
                messages.success(request, _("Counted by these conditions from now on, also in forms to come."))
                return redirect("sheets:rows" if form.state == FILLED else "sheets:form", form_id=form.pk)
            context["numbers"] = counted_now(
                column.part, by.figure(), purpose=form.purpose or _first_purpose(actor), by=actor, now=now
            )
        except Refused as refused:
            context["problem"] = str(refused)
    return render(request, "sheets/figure.html", context, status=422 if context["problem"] or by.errors else 200)


def _first_purpose(actor: accounts.Actor) -> str:
    """Return the purpose that a form without one is counted for."""
    offered = [code for code, _label in registry.purposes_of(actor, now=kernel.now(), capability=FILL)]
    return REPORT if REPORT in offered else next(iter(offered), "")
