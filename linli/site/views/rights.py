"""Rights of the person 个人信息权利: a resident asks, follows and reads the receipt; opens the copy of their data."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.site.forms.rights import DecisionForm, RightForm
from linli.site.views.looks import crumbs, own
from linli.trust import api as trust

SHOWN = 50


@own
def rights(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List what was asked for, and ask."""
    now, form = kernel.now(), RightForm(request.POST or None, initial={"entry_id": request.GET.get("look", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = trust.ask_right(**form.cleaned_data, by=actor, now=now)
        except trust.RightRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("site:right", number=made.number)
    context = {
        "form": form, "rows": trust.rights_asked_by(actor)[:SHOWN], "is_confirmed": bool(trust.oneself(actor).token),
        "crumbs": crumbs(_("What I want done")), "now": now,
    }  # fmt: skip
    return render(request, "site/resident/rights.html", context, status=422 if form.errors else 200)


@own
def decision(request: HttpRequest, actor: accounts.Actor, source: str, ref: str) -> HttpResponse:
    """Explain how a machine decided on one's own matter; ask for it with a receipt, or that a person decides anew."""
    now, form = kernel.now(), DecisionForm(request.POST or None)
    told = trust.explanation_of(source, ref, by=actor, now=now)
    if told is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            made = trust.ask_right(**form.cleaned_data, source=source, ref=ref, by=actor, now=now)
        except trust.RightRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("site:right", number=made.number)
    context = {
        "form": form, "told": told, "objection": trust.objection_to(source, ref, by=actor),
        "unit": accounts.unit(told.unit_id).name, "crumbs": crumbs(_("What a machine decided")),
    }  # fmt: skip
    return render(request, "site/resident/decision.html", context, status=422 if form.errors else 200)


@require_GET
@own
def right(request: HttpRequest, actor: accounts.Actor, number: str) -> HttpResponse:
    """Show one request: the receipt, how it stands, what was answered."""
    row = _mine(actor, number)
    context = {
        "row": row, "words": row.words.reveal(), "answer": row.answer.reveal() if row.answer else "",

        "explanation": row.explanation.reveal() if row.explanation else "", "steps": row.steps.order_by("id"),
        "copy_is_open": trust.open_copy(actor, kernel.now()) is not None,
        "crumbs": crumbs(row.number), "may_take_back": row.ended_at is None,
    }  # fmt: skip
    return render(request, "site/resident/right.html", context)


@require_POST
@own
def take_back(request: HttpRequest, actor: accounts.Actor, number: str) -> HttpResponse:
    """Take a request back."""
    row = _mine(actor, number)
    try:
        trust.take_back_right(number=row.number, by=actor, now=kernel.now())
    except trust.RightRefusedError as refused:
        messages.error(request, str(refused))
    return redirect("site:right", number=number)


@require_GET
@own
def copy(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the copy of one's data, or hand it out for machines with `?form=json`."""
    now = kernel.now()
    parts = trust.read_copy(by=actor, now=now)
    if request.GET.get("form") == "json":
        said = {"made_at": now.isoformat(), "parts": [_part(label, rows) for label, rows in parts]}
        answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
        answer["Content-Disposition"] = f'attachment; filename="my-data-{timezone.localdate(now)}.json"'
        return answer
    return render(request, "site/resident/copy.html", {"parts": parts, "now": now, "crumbs": crumbs(_("My copy"))})


def _part(label: str, rows: Any) -> dict[str, Any]:
    held = [{"item": str(one.label), "value": one.value, "source": one.source, "since": one.since.isoformat()}
            for one in rows]  # fmt: skip
    return {"holder": label, "held": held}


def _mine(actor: accounts.Actor, number: str) -> trust.RightRequest:
    row = trust.rights_asked_by(actor).filter(number=number).first()
    if row is None:
        raise Http404
    return row
