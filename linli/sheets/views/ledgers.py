"""Standing ledgers at the desk: those of the unit, a new one, one with what is new, a form that is filled from it."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.actions.carry_over import fill_from_ledger
from linli.sheets.actions.ledger import change_ledger, keep_ledger, ledger_from_form, note_issue, step_ledger
from linli.sheets.forms.ledgers import LedgerForm
from linli.sheets.models import Issue, StandingLedger
from linli.sheets.queries.changes import CODE, changes_since, rows_changed
from linli.sheets.queries.ledgers import ids_in, last_issue, ledgers_seen_by, said_in, standing_of
from linli.sheets.rules.ledger_states import CLOSED, KEPT, LABELS, TONES
from linli.sheets.rules.ledgers import CellChange, columns_from
from linli.sheets.rules.refusals import SheetRefusedError
from linli.sheets.states import FILL
from linli.sheets.views.forms import found as found_form
from linli.sheets.views.numbered import numbered
from linli.sheets.views.rows import areas_of
from linli.trust import api as trust

SIZE, KINDS = 25, ("persons", "households", "houses", "organisations", "places", "things")
Refused = (SheetRefusedError, registry.PurposeMissingError, registry.WishRefusedError)


@trust.staff(FILL)
def ledgers(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the ledgers of the unit."""
    tab = CLOSED if request.GET.get("tab") == CLOSED else KEPT
    rows = ledgers_seen_by(actor).filter(state=tab).select_related("unit")
    page = kernel.keyset_page(rows, order=("name", "id"), cursor=request.GET.get("cursor"), size=SIZE)
    words = {KEPT: _("Kept ledgers"), CLOSED: _("Closed ledgers")}
    context = {
        **accounts.desk_shell(actor, "ledgers"), "page": page, "tab": tab,
        "rows": [{"it": one, "issue": last_issue(one)} for one in page.items],
        "tabs": [{"label": words[code], "url": f"?tab={code}", "current": code == tab} for code in words],
    }  # fmt: skip
    return render(request, "sheets/ledgers.html", context)


