"""Applications for data: of the own unit, to answer with their clock, a new one, and one with its answer."""

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
from linli.exchange import api as exchange
from linli.exchange import states, tables
from linli.exchange.forms.sharing import AnswerForm, ApplyForm, WordsForm
from linli.exchange.models import Application
from linli.exchange.queries.asking import too_much
from linli.exchange.queries.datasets import late_at_desk
from linli.exchange.queries.sharing import (
    by_clock,
    history_of,
    made_by_unit,
    remote_dataset,
    remote_datasets,
    to_answer,
)
from linli.exchange.queries.sight import APPLY, APPROVE, OVERSEE
from linli.exchange.rules import wording
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust

PAGE = 25
KINDS = tuple(registry.KINDS)


@trust.staff(APPLY, APPROVE, OVERSEE)
def applications(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List applications: to answer, of the own unit, or all of the area."""
    now, offered = kernel.now(), _offered(actor)
    tab, tabs = tables.queue_of(offered, request.GET.get("tab", ""))
    rows = by_clock(offered[tab][1])
    page = kernel.keyset_page(rows, order=("-id",), cursor=request.GET.get("cursor"), size=PAGE)
    if tab == "answer":  # what is due first stands on top; nobody owes more answers than fit on a page or two
        page = kernel.Page(tuple(rows[: 2 * PAGE]), None, None)
    context = {
        **accounts.desk_shell(actor, "sharing"),
        "page": page,
        "rows": [_line(row, now) for row in page.items],
        "tab": tab,
        "tabs": tabs,
        "late_sets": late_at_desk(actor, now),
        "may_apply": actor.can(APPLY),
    }  # fmt: skip
    return render(request, "exchange/applications.html", context)


@trust.staff(APPLY)
def new_application(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Write an application for elements of one kind of record, and hand it in or keep it as a draft."""
    at = remote_dataset(request.GET.get("at", ""))
    kind = at.kind if at else kind if (kind := request.GET.get("kind", "")) in KINDS else KINDS[0]
    held, now = actor.holdings_with(APPLY)[0], kernel.now()
    today = timezone.localdate(now)
    initial = {"starts_on": today, "ends_on": today.replace(month=12, day=31), "quota": 100, "ways": ["verify"]}
    there = [one["code"] for one in at.elements] if at else None
    form = ApplyForm(
        request.POST or None, initial=initial, kind=kind, elements=there, there=at is not None,
        top_id=county_of(held.division_id), purposes=registry.purposes_of(actor, now=now, capability=APPLY),
    )  # fmt: skip
    if form.is_valid():
        try:
            rows = exchange.draft_application(
                asked=form.asked(form.cleaned_data["purpose"]), basis=form.cleaned_data["basis"],
                words=form.cleaned_data["words"], unit_id=held.unit_id, by=actor, now=now, at=at,
            )  # fmt: skip
        except exchange.TermsRefusedError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return _made(request, rows, actor)
    context = {
        **accounts.desk_shell(actor, "sharing"),
        "form": form,
        "unit": held.unit_name,
        "kind_tabs": [
            {"label": registry.KINDS[code].label, "url": f"?kind={code}", "current": code == kind and not at}
            for code in KINDS
        ],
        "at": at,
        "remote": remote_datasets(),
        "kept_back": [] if at else [one for one in registry.elements_of(kind).values() if one.sharing == "none"],
    }
    return render(request, "exchange/apply.html", context, status=422 if form.errors else 200)


@trust.staff(APPLY, APPROVE, OVERSEE)
def application(request: HttpRequest, actor: accounts.Actor, application_id: UUID) -> HttpResponse:
    """Show one application: what is asked beside the grade of each element; answer it, hand it in or take it back."""
    row = _one(actor, application_id)
    may_answer = (
        not row.is_away
        and row.state == states.APPLIED
        and trust.may(actor, APPROVE, row)
        and row.made_by_id != actor.person_id
    )
    form = _answer_form(request, row) if may_answer else None
    if request.method == "POST":
        if form is None:
            raise trust.NotAllowed(APPROVE)
        if _answered(request, form, row, actor):
            return redirect("exchange:application", application_id=row.pk)
    now = kernel.now()
    is_sent = form is not None and request.method == "POST"
    ticked = {name: request.POST.getlist(name) for name in ("elements", "lifted")} if is_sent else None
    context = {
        **accounts.desk_shell(actor, "sharing"),
        "row": row,
        "left": tables.left(row, now),
        "state": tables.state_of(row),
        "facts": tables.facts_of(row),
        "elements": tables.element_lines(row, ticked),
        "too_much": too_much(row, timezone.localdate(now)),
        "timeline": tables.timeline_of(history_of(row.pk)),
        "grant": getattr(row, "grant", None),
        "there": tables.grant_there(row),
        "form": form,
        "own": trust.may(actor, APPLY, row) and row.state in {states.DRAFT, states.APPLIED},
        "back": reverse("exchange:applications"),
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "exchange/application.html", context, status=422 if wrong else 200)


@require_POST
@trust.staff(APPLY)
def move(request: HttpRequest, actor: accounts.Actor, application_id: UUID) -> HttpResponse:
    """Hand a draft in, or take an application back."""
    row, form = _one(actor, application_id), WordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        if request.POST.get("step") == "apply":
            exchange.submit_application(application_id=row.pk, by=actor, now=kernel.now())
            messages.success(request, _("Handed in; the owner owes an answer by the date on this page."))
        else:
            exchange.withdraw_application(application_id=row.pk, by=actor, now=kernel.now(), words=words)
            asked = row.is_away and row.state == states.APPLIED
            messages.success(request, _("The other node is asked to take it back.") if asked else _("Taken back."))
    except exchange.RefusedError as refused:
        messages.error(request, str(refused))
    return redirect("exchange:application", application_id=row.pk)


def county_of(division_id: int) -> int:
    """Return the county of a division, or the division itself where it lies above or beside one."""
    path = regions.division(division_id).path
    return next((one for one in path if regions.division(one).level == regions.Level.COUNTY), division_id)


def _offered(actor: accounts.Actor) -> dict[str, tuple[str, Any]]:
    """Return the lists that somebody has, the one with work in it first."""
    found: dict[str, tuple[str, Any]] = {}
    if actor.can(APPROVE):
        found["answer"] = (_("To answer"), to_answer(actor))
    if actor.can(APPLY):
        found["mine"] = (_("Of my unit"), made_by_unit(actor))
    found["all"] = (_("All"), exchange.applications_seen_by(actor))
    return found


def _line(row: Application, now: Any) -> dict[str, Any]:
    names = tables.labels(row.kind, row.elements)
    return {
        "it": row,
        "left": tables.left(row, now),
        "state": tables.state_of(row),
        "elements": wording.listed(names),
        "purpose": registry.purpose_words(row.purpose),
        "url": reverse("exchange:application", args=[row.pk]),
    }


def _one(actor: accounts.Actor, application_id: UUID) -> Application:
    rows = exchange.applications_seen_by(actor).select_related(
        "unit", "owner_unit", "division", "grant", "answered_by", "peer"
    )
    row = rows.filter(pk=application_id).first()
    if row is None:
        raise Http404
    return row


def _made(request: HttpRequest, rows: list[Application], actor: accounts.Actor) -> HttpResponse:
    if request.POST.get("step") == "apply":
        for row in rows:
            exchange.submit_application(application_id=row.pk, by=actor, now=kernel.now())
        messages.success(request, _("Handed in; the owner owes an answer by the date on this page."))
    else:
        messages.success(request, _("Kept as a draft; the clock runs from when you hand it in."))
    if len(rows) > 1:
        messages.info(request, _("The elements belong to several departments: each has an application of its own."))
        return redirect(f"{reverse('exchange:applications')}?tab=mine")
    return redirect("exchange:application", application_id=rows[0].pk)


def _answer_form(request: HttpRequest, row: Application) -> AnswerForm:
    (row_element, values), *_more = row.rows.items() or [("", [])]
    initial = {
        "elements": row.elements, "lifted": row.lifted, "division": row.division_id, "row_element": row_element,
        "row_values": ",".join(map(str, values)), "starts_on": row.starts_on, "ends_on": row.ends_on,
        "quota": row.quota, "ways": row.ways,
    }  # fmt: skip
    data = request.POST if request.method == "POST" else None
    return AnswerForm(data, initial=initial, kind=row.kind, elements=row.elements, top_id=row.division_id)


def _answered(request: HttpRequest, form: AnswerForm, row: Application, actor: accounts.Actor) -> bool:
    """Do what the button says; a refusal stands at its field."""
    now, declines = kernel.now(), request.POST.get("verdict") == "decline"
    if declines:
        form.errors.clear() if form.errors else None
    try:
        if declines:
            words = request.POST.get("words", "")[:2000]
            exchange.decline_application(application_id=row.pk, words=words, by=actor, now=now)
            messages.success(request, _("Refused; the other side reads why."))
            return True
        if form.is_valid():
            grant = exchange.approve_application(
                application_id=row.pk, by=actor, now=now, granted=form.asked(row.purpose, row.push_to),
                words=form.cleaned_data["words"],
            )  # fmt: skip
            messages.success(request, _("Granted: %(number)s.") % {"number": grant.number})
            return True
    except exchange.WordsMissingError as refused:
        form.add_error("words", str(refused))
    except exchange.TermsRefusedError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    except exchange.RefusedError as refused:
        form.add_error(None, str(refused))
    return False
