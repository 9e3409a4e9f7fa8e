"""What a record is made of 记录构成: its sources, its merges and splits; taking it apart with a preview, and back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

LINK = "registry.link"


@trust.staff(LINK)
def records(request: HttpRequest, actor: accounts.Actor, entity_id: UUID) -> HttpResponse:
    """Show the sources of a record and its history; with sources chosen, the two that would come of a split."""
    now = kernel.now()
    try:
        made = registry.look_into(entity_id=entity_id, by=actor, now=now)
    except trust.Hidden as hidden:
        raise Http404 from hidden
    leaving = _chosen(request.GET.getlist("leaving"))
    context: dict[str, Any] = {
        **accounts.desk_shell(actor, "linkage"),
        "made": made,
        "kind": registry.KINDS[made.card.brief.kind],
        "leaving": leaving,
        "may_split": len(made.sources) > 1,
        "halves": _halves(request, made, leaving, actor) if leaving else None,
        "deeds": [_deed(one) for one in made.deeds],
    }
    return render(request, "exchange/linkage_records.html", context)


@require_POST
@trust.staff(LINK)
def split(request: HttpRequest, actor: accounts.Actor, entity_id: UUID) -> HttpResponse:
    """Let the chosen sources speak of somebody else from now on."""
    leaving, now = _chosen(request.POST.getlist("leaving")), kernel.now()
    try:
        reason = request.POST.get("reason", "")
        registry.separate(entity_id=entity_id, leaving=leaving, by=actor, now=now, reason=reason)
    except trust.Hidden as hidden:
        raise Http404 from hidden
    except registry.MergeRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("They are two records now; no import joins them again. It can be taken back below.")
        )
    return redirect("exchange:records", entity_id)


@require_POST
@trust.staff(LINK)
def take_back(request: HttpRequest, actor: accounts.Actor, entity_id: UUID) -> HttpResponse:
    """Undo a merge or a split."""
    try:
        registry.take_deed_back(deed_id=UUID(request.POST.get("deed", "")), by=actor, now=kernel.now())
    except (trust.Hidden, ValueError) as hidden:
        raise Http404 from hidden
    except registry.MergeRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back; the records are as they were before."))
    return redirect("exchange:records", entity_id)


def _chosen(numbers: list[str]) -> list[int]:
    return [int(one) for one in numbers[:100] if one.isascii() and one.isdigit() and len(one) < 19]  # noqa: PLR2004  64 bits


def _halves(
    request: HttpRequest, made: registry.Made, leaving: list[int], actor: accounts.Actor
) -> list[dict[str, Any]] | None:
    try:
        found = registry.preview_split(entity_id=made.card.brief.id, leaving=leaving, by=actor, now=kernel.now())
    except registry.MergeRefusedError as refused:
        messages.error(request, str(refused))
        return None
    return [
        {"title": _("Who stays"), "lines": found.stays,
         "sources": [one.source for one in made.sources if one.identity not in leaving]},
        {"title": _("Who leaves as somebody new"), "lines": found.leaves,
         "sources": [one.source for one in made.sources if one.identity in leaving]},
    ]  # fmt: skip


def _deed(one: registry.Deed) -> dict[str, Any]:
    if one.act == "merge":
        words = _("Another record was merged into this one") if one.into_this else _("Merged into another record")
    else:
        words = (
            _("Came out of another record by a split") if one.into_this else _("Split: sources left to another record")
        )
    return {"it": one, "words": words}
