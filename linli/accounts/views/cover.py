"""Leave cover 代班: the own page, the form by which a holding is lent, acting in somebody's place, the lead's page."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts.actions import cover as actions
from linli.accounts.forms import CoverForm, CoverLimitsForm
from linli.accounts.models import CoverLimits, Holding, Person
from linli.accounts.queries import cover as lists
from linli.accounts.queries.actors import ACTING, actor_for, actor_of
from linli.accounts.queries.authority import GRANT, may_grant
from linli.accounts.queries.desks import desk_shell
from linli.accounts.queries.roster import ROSTER
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.cover import Limits
from linli.accounts.views.console.guard import attempt, attempt_here, console_for
from linli.kernel import api as kernel

P = ParamSpec("P")
OwnView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]
BEFORE, VERSIONS = 20, 10


def of_staff(view: OwnView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in staff, whatever they hold; send others to sign in; keep no copy."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = actor_of(request)
        if actor.kind != "staff" or actor.person_id is None:
            return redirect_to_login(request.get_full_path())
        response = view(request, actor, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded


@require_GET
@of_staff
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show whom one covers for, who covers, and what one could lend."""
    now, person_id = kernel.now(), _id_of(actor)
    by, for_me = lists.covers_by(person_id), lists.covers_for(person_id)
    context = {
        "by_me": _rows(lists.still_open(by, at=now), now),
        "for_me": _rows(lists.still_open(for_me, at=now), now),
        "before": for_me.exclude(pk__in=lists.still_open(for_me, at=now).order_by().values("pk"))[:BEFORE],
        "holdings": [(row, bool(lists.lendable_of(row))) for row in lists.own_holdings(person_id, at=now)],
        "limits": lists.cover_limits(),
        "may_lead": bool(actor.holdings_with(ROSTER) or actor.can(GRANT)),
        **desk_shell(actor, "cover"),
    }
    return render(request, "accounts/cover.html", context)


@of_staff
def lend(request: HttpRequest, actor: Actor, holding_id: UUID) -> HttpResponse:
    """Let somebody cover for a holding: the own one, or that of somebody one leads."""
    now, source = kernel.now(), _source(actor, holding_id)
    today, is_own = timezone.localdate(now), source.person_id == actor.person_id
    form = CoverForm(
        request.POST if request.method == "POST" else None, people=_others(actor, source, now),
        lendable=lists.lendable_of(source), initial={"first": today, "last": today + timedelta(days=6)},
    )  # fmt: skip
    back = reverse("accounts_cover" if is_own else "accounts_covers")

    def deed() -> None:
        actions.lend_holding(holding_id=source.pk, **form.said(), by=actor, now=now)

    if request.method == "POST" and form.is_valid() and attempt(form, None, deed):
        messages.success(request, _("It is set. The cover ends by itself; it can be taken back at any time."))
        return redirect(back)
    context = {
        "form": form, "source": source, "is_own": is_own, "back": back, "limits": lists.cover_limits(),
        "has_colleagues": _others(actor, source, now).exists(), **desk_shell(actor, "cover" if is_own else "covers"),
    }  # fmt: skip
    return render(request, "accounts/lend.html", context, status=422 if form.errors else 200)


@require_POST
@of_staff
def end(request: HttpRequest, actor: Actor, cover_id: UUID) -> HttpResponse:
    """End a cover at once: take it back, give it back, or end it as the lead."""
    now, person_id = kernel.now(), _id_of(actor)
    own = (lists.covers_for(person_id) | lists.covers_by(person_id)).filter(pk=cover_id).first()
    if own is None and not lists.covers_led(actor, at=now).filter(pk=cover_id).exists():
        raise Http404
    attempt_here(request, lambda: actions.end_cover(cover_id=cover_id, by=actor, now=now), _("The cover is ended."))
    return redirect("accounts_cover" if own else "accounts_covers")


@require_POST
@of_staff
def act(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Act in place of somebody from now on, or in the own posts again."""
    now, wanted = kernel.now(), request.POST.get("holding", "")
    whole = actor_for(Person.objects.get(pk=_id_of(actor)), on=timezone.localdate(now), at=now)
    if wanted and not any(str(held.holding_id) == wanted for held in whole.holdings if held.in_place_of):
        raise Http404
    request.session[ACTING] = wanted
    return redirect(desk_shell(whole.in_one_place(wanted), "")["desk_home"])


@require_GET
@console_for(ROSTER, GRANT)
def led(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show a lead who covers for whom, and for whom they may set a cover."""
    now = kernel.now()
    context = {
        "covers": _rows(lists.still_open(lists.covers_led(actor, at=now), at=now), now),
        "holdings": lists.held_by_others(actor, at=now),
        "limits": lists.cover_limits(),
        "may_limit": may_grant(actor),
        **desk_shell(actor, "covers"),
    }
    return render(request, "accounts/console/covers.html", context)


@console_for(GRANT)
def limits(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show and change how long a cover lasts."""
    form = CoverLimitsForm(request.POST if request.method == "POST" else None, initial=asdict(lists.cover_limits()))

    def deed() -> None:
        actions.set_cover_limits(limits=Limits(**form.cleaned_data), by=actor, now=kernel.now())

    if request.method == "POST" and form.is_valid() and attempt(form, None, deed):
        messages.success(request, _("The limits are in force as a new version."))
        return redirect("accounts_cover_limits")
    versions = CoverLimits.objects.select_related("made_by").order_by("-number")[:VERSIONS]
    context = {"form": form, "versions": versions, **desk_shell(actor, "covers")}
    return render(request, "accounts/console/cover_limits.html", context, status=422 if form.errors else 200)


def _rows(rows: Any, now: datetime) -> list[dict[str, Any]]:
    """Return covers with how many shifts of the roster lie in their time."""
    return [{"it": row, "runs": row.holding.valid_from <= timezone.localdate(now)} for row in lists.with_shifts(rows)]


def _source(actor: Actor, holding_id: UUID) -> Holding:
    now = kernel.now()
    own = lists.own_holdings(_id_of(actor), at=now).filter(pk=holding_id).first()
    found = own or lists.held_by_others(actor, at=now).filter(pk=holding_id).first()
    if found is None or actor.acting:
        raise Http404
    return found


def _others(actor: Actor, source: Holding, now: datetime) -> Any:
    return lists.colleagues_for(source, at=now).exclude(pk=_id_of(actor))


def _id_of(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise Http404
    return actor.person_id
