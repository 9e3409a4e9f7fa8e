"""Following a report: the list of one's own, the timeline of one in plain words, adding, rating, opening again."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.site.actions import drafts
from linli.site.forms.resident import AddForm, NumberForm, RateForm
from linli.site.rules import plain

PAGE = 20


@never_cache
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """List one's own reports, or lead to one by its number and the phone."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("site:case", number=form.cleaned_data["number"].strip())
    actor = accounts.actor_of(request)
    context: dict[str, Any] = {"form": form, "resident": actor.kind == "resident", "home": reverse("site:home")}
    context["enter_url"] = reverse("accounts_enter") + "?" + urlencode({"next": reverse("site:follow")})
    if actor.kind == "resident":
        rows = events.resident_events(actor=actor)
        context["page"] = kernel.keyset_page(rows, order=("-id",), cursor=request.GET.get("cursor"), size=PAGE)
        context["rows"] = [_row(one, kernel.now()) for one in context["page"].items]
        context["followed"] = [_followed(one, kernel.now()) for one in events.followed_by(actor=actor)[:PAGE]]
    return render(request, "site/resident/follow.html", context, status=422 if form.errors else 200)


@never_cache
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show one report to the person who made it."""
    found = _found(request, number)
    return _case_page(request, found) if found else _not_known(request, number)


@never_cache
@require_POST
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Add to a report what the resident says now."""
    found, form = _found(request, number), AddForm(request.POST)
    if found is None or not found.may_add:
        return _not_known(request, number)
    if not form.is_valid():
        return _case_page(request, found, add_form=form)
    actor, words = accounts.actor_of(request), form.cleaned_data["words"]
    events.add_information(event_id=found.event_id, by=actor, now=kernel.now(), words=words)
    messages.success(request, _("Added. %(unit)s sees it now.") % {"unit": found.unit_name})
    return redirect("site:case", number=number)


@never_cache
@require_POST
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the two answers."""
    found, form = _found(request, number), RateForm(request.POST)
    if found is None or not found.may_rate:
        return _not_known(request, number)
    if not form.is_valid():
        return _case_page(request, found, rate_form=form)
    events.rate_event(
        event_id=found.event_id,
        by=accounts.actor_of(request),
        now=kernel.now(),
        solved=form.cleaned_data["solved"] == "yes",
        satisfied=form.cleaned_data["satisfied"],
        words=form.cleaned_data["words"],
    )
    messages.success(request, _("Thank you, your answer counts in how this unit is judged."))
    return redirect("site:case", number=number)


@never_cache
@require_POST
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Open a closed report again with one tap."""
    found = _found(request, number)
    if found is None or not found.may_reopen:
        return _not_known(request, number)
    words = request.POST.get("words", "").strip() or _("The resident says it is not solved.")
    events.reopen_event(event_id=found.event_id, by=accounts.actor_of(request), now=kernel.now(), words=words[:1000])
    messages.success(request, _("Opened again. %(unit)s has it, with half the time.") % {"unit": found.unit_name})
    return redirect("site:case", number=number)


def case_context(found: events.ResidentCase, *, now: datetime, newest: int = 0) -> dict[str, Any]:
    """Return what the timeline of one report needs; with `newest` only that many last lines."""
    lines = list(found.lines)[-newest:] if newest else list(found.lines)
    entries: list[dict[str, Any]] = [_entry(line) for line in lines]
    if found.is_open and (coming := plain.next_sentence(found.state, found.unit_name)):
        entries.append({"text": coming, "next": True})
    return {"case": found, "entries": entries, "left": _left(now, found.handle_due), "done": not found.is_open}


def _entry(line: Any) -> dict[str, Any]:
    said = {"at": line.at, "text": plain.step_sentence(line.step, line.unit), "said": line.words}
    return said | ({} if line.step in plain.BY_RESIDENT else {"audience": "answer"})


def _row(event: events.Event, now: datetime) -> dict[str, Any]:
    return {
        "url": reverse("site:case", args=[event.number]),
        "event": event,
        "left": _left(now, event.handle_due),
        "state": events.STATE_LABELS[event.state],
        "done": event.closed_at is not None,
    }


def _followed(follower: Any, now: datetime) -> dict[str, Any]:
    return {**_row(follower.event, now), "url": reverse("site:case", args=[follower.number]), "number": follower.number}


def _left(now: datetime, due: datetime) -> float:
    return regions.working_seconds(now, due) if now <= due else -float(regions.working_seconds(due, now)) or -1.0


def _found(request: HttpRequest, number: str) -> events.ResidentCase | None:
    key = request.GET.get("key", "") or drafts.follow_key_of(request.session, number)
    return events.resident_case(number=number, actor=accounts.actor_of(request), key=key, now=kernel.now())


def _case_page(request: HttpRequest, found: events.ResidentCase, **forms: Any) -> HttpResponse:
    key = request.GET.get("key", "") or drafts.follow_key_of(request.session, found.number)
    photos = [_photo(photo, key) for photo in found.photos]
    context = {"add_form": AddForm(), "rate_form": RateForm(), "photos": photos, **forms}
    context |= case_context(found, now=kernel.now())
    context |= {
        "enter_url": _enter(found.number),
        "resident": accounts.actor_of(request).kind == "resident",
        "reopen_until": found.reopen_until and plain.day_text(timezone.localtime(found.reopen_until)),
        "crumbs": [
            {"label": _("Home"), "url": reverse("site:home")},
            {"label": _("My reports"), "url": reverse("site:follow")},
            {"label": found.number},
        ],
    }
    return render(request, "site/resident/case.html", context, status=422 if forms else 200)


def _photo(photo: events.Photo, key: str) -> dict[str, str]:
    words = _("Photo of the result") if photo.kind == "result" else _("Photo of the report")
    return {"url": reverse("site:photo", args=[photo.pk]) + (f"?k={key}" if key else ""), "alt": words}


def _not_known(request: HttpRequest, number: str) -> HttpResponse:
    actor = accounts.actor_of(request)
    if actor.kind != "resident" and request.method == "GET":
        return redirect(_enter(number))
    return render(
        request, "site/resident/not_known.html", {"number": number, "follow": reverse("site:follow")}, status=404
    )


def _enter(number: str) -> str:
    return reverse("accounts_enter") + "?" + urlencode({"next": reverse("site:case", args=[number])})
