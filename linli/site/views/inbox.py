"""The officer's desk: the inbox on the left, one event in the middle, its context on the right."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.site.forms.desk import ActForms
from linli.site.rules.words import step_words
from linli.site.views.shell import SEE, desk, desk_context

KEPT = ("tab", "scope", "q", "state", "matter", "grade", "channel", "division", "unit", "cursor")
TONES = {"overdue": "red", "today": "amber"}


@desk(*SEE)
def inbox(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the list; the middle says how to go on."""
    return render(request, "site/desk/inbox.html", list_context(request, actor))


@desk(*SEE)
def event_page(request: HttpRequest, actor: accounts.Actor, number: str) -> HttpResponse:
    """Show one event beside the list it came from."""
    found = events.case(number=number, actor=actor)
    if found is None:
        raise Http404
    context = list_context(request, actor)
    context |= case_context(found, actor, context["now"])
    return render(request, "site/desk/event.html", context)


def list_context(request: HttpRequest, actor: accounts.Actor) -> dict[str, Any]:
    """Return the list column: rows, tabs with counts, scopes, and how it is filtered."""
    now = kernel.now()
    wanted = wanted_of(request, actor)
    cursor = request.GET.get("cursor") or None
    page = events.inbox_page(actor=actor, wanted=wanted, now=now, cursor=cursor)
    return {
        **desk_context(actor, "desk"),
        "now": now,
        "page": page,
        "rows": [{**row, "left": seconds_left(row, now)} for row in page.items],
        "tabs": _tabs(request, wanted, events.inbox_counts(actor=actor, wanted=wanted, now=now)),
        "scopes": _scopes(request, wanted, actor),
        "wanted": asdict(wanted),
        "query": kept_query(request),
    }


def case_context(found: events.Case, actor: accounts.Actor, now: datetime) -> dict[str, Any]:
    """Return the middle and right columns of one event."""
    event = found.event
    return {
        "case": found,
        "event": event,
        "left": seconds_left({"handle_due": event.handle_due}, now),
        "acts": ActForms.for_case(found, actor),
        "entries": [timeline_entry(track, found.photos) for track in reversed(found.tracks)],
        "facts": _facts(found, now),
        "points": _points(event),
        "similar": events.similar_events(event=event, actor=actor),
        "named_candidates": events.named_candidates(event),
        "may_reveal": found.has_reporter and actor.can("events.reveal"),
        "purposes": [(purpose, _purpose(purpose)) for purpose in events.PURPOSES],
    }


def timeline_entry(track: events.Track, photos: Sequence[events.Photo] = ()) -> dict[str, Any]:
    """Return one line of the officer's timeline."""
    who = " · ".join(part for part in (track.unit.name if track.unit else "", track.by_name) if part)
    shown = set(track.data.get("photos", []))
    return {
        "at": track.at,
        "text": step_words(track.step, track.data),
        "by": who,
        "said": track.text,
        "audience": "public" if track.is_public else "internal",
        "photos": [photo_item(photo) for photo in photos if str(photo.id) in shown],
    }


def photo_item(photo: events.Photo) -> dict[str, Any]:
    """Return a photo for the photo grid."""
    return {"url": reverse("site:photo", args=[photo.id]), "alt": _("photo of the event")}


def _facts(found: events.Case, now: datetime) -> list[dict[str, Any]]:
    event = found.event
    facts = [
        {"label": _("Lead"), "value": event.lead_unit.name},
        {"label": _("Helping"), "value": pgettext("between names", ", ").join(found.helpers)},
        {"label": _("Due"), "value": kernel.when_text(event.handle_due, now=now, zone=timezone.get_current_timezone())},
        {"label": _("Grade"), "value": event.grade},
        {"label": _("State"), "value": event.get_state_display()},
    ]
    return [fact for fact in facts if fact["value"]]


def _points(event: events.Event) -> dict[str, Any] | None:
    if event.lng is None or event.lat is None:
        return None
    point = {"type": "Point", "coordinates": [event.lng, event.lat]}
    feature = {"type": "Feature", "geometry": point, "properties": {"title": event.title, "tone": "teal"}}
    return {"type": "FeatureCollection", "features": [feature]}


def wanted_of(request: HttpRequest, actor: accounts.Actor) -> events.InboxFilter:
    """Read the filter from the address. What it does not know it leaves out."""
    get = request.GET
    default = "mine" if actor.can("events.handle") and not actor.can("events.screen") else "area"
    searching = bool(get.get("q"))
    return events.InboxFilter(
        tab=tab if (tab := get.get("tab", "")) in events.TABS else ("all" if searching else "open"),
        scope=get.get("scope") or ("area" if searching else default),
        words=get.get("q", "")[:60],
        state=get.get("state", ""),
        matter=get.get("matter", ""),
        grade=get.get("grade", ""),
        channel=get.get("channel", ""),
        division_id=_number(get.get("division")),
        unit_id=_number(get.get("unit")),
    )


def kept_query(request: HttpRequest) -> str:
    """Return the filter of the list as a query, so that the way back keeps it."""
    kept = {key: request.GET[key] for key in KEPT if request.GET.get(key)}
    return f"?{urlencode(kept)}" if kept else ""


def seconds_left(row: dict[str, Any], now: datetime) -> int:
    """Return the working seconds until the deadline; negative when it is over."""
    due: datetime = row["handle_due"]
    return regions.working_seconds(now, due) if due >= now else -regions.working_seconds(due, now)


def _tabs(request: HttpRequest, wanted: events.InboxFilter, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {
        "open": _("Open"),
        "overdue": _("Overdue"),
        "today": _("Due today"),
        "week": _("This week"),
        "waiting": _("With others"),
        "done": _("Ended"),
    }
    return [
        {
            "label": label,
            "url": _with(request, tab=tab),
            "count": counts.get(tab),
            "tone": TONES.get(tab, ""),
            "current": wanted.tab == tab,
        }
        for tab, label in labels.items()
    ]


def _scopes(request: HttpRequest, wanted: events.InboxFilter, actor: accounts.Actor) -> list[dict[str, Any]]:
    labels = {"mine": _("My unit leads"), "helping": _("We help"), "area": _("All in my area")}
    if not actor.can("events.see_area"):
        labels["area"] = _("All of my unit")
    if not actor.can("events.see_unit"):
        labels = {"area": labels["area"]}
    return [
        {"label": label, "url": _with(request, scope=scope), "current": wanted.scope == scope}
        for scope, label in labels.items()
    ]


def _with(request: HttpRequest, **changes: str) -> str:
    kept = {key: request.GET[key] for key in KEPT if request.GET.get(key) and key != "cursor"}
    return f"{reverse('desk:inbox')}?{urlencode({**kept, **changes})}"


def _purpose(code: str) -> str:
    return {
        "contact_reporter": pgettext("purpose", "contact the reporter"),
        "verify_on_site": pgettext("purpose", "verify on site"),
        "answer_reporter": pgettext("purpose", "answer the reporter"),
    }[code]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 12 else None  # noqa: PLR2004  fits a database id
