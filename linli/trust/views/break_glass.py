"""Break-glass 紧急查阅: the page where an officer opens access in an emergency, and the page where it is reviewed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust import slots
from linli.trust.actions.activities import PURPOSES
from linli.trust.forms.break_glass import GlassForm, GlassReviewForm, GlassRulesForm
from linli.trust.models import BreakGlass
from linli.trust.queries.break_glass import (
    OPEN_GLASS,
    REVIEW,
    areas_offered,
    glass_rules,
    glass_versions,
    holding_to_break,
    openings_to_review,
    own_openings,
    running,
)
from linli.trust.rules.break_glass import content_of

MOST = 30


@require_http_methods(["GET", "POST"])
@trust.staff(OPEN_GLASS)
def open_glass(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Open access to one person or one area with a reason, and show what one has opened."""
    now, rules = kernel.now(), glass_rules()
    held = next((found for glass in slots.glasses.all() if (found := holding_to_break(actor, glass))), None)
    areas = [(one.id, one.name) for one in areas_offered(held)] if held else []
    form = GlassForm(request.POST or None, areas=areas, shortest=rules.shortest_reason)
    if request.method == "POST" and held and accounts.must_prove_again(request, post_code=held.post_code):
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
    if form.is_valid():
        try:
            row = trust.break_glass(by=actor, now=now, **form.cleaned_data)
        except trust.GlassRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            said = {"what": row.words, "minutes": rules.minutes}
            messages.warning(request, _("%(what)s is open for %(minutes)s minutes. Each look is written down.") % said)
            return redirect("trust_break_glass")
    mine = own_openings(actor)
    context = {
        "form": form,
        "rules": rules,
        "open": running(mine, now),
        "before": mine.exclude(pk__in=running(mine, now).order_by().values("pk"))[:MOST],
        **accounts.desk_shell(actor, "break-glass"),
    }
    return render(request, "trust/break_glass.html", context, status=422 if form.errors else 200)


@require_POST
@trust.staff(OPEN_GLASS, REVIEW)
def end_glass(request: HttpRequest, actor: accounts.Actor, opening_id: UUID) -> HttpResponse:
    """End access before its time."""
    own = own_openings(actor).filter(pk=opening_id).first()
    row: BreakGlass = own or get_object_or_404(openings_to_review(actor), pk=opening_id)
    _attempt(request, lambda: trust.end_break_glass(opening_id=row.pk, by=actor, now=kernel.now()))
    return redirect("trust_break_glass" if own else "trust_glass_reviews")


@require_GET
@trust.staff(REVIEW)
def glass_reviews(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List what waits to be reviewed, what is late first, and what was found before."""
    rows, now = openings_to_review(actor), kernel.now()
    waiting = rows.filter(outcome="").order_by("review_due", "id")[:MOST]
    context = {
        "waiting": [_waiting(row, now) for row in waiting],
        "done": rows.exclude(outcome="").order_by("-reviewed_at", "-id")[:MOST],
        **accounts.desk_shell(actor, "glass-reviews"),
    }
    return render(request, "trust/glass_reviews.html", context)


@require_POST
@trust.staff(REVIEW)
def review_glass(request: HttpRequest, actor: accounts.Actor, opening_id: UUID) -> HttpResponse:
    """Say whether it was justified."""
    row = get_object_or_404(openings_to_review(actor), pk=opening_id)
    said = {"outcome": request.POST.get("outcome", ""), "words": request.POST.get("words", "")[:2000]}
    _attempt(request, lambda: trust.review_break_glass(opening_id=row.pk, by=actor, now=kernel.now(), **said))
    return redirect("trust_glass_reviews")


@trust.staff(PURPOSES)
def glass_limits(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show and change the limits: how long, how often, by which posts, over which area."""
    form = GlassRulesForm(request.POST or None, initial=content_of(glass_rules()))
    if form.is_valid():
        try:
            trust.save_glass_rules(content=form.cleaned_data, by=actor, now=kernel.now())
        except trust.GlassRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The limits are in force as a new version."))
            return redirect("trust_glass_limits")
    context = {"form": form, "versions": glass_versions()[:MOST], **accounts.desk_shell(actor, "glass-limits")}
    return render(request, "trust/glass_limits.html", context, status=422 if form.errors else 200)


def _waiting(row: BreakGlass, now: datetime) -> dict[str, Any]:
    return {"it": row, "is_late": row.review_due < now, "is_open": row.ended_at is None and row.ends_at > now,
            "form": GlassReviewForm(auto_id=f"id_{row.pk}_%s")}  # fmt: skip


def _attempt(request: HttpRequest, deed: Callable[[], object]) -> None:
    try:
        deed()
    except trust.GlassRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is written down."))
