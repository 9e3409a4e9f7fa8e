"""Requests to leave events out of a measure: asked by units, decided by somebody else."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.insight import api as insight
from linli.insight.forms import DecisionForm
from linli.kernel import api as kernel
from linli.trust import api as trust

ASK, DECIDE = "insight.exclude", "insight.approve"
PAGE = 25


@trust.staff(ASK, DECIDE)
def exclusions(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the requests about events that this person may see."""
    decided = request.GET.get("tab") == "decided"
    rows = insight.exclusions_seen_by(actor).filter(approved__isnull=not decided)
    page = kernel.keyset_page(rows, order=("-id",), cursor=request.GET.get("cursor"), size=PAGE)
    names = {one.code: one.name for one in insight.measures_in_force()}
    here = reverse("insight:exclusions")
    context: dict[str, Any] = {
        **accounts.desk_shell(actor, "measures"),
        "page": page,
        "requests": [
            {
                "row": row,
                "measure": names.get(row.measure, row.measure),
                "reason": insight.reason_words(row.reason),
                "open": row.approved is None and actor.can(DECIDE) and actor.person_id != row.asked_by_id,
            }
            for row in page.items
        ],
        "tabs": [
            {"label": _("To decide"), "url": here, "current": not decided},
            {"label": _("Decided"), "url": f"{here}?tab=decided", "current": decided},
        ],
    }
    return render(request, "insight/exclusions.html", context)


@require_POST
@trust.staff(DECIDE)
def decide(request: HttpRequest, actor: accounts.Actor, exclusion_id: UUID) -> HttpResponse:
    """Decide one request."""
    if not insight.exclusions_seen_by(actor).filter(pk=exclusion_id).exists():
        raise Http404
    form, approved = DecisionForm(request.POST), request.POST.get("approved") == "yes"
    if form.is_valid():
        try:
            insight.decide_exclusion(
                exclusion_id=exclusion_id, approved=approved, words=form.cleaned_data["words"], by=actor,
                now=kernel.now(),
            )  # fmt: skip
        except events.RefusedError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Left out of the adjusted figure.") if approved else _("It stays counted."))
    return redirect("insight:exclusions")
