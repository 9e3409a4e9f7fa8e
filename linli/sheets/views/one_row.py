"""One row of a form, cell by cell: what stands there, who says it, how far it is believed; and rows left out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.sheets import states
from linli.sheets.actions.choose import leave_out
from linli.sheets.actions.type_in import take_back, type_in
from linli.sheets.models import Form, Line, Part
from linli.sheets.queries.bounds import read_for
from linli.sheets.queries.details import details_of
from linli.sheets.queries.filled import columns_of, name_of
from linli.sheets.queries.reading import read_part
from linli.sheets.queries.sight import SEE
from linli.sheets.rules.refusals import SheetRefusedError
from linli.sheets.views.forms import found
from linli.trust import api as trust

WHO = (states.FILL, states.CHECK)


@trust.staff(*SEE)
def one_row(request: HttpRequest, actor: accounts.Actor, line_id: UUID) -> HttpResponse:
    """Show one row; each look stands in the ledger."""
    line = get_object_or_404(Line.objects.select_related("part__form"), pk=line_id)
    form = _form(actor, line.part)
    reading = read_part(line.part, [line], by=actor, now=kernel.now(), read=read_for(line.part.form))
    name = name_of(reading.columns, reading.rows[0]) if reading.rows else ""
    context = {
        **accounts.desk_shell(actor, "sheets"), "form": form, "line": line, "number": line.place + 1,
        "name": name or line.label, "details": details_of(reading, form.on), "back": _rows(line.part),
        "may_fill": form.state == states.FILLED and trust.may(actor, states.FILL, form),
    }  # fmt: skip
    return render(request, "sheets/one_row.html", context)


@trust.staff(*SEE)
def left_out(request: HttpRequest, actor: accounts.Actor, form_id: UUID) -> HttpResponse:
    """List the rows that were left out of a form, with the reasons."""
    form = found(actor, form_id)
    parts = [(part, part.lines.exclude(left_out="").order_by("place", "id")) for part in form.parts.order_by("place")]
    shown = []
    for part, lines in parts:
        _form(actor, part)
        if some := list(lines[:500]):
            reading = read_part(part, some, by=actor, now=kernel.now(), read=read_for(part.form))
            names = [name_of(reading.columns, row) for row in reading.rows]
            shown.append((part, [(line, name or line.label) for line, name in zip(some, names, strict=True)]))
    context = {
        **accounts.desk_shell(actor, "sheets"), "form": form, "parts": shown,
        "may_fill": form.state == states.FILLED and trust.may(actor, states.FILL, form),
    }  # fmt: skip
    return render(request, "sheets/left_out.html", context)


@require_POST
@trust.staff(states.FILL)
def do(request: HttpRequest, actor: accounts.Actor, line_id: UUID, deed: str) -> HttpResponse:
    """Write into a cell, take what was written back, leave the row out, or take it in again."""
    line = get_object_or_404(Line.objects.select_related("part__form"), pk=line_id)
    form, now, said = found(actor, line.part.form_id), kernel.now(), request.POST
    column = next((one.pk for one in columns_of(line.part) if str(one.pk) == said.get("column")), None)
    try:
        if deed == "write" and column:
            type_in(line_id=line.pk, column_id=column, value=said.get("value", ""), by=actor, now=now)
        elif deed == "take-back" and column:
            take_back(line_id=line.pk, column_id=column, by=actor)
        elif deed == "leave-out":
            leave_out(line_id=line.pk, words=said.get("words", "").strip() or _("left out by hand"), by=actor, now=now)
            messages.success(request, _("Left out of this form."))
            return redirect(_rows(line.part))
        elif deed == "take-in":
            leave_out(line_id=line.pk, words="", by=actor, now=now)
            messages.success(request, _("Taken in again."))
            return redirect("sheets:left-out", form_id=form.pk)
        else:
            raise Http404
    except SheetRefusedError as refused:
        messages.error(request, str(refused))
    return redirect("sheets:one-row", line_id=line.pk)


def _form(actor: accounts.Actor, part: Part) -> Form:
    """Return the form for who fills or checks it; who takes it in sees what was delivered, not this."""
    form = found(actor, part.form_id)
    if not any(trust.may(actor, one, form) for one in WHO):
        raise Http404
    return form


def _rows(part: Part) -> str:
    return f"{reverse('sheets:rows', args=[part.form_id])}?part={part.place}"
