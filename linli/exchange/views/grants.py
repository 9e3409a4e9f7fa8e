"""Grants: those in force with how much they are used, one with its end, and who may read about people of my area."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange import states, tables
from linli.exchange.actions.use import units_of
from linli.exchange.forms.sharing import WordsForm
from linli.exchange.models import Grant
from linli.exchange.queries.asking import too_much
from linli.exchange.queries.push import last_deliveries, push_of
from linli.exchange.queries.sharing import (
    counts_of,
    history_of,
    last_days,
    open_grants,
    readers_of,
    uses_by_day,
)
from linli.exchange.queries.sight import APPLY, APPROVE, OVERSEE
from linli.exchange.rules import wording
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust

PAGE = 30
PUSH_TONES = {"waiting": "amber", "sent": "green", "failed": "red"}
STEPS = {states.ACTIVE: ("suspend", "revoke"), states.SUSPENDED: ("resume", "revoke")}


@trust.staff(APPLY, APPROVE, OVERSEE)
def grants(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List grants, those in force or all, with how much they are used."""
    now, everything = kernel.now(), request.GET.get("tab") == "all"
    rows = exchange.grants_seen_by(actor).select_related("unit", "owner_unit", "division")
    shown = rows if everything else rows.filter(open_grants(now))
    page = kernel.keyset_page(shown, order=("-id",), cursor=request.GET.get("cursor"), size=PAGE)
    counts = counts_of(Grant.objects.filter(pk__in=[one.pk for one in page.items]))
    here = reverse("exchange:grants")
    context = {
        **accounts.desk_shell(actor, "sharing"),
        "page": page,
        "columns": tables.grant_columns(),
        "rows": tables.grant_rows(page.items, counts, now),
        "chart": tables.chart_of(last_days(now), uses_by_day(exchange.grants_seen_by(actor), now=now)),
        "tabs": [
            {"label": _("Grants in force"), "url": here, "current": not everything},
            {"label": _("All"), "url": f"{here}?tab=all", "current": everything},
        ],
    }
    return render(request, "exchange/grants.html", context)


@trust.staff(APPLY, APPROVE, OVERSEE)
def grant(request: HttpRequest, actor: accounts.Actor, grant_id: UUID) -> HttpResponse:
    """Show one grant: its terms, its uses, what can be done with it."""
    row, now = one_grant(actor, grant_id), kernel.now()
    this = Grant.objects.filter(pk=row.pk)
    calls, found = counts_of(this).get(row.pk, (0, 0))
    is_over = row.closes_at <= now
    labels = {"suspend": _("Suspend"), "resume": _("Resume"), "revoke": _("Revoke the grant")}
    steps = STEPS.get(row.state, ()) if trust.may(actor, APPROVE, row) and not is_over else ()
    context = {
        **accounts.desk_shell(actor, "sharing"),
        "row": row,
        "state": tables.state_of(row, now),
        "facts": tables.facts_of(row),
        "elements": tables.element_lines(row),
        "risen": tables.risen_grant(row, decides=trust.may(actor, APPROVE, row)) if not is_over else None,
        "too_much": too_much(row, timezone.localdate(now)),
        "calls": calls,
        "found": found,
        "chart": tables.chart_of(last_days(now), uses_by_day(this, now=now)),
        "timeline": tables.timeline_of(history_of(row.pk)),
        "steps": [(step, labels[step]) for step in steps],
        "push": _push(row, actor, is_open=row.state == states.ACTIVE and not is_over),
        "back": reverse("exchange:grants"),
    }
    return render(request, "exchange/grant.html", context)


@require_POST
@trust.staff(APPROVE)
def end(request: HttpRequest, actor: accounts.Actor, grant_id: UUID) -> HttpResponse:
    """Suspend, resume or revoke a grant, with a reason."""
    row, form, step = one_grant(actor, grant_id), WordsForm(request.POST), request.POST.get("step", "")
    try:
        if step not in STEPS.get(row.state, ()) or not form.is_valid():
            raise states.StepNotPossibleError
        exchange.end_grant(
            grant_id=row.pk, step=step, words=form.cleaned_data["words"], by=actor, now=kernel.now()
        )  # fmt: skip
        messages.success(request, _("Done; it counts from the next call on."))
    except exchange.RefusedError as refused:
        messages.error(request, str(refused))
    return redirect("exchange:grant", grant_id=row.pk)


@trust.staff("registry.see", APPROVE, OVERSEE)
def readers(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show who may read what about people of the own area, until when: no person stands here, only contracts."""
    now = kernel.now()
    areas = sorted(
        {held.division_id for held in actor.holdings if held.capabilities & {"registry.see", OVERSEE, APPROVE}}
    )
    found = readers_of(areas, now=now).order_by("-id")
    page = kernel.keyset_page(found, order=("-id",), cursor=request.GET.get("cursor"), size=PAGE)
    context = {
        **accounts.desk_shell(actor, "sharing"),
        "page": page,
        "areas": wording.listed(regions.division(one).name for one in areas),
        "rows": [_reader(one) for one in page.items],
        "columns": [
            {"label": label, "figure": False}
            for label in (_("Who reads"), _("Which data elements"), _("Purpose"), _("People of"), _("How it is asked"),
                          _("Last day"))
        ],
    }  # fmt: skip
    return render(request, "exchange/readers.html", context)


def _push(row: Grant, actor: accounts.Actor, *, is_open: bool) -> dict[str, Any] | None:
    """Return the deliveries of a grant as its page shows them: to the owner to see, to the recipient to send again."""
    push = push_of(row)
    if push is None:
        return None
    ours = is_open and row.unit_id in units_of(actor)
    return {
        "begins": ours, "begun": push.holding_id is not None, "error": push.error if is_open else "",
        "reached_at": push.reached_at, "next_try_at": push.next_try_at if is_open and push.failures else None,
        "rows": [
            {"it": one, "tone": PUSH_TONES.get(one.state, ""), "again": ours and one.state == one.State.FAILED}
            for one in last_deliveries(push)
        ],
    }  # fmt: skip


def _reader(one: Grant) -> list[Any]:
    whole = _(" (whole)")
    names = zip(one.elements, tables.labels(one.kind, one.elements), strict=True)
    elements = [f"{name}{whole}" if code in one.lifted else name for code, name in names]
    ways = wording.listed(wording.words(wording.WAYS, way) for way in one.ways)
    return [
        one.maker, wording.listed(elements), registry.purpose_words(one.purpose),
        regions.division(one.division_id).name, ways, str(one.ends_on),
    ]  # fmt: skip


def one_grant(actor: accounts.Actor, grant_id: UUID) -> Grant:
    """Return a grant that somebody sees. Raises Http404."""
    rows = exchange.grants_seen_by(actor).select_related("unit", "owner_unit", "division", "application")
    row = rows.filter(pk=grant_id).first()
    if row is None:
        raise Http404
    return row
