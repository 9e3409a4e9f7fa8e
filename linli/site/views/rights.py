"""Rights of the person 个人信息权利: a resident asks, follows and reads the receipt; opens the copy of their data."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.site.forms.rights import DecisionForm, RightForm
from linli.site.views.looks import crumbs, own
from linli.site.views.wards import Whom, whom
from linli.trust import api as trust

SHOWN = 50


@own
def rights(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List what was asked for, and ask."""
    now, form = kernel.now(), RightForm(request.POST or None, initial={"entry_id": request.GET.get("look", "")})
    about = whom(request, actor, now)
    if request.method == "POST" and form.is_valid():
        try:
            made = trust.ask_right(**form.cleaned_data, by=actor, now=now, ward=about.ward)
        except trust.RightRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return _to_receipt(made, about)
    context = {
        "form": form, "rows": trust.rights_asked_by(about.of)[:SHOWN], "is_confirmed": bool(about.of.token),
        "crumbs": crumbs(_("What I want done")), "now": now, "whom": about,
    }  # fmt: skip
    return render(request, "site/resident/rights.html", context, status=422 if form.errors else 200)


@require_GET
@own
def decisions(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List what machines decided on somebody, each with its explanation."""
    now = kernel.now()
    about = whom(request, actor, now)
    found = trust.decisions_on(by=actor, now=now, ward=about.ward)
    context = {"groups": found, "whom": about, "crumbs": crumbs(_("What machines decided"))}
    return render(request, "site/resident/decisions.html", context)


@own
def decision(request: HttpRequest, actor: accounts.Actor, source: str, ref: str) -> HttpResponse:
    """Explain how a machine decided on one's own matter; ask for it with a receipt, or that a person decides anew."""
    now, form = kernel.now(), DecisionForm(request.POST or None)
    about = whom(request, actor, now)
    told = trust.explanation_of(source, ref, by=actor, now=now, ward=about.ward)
    if told is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            made = trust.ask_right(**form.cleaned_data, source=source, ref=ref, by=actor, now=now, ward=about.ward)
        except trust.RightRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return _to_receipt(made, about)
    context = {
        "form": form, "told": told, "objection": trust.objection_to(source, ref, of=about.of), "whom": about,
        "unit": accounts.unit(told.unit_id).name, "crumbs": crumbs(_("What a machine decided")),
    }  # fmt: skip
    return render(request, "site/resident/decision.html", context, status=422 if form.errors else 200)


@require_GET
@own
def right(request: HttpRequest, actor: accounts.Actor, number: str) -> HttpResponse:
    """Show one request: the receipt, how it stands, what was answered."""
    about = whom(request, actor, kernel.now())
    row = _mine(about, number)
    context = {
        "row": row, "words": row.words.reveal(), "answer": row.answer.reveal() if row.answer else "", "whom": about,
        "explanation": row.explanation.reveal() if row.explanation else "", "steps": row.steps.order_by("id"),
        "copy_is_open": trust.open_copy(about.of, kernel.now()) is not None,
        "crumbs": crumbs(row.number), "may_take_back": row.ended_at is None,
    }  # fmt: skip
    return render(request, "site/resident/right.html", context)


@require_POST
@own
def take_back(request: HttpRequest, actor: accounts.Actor, number: str) -> HttpResponse:
    """Take a request back."""
    about = whom(request, actor, kernel.now())
    row = _mine(about, number)
    try:
        trust.take_back_right(number=row.number, by=actor, now=kernel.now(), ward=about.ward)
    except trust.RightRefusedError as refused:
        messages.error(request, str(refused))
    return _to_receipt(row, about)


@require_GET
@own
def copy(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the copy of one's data, or hand it out for machines with `?form=json`."""
    now = kernel.now()
    about = whom(request, actor, now)
    parts = trust.read_copy(by=actor, now=now, ward=about.ward)
    if request.GET.get("form") == "json":
        said = {"made_at": now.isoformat(), "parts": [_part(label, rows) for label, rows in parts]}
        answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
        answer["Content-Disposition"] = f'attachment; filename="my-data-{timezone.localdate(now)}.json"'
        return answer
    return render(
        request, "site/resident/copy.html", {"parts": parts, "now": now, "whom": about, "crumbs": crumbs(_("My copy"))}
    )


def _part(label: str, rows: Any) -> dict[str, Any]:
    held = [{"item": str(one.label), "value": one.value, "source": one.source, "since": one.since.isoformat()}
            for one in rows]  # fmt: skip
    return {"holder": label, "held": held}


def _to_receipt(row: trust.RightRequest, about: Whom) -> HttpResponse:
    return redirect(reverse("site:right", args=[row.number]) + about.tail)


def _mine(about: Whom, number: str) -> trust.RightRequest:
    row = trust.rights_asked_by(about.of).filter(number=number).first()
    if row is None:
        raise Http404
    return row
