"""Reviews of looks 异常查阅复核: the auditor's list with reasons and outcomes, one review, and its steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions.review_looks import ask_officer, decide_review
from linli.trust.forms.ledger import WordsForm
from linli.trust.models import LookReview
from linli.trust.plugins import AUDIT, LOOK_RULES
from linli.trust.queries import look_reviews
from linli.trust.rules.refusals import ReviewRefusedError
from linli.trust.states import looks as states
from linli.trust.tables import (
    decided_chart,
    ledger_columns,
    ledger_rows,
    precision_columns,
    precision_rows,
    review_lines,
    review_steps,
)  # fmt: skip

PAGE = 25


@require_GET
@trust.staff(AUDIT)
def looks(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List what waits for a review, the weightiest first, and how those that were decided ended."""
    decided = request.GET.get("tab") == "decided"
    rows = look_reviews.reviews_seen_by(actor).filter(decided_at__isnull=not decided)
    order = ("-decided_at", "-id") if decided else ("-weight", "-id")
    page = kernel.keyset_page(rows, order=order, cursor=request.GET.get("cursor"), size=PAGE)
    _note(actor, "search", "")
    here = reverse("trust_looks")
    context: dict[str, Any] = {
        **accounts.desk_shell(actor, "looks"),
        "page": page,
        "lines": review_lines(page.items, look_reviews.reasons_of(page.items)),
        "tabs": [
            {"label": _("To review"), "url": here, "current": not decided},
            {"label": _("Decided"), "url": f"{here}?tab=decided", "current": decided},
        ],
        "columns": precision_columns(),
        "rules": precision_rows(look_reviews.precision_by_rule()),
        "chart": decided_chart(look_reviews.precision_by_month()),
        "may_set": actor.can(LOOK_RULES),
    }
    return render(request, "trust/looks.html", context)


@require_GET
@trust.staff(AUDIT)
def look_review(request: HttpRequest, actor: accounts.Actor, review_id: UUID) -> HttpResponse:
    """Show one review with its reasons and the looks behind it. Opening it is entered into the ledger."""
    return _page(request, actor, _seen(actor, review_id), WordsForm())


@require_POST
@trust.staff(AUDIT)
def look_step(request: HttpRequest, actor: accounts.Actor, review_id: UUID) -> HttpResponse:
    """Ask the officer, or decide."""
    review, form = _seen(actor, review_id), WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, review, form)
    step, words, now = request.POST.get("step", ""), form.cleaned_data["words"], kernel.now()
    try:
        if step == "ask":
            ask_officer(review_id=review.pk, words=words, by=actor, now=now)
        else:
            decide_review(review_id=review.pk, step=step, words=words, by=actor, now=now)
    except ReviewRefusedError as refused:
        form.add_error(None, str(refused))
        return _page(request, actor, review, form)
    messages.success(request, _("The officer was asked.") if step == "ask" else _("Decided, with your words."))
    return redirect("trust_look_review", review_id=review.pk)


def _page(request: HttpRequest, actor: accounts.Actor, review: LookReview, form: WordsForm) -> HttpResponse:
    entries = look_reviews.looks_behind(review)
    _note(actor, "read", review.pk)
    (line,) = review_lines([review], look_reviews.reasons_of([review]))
    context = {
        **accounts.desk_shell(actor, "looks"),
        "review": review,
        "line": line,
        "form": form,
        "steps": review_steps(review.steps.order_by("at", "id")),
        "own": look_reviews.is_of_chain(actor, review),
        "possible": states.possible(review.state),
        "columns": ledger_columns(),
        "rows": ledger_rows(entries),
        "is_cut": len(entries) == look_reviews.MOST_BEHIND,
    }
    return render(request, "trust/look_review.html", context, status=422 if form.errors else 200)


def _seen(actor: accounts.Actor, review_id: UUID) -> LookReview:
    review = look_reviews.reviews_seen_by(actor).filter(pk=review_id).first()
    if review is None:
        raise Http404
    return review


def _note(actor: accounts.Actor, action: str, key: object) -> None:
    trust.record(
        by=actor, action=action, purpose="audit", subjects=(), object_kind="trust.look_review", object_id=key,
        elements=(), now=kernel.now(),
    )  # fmt: skip
