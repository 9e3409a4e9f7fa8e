"""The officer's desk: the inbox on the left, one event in the middle, its context on the right."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.acts import acts_of
from linli.site.rules.distance import metres_between
from linli.site.rules.doubts import doubt_words
from linli.site.rules.words import condition_words, step_words
from linli.site.views.asked import asked_look
from linli.site.views.groups import group_context
from linli.site.views.joint import joint_context
from linli.site.views.lists import kept_query, list_context, seconds_left
from linli.site.views.shell import SEE, desk
from linli.site.views.stages import stage_context
from linli.site.views.supervision import notes_of

WHOLE, PART = "site/desk/columns.html", "site/desk/part.html"


@desk(*SEE)
def inbox(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the list; the middle says how to go on."""
    now = kernel.now()
    context = {**accounts.desk_shell(actor, "desk"), "now": now, "query": kept_query(request)}
    context["has_base"] = actor.can("registry.see")
    return render(request, "site/desk/inbox.html", context | list_context(request, actor, here="desk:inbox", now=now))


@desk(*SEE)
def event_page(request: HttpRequest, actor: accounts.Actor, number: str) -> HttpResponse:
    """Show one event beside the list it came from; a list that stands already asks for the event alone."""
    found = events.look_at_case(number=number, by=actor, now=kernel.now())
    if found is None:
        raise Http404
    return show_event(request, actor, found, part=request.headers.get("HX-Target") == "main")


def show_event(
    request: HttpRequest,
    actor: accounts.Actor,
    found: events.Case,
    *,
    part: bool = False,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Render the page of an event, or only its middle and right columns."""
    now = kernel.now()
    context: dict[str, Any] = {"base": PART} if part else {"base": WHOLE, **accounts.desk_shell(actor, "desk")}
    if not part:
        context |= list_context(request, actor, here="desk:inbox", now=now)
    context |= {
        "query": kept_query(request),
        **case_context(found, actor, now),
        **stage_context(found, now),
        **joint_context(found, actor, now),
        **group_context(found, actor),
        **_supervised(found, actor, now),
        **asked_look(found, actor, now),
        **more,
    }
    return render(request, "site/desk/event.html", context, status=status)


def case_context(found: events.Case, actor: accounts.Actor, now: datetime) -> dict[str, Any]:
    """Return the middle and right columns of one event."""
    event = found.event
    similar = events.similar_events(event=event, actor=actor)
    on_duty = duty_words(found, now)
    return {
        "now": now,
        "case": found,
        "event": event,
        "level_name": events.level_name(event) if event.level else "",
        "left": seconds_left(event.handle_due, now),
        "ended": events.Event.CloseReason(event.close_reason).label if event.close_reason else "",
        "acts": acts_of(found, actor),
        "entries": [timeline_entry(track, found.photos) for track in reversed(found.tracks)],
        "report_photos": [photo_item(photo) for photo in found.photos if photo.kind == events.Photo.Kind.REPORT],
        "facts": _facts(found, now, on_duty.get(event.lead_unit_id, "")),
        "on_duty": on_duty.get(event.lead_unit_id, ""),
        "points": _points(event, similar),
        "grids": f"{reverse('desk:grids')}?in={event.community_id}" if event.community_id else "",
        "similar": [{"event": one, "metres": metres_between(event, one)} for one in similar],
        "candidates": [{"it": one, "on_duty": on_duty.get(one.unit_id, "")} for one in found.suggestions],
        "conditions": _conditions(found),
        "has_base": actor.can("registry.see"),
        "may_reveal": found.has_reporter and actor.can("events.reveal"),
        "drafts": events.answer_drafts(event, now),
        "doubts": _doubts(event, now),
        "checked": bool(event.public_answer),
        "purposes": events.reveal_purposes(by=actor, now=now),
    }


def duty_words(found: events.Case, now: datetime) -> dict[int, str]:
    """Return who is on duty now, in words, for the unit that has the event and for those that could get it."""
    if not found.event.is_open:
        return {}
    units = {found.event.lead_unit_id, *(one.unit_id for one in found.suggestions)}
    zone = timezone.get_current_timezone()
    between, until = pgettext("between names", ", "), _("%(name)s (until %(when)s)")
    return {
        unit: between.join(
            until % {"name": one.name, "when": kernel.when_text(one.until, now=now, zone=zone)} for one in people
        )
        for unit, people in accounts.on_duty(units, at=now).items()
    }


def _supervised(found: events.Case, actor: accounts.Actor, now: datetime) -> dict[str, Any]:
    """Return the notes about an event and what volunteers said."""
    event = found.event
    return {"notes": notes_of(event, actor, now), "volunteer_checks": events.checks_on(event.id)}


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
    words = {"result": _("photo of the result"), "follower": _("photo of somebody with the same problem")}
    alt = words.get(photo.kind, _("photo of the report"))
    return {"url": reverse("site:photo", args=[photo.id]), "alt": alt}


def _doubts(event: events.Event, now: datetime) -> list[str]:
    """Return what a rule would look at again in the answer that was written."""
    if not event.public_answer or not event.is_open:
        return []
    return [doubt_words(one) for one in events.reply_doubts(event, event.public_answer, now)]


def _facts(found: events.Case, now: datetime, on_duty: str) -> list[dict[str, Any]]:
    event = found.event
    label, moment = (_("Ended"), event.closed_at) if event.closed_at else (_("Due"), event.handle_due)
    when = kernel.when_text(moment, now=now, zone=timezone.get_current_timezone())
    facts = [
        {"label": _("Lead"), "value": event.lead_unit.name},
        {"label": _("On duty now"), "value": on_duty},
        {"label": _("Helping"), "value": pgettext("between names", ", ").join(found.helpers)},
        {"label": _("Handler"), "value": event.handler.name if event.handler else ""},
        {"label": label, "value": when},
        {"label": _("Grade"), "value": event.grade},
        {"label": _("State"), "value": event.get_state_display()},
    ]
    return [fact for fact in facts if fact["value"]]


def _conditions(found: events.Case) -> list[tuple[str, bool]]:
    """Return the closing conditions of the matter in words, each with whether it is met by now."""
    event = found.event
    met = {
        "reply_text": bool(event.public_answer),
        "photo_after": any(photo.kind == events.Photo.Kind.RESULT for photo in found.photos),
        "reporter_contacted": event.contacted_at is not None,
        "reinspection": event.checker_id is not None,
    }
    codes = event.matter.closing_conditions if event.matter else []
    return [(condition_words(code), met.get(code, False)) for code in codes]


def _points(event: events.Event, similar: Sequence[events.Event]) -> dict[str, Any] | None:
    if event.lng is None or event.lat is None:
        return None
    here = _feature(event, tone="amber", chosen=True)
    placed = [one for one in similar if one.lng is not None]
    others = [_feature(one, tone="blue", url=reverse("desk:event", args=[one.number])) for one in placed]
    return {"type": "FeatureCollection", "features": [*others, here]}


def _feature(event: events.Event, **known: Any) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [event.lng, event.lat]}
    return {"type": "Feature", "geometry": point, "properties": {"label": event.title, **known}}
