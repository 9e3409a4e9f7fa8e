"""The desk of the rights of the person 个人信息权利办理: what waits at the unit, by its due date."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
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

ANSWER, TAGS, SHOWN = "trust.rights", "registry.tags", 100
EVENTS = frozenset({"events", "duplicates"})


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
    own = registry.account_entities([one.account_id for one in waiting if not one.guardianship])
    wards = registry.wards_under([one.guardianship for one in waiting if one.guardianship])
    people = {one.pk: wards.get(one.guardianship) if one.guardianship else own.get(one.account_id) for one in waiting}
    rows = [{**_row(one, people[one.pk], now), "has_decided": trust.has_decided(one, actor)} for one in waiting]
    context = {**accounts.desk_shell(actor, "rights"), "rows": rows, "may_untag": actor.can(TAGS)}
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
        if form.cleaned_data["step"] == "pass_up":
            trust.pass_right_up(request_id=request_id, by=actor, now=kernel.now())
        else:
            trust.answer_right(request_id=request_id, **form.cleaned_data, by=actor, now=kernel.now())
    except trust.RightRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Kept; the person reads it at once."))
    return redirect("desk:rights")


@require_POST
@desk(ANSWER)
def untag(request: HttpRequest, actor: accounts.Actor, request_id: UUID) -> HttpResponse:
    """Decide anew that the rule of a tag does not fit this person: it is taken away and given no more."""
    row = trust.rights_waiting(actor).filter(pk=request_id, decision__startswith="tags:").first()
    if row is None or trust.has_decided(row, actor):
        raise Http404
    try:
        registry.exempt_from_tag(mark_id=int(row.decision.partition(":")[2]), by=actor, now=kernel.now())
    except registry.TagRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The tag is gone and the rule gives it no more. Now write the answer."))
    return redirect("desk:rights")


def _row(one: trust.RightRequest, person: UUID | None, now: Any) -> dict[str, Any]:
    source, _colon, ref = one.decision.partition(":")
    return {
        "it": one, "words": one.words.reveal(), "left": seconds_left(one.due_at, now),
        "url": reverse("desk:base-card", args=[person]) if person else "",
        "explanation": one.explanation.reveal() if one.explanation else "",
        "event_url": reverse("desk:event", args=[ref]) if source in EVENTS else "",
        "is_tag": source == "tags",
    }  # fmt: skip
