"""Applications to issue forms: the lists, a new one from a file, one with its overlap report, its decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.sheets.actions import admit
from linli.sheets.actions.admission import (
    apply_for_admission,
    design_of_file,
    draft_admission,
    withdraw_admission,
)
from linli.sheets.forms.issuing import DecisionForm, FileForm, TermsForm
from linli.sheets.models import Admission
from linli.sheets.queries.admissions import SEE, admissions_seen_by, history_of
from linli.sheets.queries.issuing import rules_at
from linli.sheets.queries.overlaps import on_list, report_on
from linli.sheets.rules import admission_states as states
from linli.sheets.rules.designs import KINDS, columns_of
from linli.sheets.rules.issuing import FREQUENCIES, LEVELS
from linli.sheets.rules.overlap import Overlap
from linli.sheets.rules.refusals import SheetRefusedError
from linli.trust import api as trust

SIZE = 25
TABS = {
    "decide": (states.APPLIED,),
    "mine": (states.DRAFT, states.APPLIED, states.SHRUNK),
    "list": (states.ADMITTED,),
    "past": (states.REFUSED, states.WITHDRAWN, states.EXPIRED, states.STOPPED),
}
LINE_TONES = {"held": "green", "partly": "blue", "gap": "amber", "itself": ""}


@trust.staff(*SEE)
def admissions(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the applications: to decide, of the own unit, on the list, over."""
    may_admit, may_issue = actor.can(states.ADMIT), actor.can(states.ISSUE)
    words = {
        "decide": _("Waiting for a decision"),
        "mine": _("Of my unit"),
        "list": pgettext("admission", "On the list"),
        "past": _("Over"),
    }
    offered = [tab for tab in TABS if (tab != "decide" or may_admit) and (tab != "mine" or may_issue)]
    tab = chosen if (chosen := request.GET.get("tab", "")) in offered else offered[0]
    rows = admissions_seen_by(actor).filter(state__in=TABS[tab]).select_related("unit", "division")
    if tab == "mine":
        rows = rows.filter(unit_id__in=actor.unit_ids)
    page = kernel.keyset_page(rows, order=("-id",), cursor=request.GET.get("cursor"), size=SIZE)
    context = {
        **shell(actor, "admissions"), "page": page, "rows": [_line(one) for one in page.items], "tab": tab,
        "may_issue": may_issue,
        "tabs": [{"label": words[code], "url": f"?tab={code}", "current": code == tab} for code in offered],
    }  # fmt: skip
    return render(request, "sheets/admissions.html", context)


