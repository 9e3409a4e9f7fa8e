"""One run at the desk: what its columns mean, what it would change, how far it is, its report, and rows set aside."""

from shlex import quote
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange import tasks
from linli.exchange.actions.collect import drop_run, preview, take_run
from linli.exchange.actions.interrupted import give_up_load
from linli.exchange.actions.quarantine import (
    StillWrongError,
    correct_row,
    hand_out_rejected,
    let_go,
    open_row,
    try_again,
)
from linli.exchange.actions.sources import confirm_mapping
from linli.exchange.models import Rejected, Run
from linli.exchange.queries.columns import column_lines, element_choices
from linli.exchange.queries.datasets import run_for
from linli.exchange.queries.loads import LOAD, is_interrupted, rows_taken
from linli.exchange.queries.sources_sight import SOURCES
from linli.exchange.rules.conversions import OF_TYPE
from linli.exchange.rules.mapping import Mapped
from linli.exchange.rules.refusals import ColumnsChangedError, ExchangeRefusedError
from linli.exchange.rules.run_states import LABELS, READ, RUNNING, STOPPED, TONES, WAITING
from linli.exchange.rules.words import said_of
from linli.exchange.views.datasets import scores
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

AT_ONCE = 1000  # rows that are taken in while the officer waits; more are left to the worker
SHOWN = 100


@trust.staff(SOURCES)
def run(request: HttpRequest, actor: accounts.Actor, run_id: UUID) -> HttpResponse:
    """Show one run as it stands."""
    return _shown(request, actor, _found(actor, run_id))


@trust.staff(SOURCES)
def progress(request: HttpRequest, actor: accounts.Actor, run_id: UUID) -> HttpResponse:
    """Show how far a run is; the page asks every two seconds."""
    return render(request, "exchange/progress.html", {"job": _job(_found(actor, run_id))})


@require_POST
@trust.staff(SOURCES)
def map_columns(request: HttpRequest, actor: accounts.Actor, run_id: UUID) -> HttpResponse:
    """Confirm what the columns mean."""
    row = _found(actor, run_id)
    elements = registry.elements_of(row.dataset.kind)
    chosen = [(name, request.POST.get(f"element-{place}", "")) for place, name in enumerate(row.header)]
    mapping = [Mapped(name, code, OF_TYPE[elements[code].type]) for name, code in chosen if code in elements]
    keys = [name for place, name in enumerate(row.header) if request.POST.get(f"key-{place}")]
    try:
        confirm_mapping(
            dataset=row.dataset, mapping=mapping, keys=keys, header=row.header,
            observed=request.POST.get("observed", ""), by=actor, now=kernel.now(),
        )  # fmt: skip
    except ExchangeRefusedError as refused:
        return _shown(request, actor, row, problem=str(refused), mapping=mapping, keys=keys)
    messages.success(request, _("The mapping is in force; the next files are read without asking."))
    return redirect("exchange:run", row.pk)


@require_POST
@trust.staff(SOURCES)
def do(request: HttpRequest, actor: accounts.Actor, run_id: UUID, deed: str) -> HttpResponse:
    """Take a run in, throw it away, give a load up, or try rows again that were set aside."""
    row, now = _found(actor, run_id), kernel.now()
    try:
        if deed == "take":
            _take(request, row, actor)
        elif deed == "drop":
            drop_run(run=row, by=actor, now=now)
        elif deed == "give-up":
            give_up_load(run=row, by=actor, now=now)
        elif deed == "again":
            count = try_again(run=row, by=actor, now=now)
            messages.success(request, ngettext("%d row was taken.", "%d rows were taken.", count) % count)
        else:
            raise Http404
    except ExchangeRefusedError as refused:
        messages.error(request, str(refused))
    return redirect("exchange:run", row.pk)


@trust.staff(SOURCES)
def rejected_rows(_request: HttpRequest, actor: accounts.Actor, run_id: UUID) -> HttpResponse:
    """Hand out the rows that were set aside, with their reasons."""
    try:
        return trust.handed_out(hand_out_rejected(run=_found(actor, run_id), by=actor, now=kernel.now()))
    except trust.ApprovalNeededError as needed:
        return redirect("trust_own_export", export_id=needed.request_id)