@trust.staff(FILL)
def new_ledger(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Begin a ledger by elements: what a row is, whom it means, what it says of each."""
    now, asked = kernel.now(), request.GET.get("kind", "")
    kind = asked if asked in KINDS else KINDS[0]
    form = _form(request, actor, kind, now)
    if request.method == "POST" and form.is_valid():
        try:
            row = keep_ledger(draft=form.draft(), by=actor, now=now)
        except SheetRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("sheets:ledger", ledger_id=row.pk)
    labels = {"persons": _("people"), "households": _("households"), "houses": _("houses"),
              "organisations": _("organisations"), "places": _("places"), "things": _("things")}  # fmt: skip
    context = {
        **accounts.desk_shell(actor, "ledgers"), "form": form,
        "tabs": [{"label": labels[one], "url": f"?kind={one}", "current": one == kind} for one in KINDS],
    }  # fmt: skip
    return render(request, "sheets/ledger_new.html", context, status=422 if form.errors else 200)


@trust.staff(FILL)
def edit(request: HttpRequest, actor: accounts.Actor, ledger_id: UUID) -> HttpResponse:
    """Change the name, whom it means, the columns and the purpose of a ledger that is kept."""
    row, now = _found(actor, ledger_id), kernel.now()
    form = _form(request, actor, row.kind, now, row)
    if request.method == "POST" and form.is_valid():
        try:
            change_ledger(ledger_id=row.pk, draft=form.draft(), by=actor, now=now)
        except SheetRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Changed; the next look and the next form go by it."))
            return redirect("sheets:ledger", ledger_id=row.pk)
    context = {**accounts.desk_shell(actor, "ledgers"), "form": form, "ledger": row}
    return render(request, "sheets/ledger_new.html", context, status=422 if form.errors else 200)


@trust.staff(FILL)
def ledger(request: HttpRequest, actor: accounts.Actor, ledger_id: UUID) -> HttpResponse:
    """Show a ledger as it stands, or what is new since an issue."""
    row, now = _found(actor, ledger_id), kernel.now()
    issue = _issue(row, request.GET.get("since", ""))
    tab = "changes" if request.GET.get("tab") == "changes" else "rows"
    context: dict[str, Any] = {
        **accounts.desk_shell(actor, "ledgers"), "ledger": row, "state": LABELS[row.state], "tone": TONES[row.state],
        "columns": columns_from(row.columns), "issue": issue, "tab": tab, "is_kept": row.state == KEPT,
        "issues": row.issues.order_by("-at", "-id").select_related("form", "by")[:24],
        "purpose": registry.purpose_words(row.purpose),
        "tabs": [{"label": _("As it stands"), "url": "?tab=rows", "current": tab == "rows"},
                 {"label": _("What is new"), "url": "?tab=changes", "current": tab == "changes"}],
    }  # fmt: skip
    try:
        shown = _rows if tab == "rows" else _changes
        context |= shown(row, issue, request, actor, now)
    except Refused as refused:
        context["problem"] = str(refused)
    return render(request, "sheets/ledger.html", context)


@require_POST
@trust.staff(FILL)
def do(request: HttpRequest, actor: accounts.Actor, ledger_id: UUID, deed: str) -> HttpResponse:
    """Note a ledger as it stands, close it, or keep it again."""
    row, now = _found(actor, ledger_id), kernel.now()
    try:
        if deed == "note":
            note_issue(ledger_id=row.pk, by=actor, now=now)
            messages.success(request, _("Noted as it stands; from now on what is new is marked."))
        elif deed in {"close", "resume"}:
            step_ledger(ledger_id=row.pk, step=deed, by=actor, now=now)
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("sheets:ledger", ledger_id=row.pk)


@require_POST
@trust.staff(FILL)
def changes_file(request: HttpRequest, actor: accounts.Actor, ledger_id: UUID) -> HttpResponse:
    """Hand out what is new since an issue as CSV, through the room by which everything with people leaves."""
    row = _found(actor, ledger_id)
    issue = _issue(row, request.POST.get("since", ""))
    if issue is None:
        raise Http404
    wanted = {"ledger": str(row.pk), "issue": str(issue.pk)}
    try:
        taken = trust.take_out(kind=CODE, wanted=wanted, by=actor, now=kernel.now())
    except trust.ApprovalNeededError as needed:
        return redirect("trust_own_export", export_id=needed.request_id)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("sheets:ledger", ledger_id=row.pk)
    return trust.handed_out(replace(taken, name=f"{row.name}-{taken.mark}"), "csv")


@require_POST
@trust.staff(FILL)
def of_form(request: HttpRequest, actor: accounts.Actor, form_id: UUID) -> HttpResponse:
    """Fill a form from a ledger, or keep its list as one."""
    row, now = found_form(actor, form_id), kernel.now()
    chosen = request.POST.get("ledger", "")
    try:
        if chosen:
            count = fill_from_ledger(form_id=row.pk, ledger_id=_uuid(chosen), by=actor, now=now)
            said = ngettext(
                "Filled from the ledger; %d typed cell was carried over with its date.",
                "Filled from the ledger; %d typed cells were carried over with their dates.", count,
            )  # fmt: skip
            messages.success(request, said % count)
        else:
            ledger_from_form(form_id=row.pk, name=request.POST.get("name", "").strip(), by=actor, now=now)
            messages.success(request, _("Kept as a ledger; the next form like this one is filled from it."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("sheets:rows", form_id=row.pk)


def _rows(
    row: StandingLedger, issue: Issue | None, request: HttpRequest, actor: accounts.Actor, now: datetime
) -> dict[str, Any]:
    """Return a page of rows as they stand, each marked with what is new."""
    ids = ids_in(row, by=actor, now=now)
    start, page = numbered(request, len(ids), SIZE)
    some = ids[start : start + SIZE]
    rows = standing_of(row, some, by=actor, now=now).rows if some else {}
    before, keys = said_in(issue, list(rows)), [one.key for one in columns_from(row.columns)]
    lines = [
        {"is_new": issue is not None and entity not in before,
         "cells": [CellChange(key, before.get(entity, cells).get(key, cells[key]), cells[key]) for key in keys]}
        for entity, cells in rows.items()
    ]  # fmt: skip
    return {"lines": lines, "page": page, "count": len(ids)}


def _changes(
    row: StandingLedger, issue: Issue | None, request: HttpRequest, actor: accounts.Actor, now: datetime
) -> dict[str, Any]:
    """Return a page of what came, changed and left since an issue."""
    if issue is None:
        return {"changed": []}
    found = changes_since(row, issue, by=actor, now=now)
    changed = rows_changed(found)
    start, page = numbered(request, len(changed), SIZE)
    shown = [
        {"it": one, "cells": [(found.labels.get(cell.key, cell.key), cell) for cell in one.cells]}
        for one in changed[start : start + SIZE]
    ]
    new = found.changes
    counts = {"came": len(new.came), "cells": len(new.cells), "went": len(new.went)}
    return {"changed": shown, "page": page, "counts": counts}


def _form(
    request: HttpRequest, actor: accounts.Actor, kind: str, now: datetime, row: StandingLedger | None = None
) -> LedgerForm:  # fmt: skip
    held = actor.holdings_with(FILL)
    areas = areas_of(held[0].division_id) if held else []
    purposes = registry.purposes_of(actor, now=now, capability=FILL)
    return LedgerForm(request.POST or None, kind=kind, areas=areas, purposes=purposes, ledger=row)


def _found(actor: accounts.Actor, ledger_id: UUID) -> StandingLedger:
    row = ledgers_seen_by(actor).select_related("unit").filter(pk=ledger_id).first()
    if row is None:
        raise Http404
    return row


def _issue(row: StandingLedger, said: str) -> Issue | None:
    """Return the issue that is named, else the last one."""
    try:
        named = row.issues.filter(pk=UUID(said)).first() if said else None
    except ValueError:
        named = None
    return named or last_issue(row)


def _uuid(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        return UUID(int=0)