@trust.staff(states.ISSUE)
def new_admission(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Begin an application with the file of a form."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (row := _drafted(form, actor)):
        return redirect("sheets:admission", admission_id=row.pk)
    context = {**shell(actor, "admissions"), "form": form}
    return render(request, "sheets/admission_new.html", context, status=422 if form.errors else 200)


@trust.staff(*SEE)
def admission(request: HttpRequest, actor: accounts.Actor, admission_id: UUID) -> HttpResponse:
    """Show an application with its overlap report, and what can be done with it; take its terms."""
    row = found(actor, admission_id)
    own, today = trust.may(actor, states.ISSUE, row), timezone.localdate(kernel.now())
    form = None
    if own and row.state == states.DRAFT:
        form = TermsForm(request.POST or None, initial=_initial(row, today))
        if request.method == "POST" and form.is_valid() and _applied(request, form, row, actor):
            return redirect("sheets:admission", admission_id=row.pk)
    status = 422 if form is not None and form.errors else 200
    return _page(request, actor, row, form=form, status=status)


@require_POST
@trust.staff(*SEE)
def decide(request: HttpRequest, actor: accounts.Actor, admission_id: UUID, deed: str) -> HttpResponse:
    """Admit, offer fewer columns, accept them, refuse, withdraw, or take off the list."""
    row, now = found(actor, admission_id), kernel.now()
    form = DecisionForm(request.POST, listed=on_list(day=timezone.localdate(now)))
    if not form.is_valid():
        return _page(request, actor, row, decision=form, status=422)
    try:
        done = _done(row, deed, form, request, actor)
    except SheetRefusedError as refused:
        form.add_error(None, str(refused))
        return _page(request, actor, row, decision=form, status=422)
    messages.success(request, done)
    return redirect("sheets:admission", admission_id=row.pk)


def found(actor: accounts.Actor, admission_id: UUID) -> Admission:
    """Return an application that somebody sees; 404 for any other."""
    rows = admissions_seen_by(actor).select_related("unit", "division", "merge_with", "decided_unit")
    row = rows.filter(pk=admission_id).first()
    if row is None:
        raise Http404
    return row


def shell(actor: accounts.Actor, current: str) -> dict[str, Any]:
    """Return what stands around each page of issuing: the desk, and the pages beside this one."""
    words = [
        ("admissions", _("Applications")), ("demands", _("Reports")), ("burden", _("Burden")), ("design", _("Design")),
    ]  # fmt: skip
    if actor.can(states.ADMIT):
        words.append(("issuing-rules", _("Rules")))
    if not actor.can(states.ISSUE):
        words = [one for one in words if one[0] != "design"]
    return {
        **accounts.desk_shell(actor, "admissions"),
        "rooms": [
            {"label": text, "url": reverse(f"sheets:{name}"), "current": name == current} for name, text in words
        ],
    }


def _done(row: Admission, deed: str, form: DecisionForm, request: HttpRequest, actor: accounts.Actor) -> str:
    said = form.cleaned_data
    whom: dict[str, Any] = {"admission_id": row.pk, "by": actor, "now": kernel.now()}
    if deed == "admit":
        return _("Admitted as %s.") % admit.admit_form(words=said["words"], **whom).list_number
    if deed == "shrink":
        keep = [int(one) for one in request.POST.getlist("keep") if one.isdecimal() and len(one) < SIZE]
        admit.shrink_form(keep=keep, words=said["words"], **whom)
        return _("Offered with fewer columns; the office accepts or withdraws.")
    if deed == "refuse":
        admit.refuse_form(reason=said["reason"], words=said["words"], merge_with=said["merge_with"], **whom)
        return _("Refused; the office reads why.")
    if deed == "accept":
        return _("Accepted; it is on the list as %s.") % admit.accept_fewer(**whom).list_number
    if deed == "withdraw":
        withdraw_admission(words=said["words"], **whom)
        return _("Withdrawn.")
    if deed == "stop":
        admit.stop_form(reason=said["reason"], words=said["words"], **whom)
        return _("Taken off the list; the office reads why.")
    raise Http404


def _page(
    request: HttpRequest, actor: accounts.Actor, row: Admission, *, form: TermsForm | None = None,
    decision: DecisionForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    now = kernel.now()
    report, rules = report_on(row, now=now), rules_at(now)
    may_decide = row.state == states.APPLIED and trust.may(actor, states.ADMIT, row) and _is_other(row, actor)
    may_stop = row.state == states.ADMITTED and trust.may(actor, states.ADMIT, row) and _is_other(row, actor)
    if decision is None:
        merge = report.merge and on_list(day=timezone.localdate(now)).filter(list_number=report.merge.number).first()
        decision = DecisionForm(
            initial={"merge_with": merge or None}, listed=on_list(day=timezone.localdate(now)).exclude(pk=row.pk)
        )
    cells = report.asked * (row.rows or 0)
    context = {
        **shell(actor, "admissions"), "row": row, "form": form, "decision": decision, "report": report,
        "state": {"text": states.LABELS[row.state], "tone": states.TONES.get(row.state, "")},
        "lines": _lines(report), "kind": KINDS.get(row.kind, row.kind), "may_decide": may_decide, "may_stop": may_stop,
        "own": trust.may(actor, states.ISSUE, row), "cells": cells, "hours": rules.minutes(cells) // 60,
        "levels": [LEVELS[one] for one in row.levels if one in LEVELS], "frequency": FREQUENCIES.get(row.frequency, ""),
        "timeline": _timeline(row), "reason": states.REASONS.get(row.reason, ""), "rules": rules,
        "design_url": f"{reverse('sheets:design')}?admission={row.pk}",
    }  # fmt: skip
    return render(request, "sheets/admission.html", context, status=status)


def _lines(report: Overlap) -> list[dict[str, Any]]:
    words = {"held": _("in the base"), "partly": _("partly in the base"), "gap": _("nobody has it yet"),
             "itself": _("asks nobody")}  # fmt: skip
    kept = {one.path for one in report.keep}
    return [
        {
            "place": place, "header": one.column.header, "label": one.label, "owner": one.owner,
            "said": words[one.standing], "tone": LINE_TONES[one.standing], "share": one.share,
            "shows_share": one.standing in {"held", "partly"} and bool(one.label),
            "keep": one.column.path in kept or report.advice != "shrink",
        }
        for place, one in enumerate(report.lines)
    ]  # fmt: skip


def _timeline(row: Admission) -> list[dict[str, Any]]:
    found = []
    for one in history_of(row):
        count = len(one.columns or ())
        columns = _("%d columns") % count if one.columns else ""
        said = " · ".join(str(part) for part in (states.STEP_WORDS.get(one.step, one.step), columns) if part)
        found.append({"at": one.at, "text": said, "by": str(one.unit or ""), "said": one.words})
    return found


def _line(row: Admission) -> dict[str, Any]:
    count = sum(not one.is_by_itself for one in columns_of(row.columns))
    return {
        "it": row, "state": states.LABELS[row.state], "tone": states.TONES.get(row.state, ""),
        "frequency": FREQUENCIES.get(row.frequency, ""), "columns": count,
        "url": reverse("sheets:admission", args=[row.pk]),
    }  # fmt: skip


def _is_other(row: Admission, actor: accounts.Actor) -> bool:
    return row.unit_id not in actor.unit_ids and row.made_by_id not in actor.persons


def _initial(row: Admission, today: Any) -> dict[str, Any]:
    return {
        "basis": row.basis, "words": row.words, "levels": row.levels or ["community"],
        "frequency": row.frequency or "yearly", "first_on": row.first_on or today, "days": row.days or 10,
        "rows": row.rows,
    }  # fmt: skip


def _applied(request: HttpRequest, form: TermsForm, row: Admission, actor: accounts.Actor) -> bool:
    try:
        apply_for_admission(admission_id=row.pk, terms=form.terms(), by=actor, now=kernel.now())
    except SheetRefusedError as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Applied; another unit decides."))
    return True


def _drafted(form: FileForm, actor: accounts.Actor) -> Admission | None:
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        return draft_admission(design=design_of_file(content, file.name), by=actor, now=kernel.now(), content=content)
    except SheetRefusedError as refused:
        form.add_error("file", str(refused))
        return None
