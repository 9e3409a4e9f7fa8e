"""The queue of doubtful pairs 疑似同一人: two records side by side, why they look like one, and a decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange.actions.judge import judge_pair
from linli.exchange.models import LinkageReview
from linli.exchange.queries.linkage_reviews import (
    COUNTED,
    ORDER,
    SHOWN,
    Narrowed,
    following,
    reasons_for,
    review_seen_by,
    reviews_seen_by,
    waiting_count,
)
from linli.exchange.queries.linkage_sides import compared
from linli.exchange.rules.linkage_review import AGES, BANDS, CAUSES, LATER, ONE, OPEN, STATES, TWO, may
from linli.exchange.rules.linkage_words import BAND, CAUSE, chance_words
from linli.exchange.rules.refusals import ExchangeRefusedError
from linli.kernel import api as kernel
from linli.regions import api as regions
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
    """List the pairs of the area that are in one state, the longest waiting first; names stand behind their mask."""
    wanted, now = narrowed(request.GET), kernel.now()
    rows = reviews_seen_by(actor, by=wanted, now=now)
    try:
        page = kernel.keyset_page(rows, order=ORDER, size=SHOWN, cursor=request.GET.get("cursor") or None)
    except kernel.CursorError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('exchange:linkage')}?{urlencode(kept(wanted))}")
    count = waiting_count(rows)
    context = {
        **accounts.desk_shell(actor, "linkage"),
        "page": page,
        "rows": _listed(list(page.items), actor),
        "state": wanted.state,
        "tabs": _tabs(wanted, count),
        "filters": _filters(wanted, actor),
        "narrow": any((wanted.band, wanted.cause, wanted.division_id, wanted.days)),
        "query": urlencode(kept(wanted)),
        "undo": _undoable(request, actor),
    }
    return render(request, "exchange/linkage.html", context)


@trust.staff(LINK)
def pair(request: HttpRequest, actor: accounts.Actor, review_id: UUID) -> HttpResponse:
    """Show two records side by side, as far as the viewer's rights go. Both looks stand in the ledger."""
    review = review_seen_by(actor, review_id)
    if review is None:
        raise Http404
    now, wanted = kernel.now(), narrowed(request.GET)
    sides = (review.left, review.right)
    cards = [registry.open_card(entity_id=one.entity_id, by=actor, purpose=PURPOSE, now=now) for one in sides]
    context: dict[str, Any] = {
        **accounts.desk_shell(actor, "linkage"),
        "review": review,
        "kind": registry.KINDS[review.kind],
        "chance": chance_words(review.odds),
        "cause": CAUSE.get(review.cause, ""),
        "sides": [
            {"title": _side(number, side.source.name), "url": reverse("exchange:records", args=[card.brief.id])}
            for number, side, card in zip((1, 2), sides, cards, strict=True)
        ],
        "lines": compared(*cards),
        "hidden": max(card.hidden for card in cards),
        "is_one": cards[0].brief.id == cards[1].brief.id,
        "reason_columns": [_("Field"), _("How it agrees"), _("What it is worth")],
        "reasons": [
            (one.field, one.agreement, {"text": one.weight, "tone": one.tone} if one.tone else one.weight)
            for one in reasons_for(review)
        ],
        "may": {step: may(step, review.state) for step in ("one", "two", "later", "undo")},
        "state_words": TABS[review.state],
        "left": waiting_count(reviews_seen_by(actor, by=wanted, now=now)) if wanted.state == OPEN else 0,
        "query": urlencode(kept(wanted)),
        "undo": _undoable(request, actor),
    }
    return render(request, "exchange/linkage_pair.html", context)


@require_POST
@trust.staff(LINK)
def judge(request: HttpRequest, actor: accounts.Actor, review_id: UUID) -> HttpResponse:
    """Take the step that the button says, and go on with the next pair of the queue as it is narrowed."""
    step, wanted, now = request.POST.get("step", ""), narrowed(request.GET), kernel.now()
    query = kept(wanted)
    try:
        review = judge_pair(review_id=review_id, step=step, by=actor, now=now)
    except (ExchangeRefusedError, registry.RegistryRefusedError) as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('exchange:pair', args=[review_id])}?{urlencode(query)}")
    except trust.Hidden as hidden:
        raise Http404 from hidden
    messages.success(request, str(DONE[step]))
    if step == "undo":
        return redirect(f"{reverse('exchange:pair', args=[review_id])}?{urlencode(query)}")
    query |= {"last": str(review.pk)}
    next_one = following(reviews_seen_by(actor, by=wanted, now=now), review) if wanted.state == OPEN else None
    page = reverse("exchange:pair", args=[next_one.pk]) if next_one else reverse("exchange:linkage")
    return redirect(f"{page}?{urlencode(query)}")


