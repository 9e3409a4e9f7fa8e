"""The queue of doubtful pairs 疑似同一人: two records side by side, why they look like one, and a decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange.actions.judge import judge_pair
from linli.exchange.models import LinkageReview
from linli.exchange.queries.linkage_reviews import SHOWN, reasons_for, review_seen_by, reviews_seen_by
from linli.exchange.rules.linkage_review import LATER, ONE, OPEN, STATES, TWO, may
from linli.exchange.rules.linkage_words import chance_words
from linli.exchange.rules.refusals import ExchangeRefusedError
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

LINK, PURPOSE = "exchange.link", "link"
TABS = {
    OPEN: gettext_lazy("To judge"), LATER: gettext_lazy("Put off"), ONE: gettext_lazy("One"), TWO: gettext_lazy("Two"),
}  # fmt: skip
DONE = {
    "one": gettext_lazy("They are one record now; the decision holds for every later import."),
    "two": gettext_lazy("They stay two; no import will join them."),
    "later": gettext_lazy("Put off."),
    "undo": gettext_lazy("Taken back; the pair waits to be judged again."),
}


@trust.staff(LINK)
def queue(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the pairs of the area that are in one state; names stand behind their mask."""
    state = tab if (tab := request.GET.get("tab", "")) in STATES else OPEN
    rows = list(reviews_seen_by(actor, state)[: SHOWN + 1])
    here = reverse("exchange:linkage")
    context = {
        **accounts.desk_shell(actor, "linkage"),
        "rows": _listed(rows[:SHOWN], actor),
        "has_more": len(rows) > SHOWN,
        "state": state,
        "tabs": [
            {"label": label, "url": f"{here}?tab={code}", "current": code == state} for code, label in TABS.items()
        ],
    }
    return render(request, "exchange/linkage.html", context)


@trust.staff(LINK)
def pair(request: HttpRequest, actor: accounts.Actor, review_id: UUID) -> HttpResponse:
    """Show two records side by side, as far as the viewer's rights go. Both looks stand in the ledger."""
    review = review_seen_by(actor, review_id)
    if review is None:
        raise Http404
    now = kernel.now()
    sides = (review.left, review.right)
    cards = [registry.open_card(entity_id=one.entity_id, by=actor, purpose=PURPOSE, now=now) for one in sides]
    context: dict[str, Any] = {
        **accounts.desk_shell(actor, "linkage"),
        "review": review,
        "kind": registry.KINDS[review.kind],
        "chance": chance_words(review.odds),
        "columns": ["", *(_side(number, side.source.name) for number, side in enumerate(sides, 1))],
        "lines": _lines(*cards),
        "hidden": max(card.hidden for card in cards),
        "is_one": cards[0].brief.id == cards[1].brief.id,
        "reason_columns": [_("Field"), _("How it agrees"), _("What it is worth")],
        "reasons": [
            (one.field, one.agreement, {"text": one.weight, "tone": one.tone} if one.tone else one.weight)
            for one in reasons_for(review)
        ],
        "may": {step: may(step, review.state) for step in ("one", "two", "later", "undo")},
        "state_words": TABS[review.state],
        "steps": list(review.steps.order_by("-at")[:10]),
    }
    return render(request, "exchange/linkage_pair.html", context)


@require_POST
@trust.staff(LINK)
def judge(request: HttpRequest, actor: accounts.Actor, review_id: UUID) -> HttpResponse:
    """Take the step that the button says, and go on with the next pair."""
    step = request.POST.get("step", "")
    try:
        judge_pair(review_id=review_id, step=step, by=actor, now=kernel.now())
    except (ExchangeRefusedError, registry.RegistryRefusedError) as refused:
        messages.error(request, str(refused))
        return redirect("exchange:pair", review_id)
    except trust.Hidden as hidden:
        raise Http404 from hidden
    messages.success(request, str(DONE[step]))
    following = reviews_seen_by(actor).first() if step != "undo" else None
    if step == "undo":
        return redirect("exchange:pair", review_id)
    return redirect("exchange:pair", following.pk) if following else redirect("exchange:linkage")


def _listed(rows: list[LinkageReview], actor: accounts.Actor) -> list[dict[str, Any]]:
    ids = {side.entity_id for row in rows for side in (row.left, row.right)}
    briefs = registry.look_at_some(entity_ids=ids, by=actor, now=kernel.now(), purpose=PURPOSE) if ids else {}
    return [
        {"it": row, "left": briefs[row.left.entity_id], "right": briefs[row.right.entity_id],
         "chance": chance_words(row.odds), "kind": registry.KINDS[row.kind],
         "sources": (row.left.source.name, row.right.source.name)}
        for row in rows if row.left.entity_id in briefs and row.right.entity_id in briefs
    ]  # fmt: skip


def _side(number: int, source: str) -> str:
    return _("Record %(number)s, known from %(source)s") % {"number": number, "source": source}


def _lines(left: registry.Card, right: registry.Card) -> list[tuple[Any, ...]]:
    """Return the rows of the comparison: an element and what each side says of it."""
    these, those = ({line.code: line for line in card.lines} for card in (left, right))
    found = []
    for code in [*these, *(code for code in those if code not in these)]:
        a, b = these.get(code), those.get(code)
        label = a.label if a else those[code].label
        found.append((label, *(one.text if one else _("not known") for one in (a, b))))
    return found
