"""The desk of the rights of the person 个人信息权利办理: what waits at the unit, by its due date."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.site.forms.rights import AnswerForm
from linli.site.views.lists import seconds_left
from linli.site.views.shell import desk
from linli.trust import api as trust

ANSWER, SHOWN = "trust.rights", 100


@desk(ANSWER)
def rights(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List what people of the area want done with their data; reading it stands in the ledger."""
    now = kernel.now()
    waiting = list(trust.rights_waiting(actor)[:SHOWN])
    if waiting:
        trust.record(
            by=actor, action="list", purpose=ANSWER, subjects=[one.subject for one in waiting], object_kind="right",
            object_id=f"{len(waiting)} rows", elements=sorted({f"right.{one.kind}" for one in waiting}), now=now,
        )  # fmt: skip
    people = registry.account_entities([one.account_id for one in waiting])
    context = {**accounts.desk_shell(actor, "rights"), "rows": [_row(one, people, now) for one in waiting]}
    return render(request, "site/desk/rights.html", context)


@require_POST
@desk(ANSWER)
def answer(request: HttpRequest, actor: accounts.Actor, request_id: UUID) -> HttpResponse:
    """Take it in hand, say that it is done, or refuse it by law."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what you do with it."))
        return redirect("desk:rights")
    try:
        trust.answer_right(request_id=request_id, **form.cleaned_data, by=actor, now=kernel.now())
    except trust.RightRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Kept; the person reads it at once."))
    return redirect("desk:rights")


def _row(one: trust.RightRequest, people: dict[UUID, UUID], now: Any) -> dict[str, Any]:
    person, (source, _colon, ref) = people.get(one.account_id), one.decision.partition(":")
    return {
        "it": one, "words": one.words.reveal(), "left": seconds_left(one.due_at, now),
        "url": reverse("desk:base-card", args=[person]) if person else "",
        "explanation": one.explanation.reveal() if one.explanation else "",
        "event_url": reverse("desk:event", args=[ref]) if source == "events" else "",
    }  # fmt: skip