def narrowed(get: QueryDict) -> Narrowed:
    """Read how the queue is narrowed from the address; what it does not know it leaves out."""
    state, band, cause, days, area = (get.get(name, "") for name in ("tab", "band", "cause", "days", "area"))
    return Narrowed(
        state=state if state in STATES else OPEN, band=band if band in BANDS else "",
        cause=cause if cause in CAUSES else "", days=int(days) if days in map(str, AGES) else 0,
        division_id=_known(area),
    )  # fmt: skip


def kept(wanted: Narrowed) -> dict[str, str]:
    """Return the address of a queue as it is narrowed."""
    said = {
        "tab": "" if wanted.state == OPEN else wanted.state, "band": wanted.band, "cause": wanted.cause,
        "area": str(wanted.division_id or ""), "days": str(wanted.days or ""),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def _known(area: str) -> int | None:
    try:
        return regions.division(int(area)).id if area.isascii() and area.isdigit() else None
    except regions.UnknownDivisionError:
        return None


def _tabs(wanted: Narrowed, count: int) -> list[dict[str, Any]]:
    here, more = reverse("exchange:linkage"), {name: value for name, value in kept(wanted).items() if name != "tab"}
    return [
        {"label": label, "url": f"{here}?{urlencode({'tab': code, **more})}", "current": code == wanted.state,
         **({"count": f"{COUNTED}+" if count >= COUNTED else count} if code == wanted.state else {})}
        for code, label in TABS.items()
    ]  # fmt: skip


def _filters(wanted: Narrowed, actor: accounts.Actor) -> list[dict[str, Any]]:
    """Return the selects of the queue: name, label, and options with the one that is chosen."""
    offered = (
        ("band", _("How likely"), BAND.items(), wanted.band),
        ("cause", _("Why it is unclear"), CAUSE.items(), wanted.cause),
        ("area", _("Area"), _areas(actor), wanted.division_id),
        ("days", _("Waiting for"), [(days, _("%(n)s days and more") % {"n": days}) for days in AGES], wanted.days),
    )
    return [
        {"name": name, "label": label, "options": [(code, words, str(code) == str(chosen)) for code, words in options]}
        for name, label, options, chosen in offered
    ]


def _areas(actor: accounts.Actor) -> list[tuple[int, str]]:
    """Return the streets and communities in which somebody may judge."""
    held = {one for holding in actor.holdings_with(LINK) for one in regions.descendants(holding.division_id)}
    found = [one for one in map(regions.division, held) if one.is_current and one.level >= regions.Level.STREET]
    return [(one.id, one.name) for one in sorted(found, key=lambda one: one.code)]


def _undoable(request: HttpRequest, actor: accounts.Actor) -> LinkageReview | None:
    """Return the pair that this person judged last, while it can be taken back from here."""
    try:
        last = review_seen_by(actor, UUID(request.GET.get("last", "")))
    except ValueError:
        return None
    return last if last and last.decided_by == actor.name and may("undo", last.state) else None


def _listed(rows: list[LinkageReview], actor: accounts.Actor) -> list[dict[str, Any]]:
    ids = {side.entity_id for row in rows for side in (row.left, row.right)}
    briefs = registry.look_at_some(entity_ids=ids, by=actor, now=kernel.now(), purpose=PURPOSE) if ids else {}
    return [
        {"it": row, "left": briefs[row.left.entity_id], "right": briefs[row.right.entity_id],
         "chance": chance_words(row.odds), "cause": CAUSE.get(row.cause, ""), "kind": registry.KINDS[row.kind],
         "sources": (row.left.source.name, row.right.source.name)}
        for row in rows if row.left.entity_id in briefs and row.right.entity_id in briefs
    ]  # fmt: skip


def _side(number: int, source: str) -> str:
    return _("Record %(number)s, known from %(source)s") % {"number": number, "source": source}