@trust.staff(SOURCES)
def row(request: HttpRequest, actor: accounts.Actor, row_id: UUID) -> HttpResponse:
    """Show a row that was set aside, and correct it or let it go."""
    kept = Rejected.objects.filter(pk=row_id).select_related("run__dataset", "dataset").first()
    if kept is None or run_for(actor, kept.run_id) is None:
        raise Http404
    now, reasons = kernel.now(), [(one["column"], one["sentence"]) for one in kept.reasons]
    cells: dict[str, str] = {}
    if request.method == "POST":
        cells = {name: request.POST.get(f"cell-{place}", "") for place, name in enumerate(kept.run.header)}
        try:
            if request.POST.get("deed") == "drop":
                let_go(row=kept, by=actor, now=now)
            else:
                correct_row(row=kept, cells=cells, by=actor, now=now)
            messages.success(request, _("The row is settled."))
            return redirect("exchange:run", kept.run_id)
        except StillWrongError as wrong:
            reasons = wrong.reasons
        except ExchangeRefusedError as refused:
            messages.error(request, str(refused))
    told: dict[str, list[str]] = {}
    for column, sentence in reasons:
        told.setdefault(column, []).append(sentence)
    texts = cells or open_row(row=kept, by=actor, now=now)
    context = {
        **accounts.desk_shell(actor, "sources"), "row": kept, "general": told.get("", []),
        "cells": [(place, name, text, told.get(name, [])) for place, (name, text) in enumerate(texts.items())],
    }  # fmt: skip
    return render(request, "exchange/row.html", context, status=422 if request.method == "POST" else 200)


def _take(request: HttpRequest, row: Run, actor: accounts.Actor) -> None:
    """Take a small run in at once; leave a large one to the worker."""
    if row.rows <= AT_ONCE:
        done = take_run(run=row, by=actor, now=kernel.now())
        if done.state == STOPPED:
            messages.error(request, " ".join(done.notes))
    else:
        Run.objects.filter(pk=row.pk, state__in=[READ, STOPPED]).update(state=WAITING, ended_at=None, notes=[])
        tasks.take_soon(row)


def _found(actor: accounts.Actor, run_id: UUID) -> Run:
    found = run_for(actor, run_id)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, actor: accounts.Actor, row: Run, *, problem: str = "", **said: Any) -> HttpResponse:
    waiting = row.rejected_rows.filter(settled_at=None).order_by("line", "id")
    interrupted = is_interrupted(row)
    context: dict[str, Any] = {
        **accounts.desk_shell(actor, "sources"),
        "run": row,
        "dataset": row.dataset,
        "state": _("Interrupted") if interrupted else LABELS[row.state],
        "tone": "red" if interrupted else TONES[row.state],
        "job": _job(row) if row.state in {WAITING, RUNNING} and not interrupted else None,
        "interrupted": interrupted,
        "taken": rows_taken(row) if interrupted else 0,
        "command": f"linli base {quote(row.name)} --source {quote(row.dataset_id)} --load",
        "scores": scores(row.quality),
        "problem": problem,
        "aside": [(one, [said_of(reason) for reason in one.reasons]) for one in waiting[:SHOWN]],
        "aside_count": waiting.count(),
    }
    if row.state in {READ, STOPPED}:
        context |= _before(row, actor, **said)
    return render(request, "exchange/run.html", context, status=422 if problem else 200)


def _before(row: Run, actor: accounts.Actor, **said: Any) -> dict[str, Any]:
    """Return what an officer decides by: the columns, and what the run would change."""
    told: dict[str, Any] = {"columns": column_lines(row, **said), "elements": element_choices(row.dataset)}
    try:
        told["preview"] = preview(run=row, by=actor, now=kernel.now(), most=AT_ONCE)
    except ColumnsChangedError as changed:
        told["changed"] = changed.notes
    return told


def _job(row: Run) -> dict[str, Any]:
    page = reverse("exchange:run", args=[row.pk])
    done = rows_taken(row) if row.how == LOAD and row.state == RUNNING else row.done
    told: dict[str, Any] = {"label": row.name or row.dataset.name, "done": done, "total": row.rows}
    if row.state in {WAITING, RUNNING}:
        return told | {"refresh_url": reverse("exchange:run-progress", args=[row.pk])}
    return told | {"result_url": page}
