"""Public answers, found by words; and what an answer to an event may start from."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from linli.events.models import Event, PublicAnswer
from linli.events.rules.answer_drafts import day_words, drafts_of
from linli.events.rules.reply_check import VERSION, Doubt, doubts_about
from linli.events.rules.terms import query_terms

__all__ = ["answer_drafts", "doubted", "public_answers", "reply_doubts"]


def public_answers(query: str = "") -> "QuerySet[PublicAnswer]":
    """Return what is public now, the newest first; with a query only what holds all its pairs of characters."""
    rows = PublicAnswer.objects.filter(withdrawn_at=None).select_related("matter", "street", "unit")
    if not query.strip():
        return rows
    terms = query_terms(query)
    return rows.filter(terms__contains=terms) if terms else rows.none()


def answer_drafts(event: Event, now: datetime) -> Sequence[tuple[str, str]]:
    """Return drafts (name, text) from the templates of the event's matter."""
    if event.matter is None:
        return []
    community = event.community or event.street
    known = {
        "title": event.title,
        "matter": event.matter.name,
        "place": event.address or (community.name if community else ""),
        "unit": event.lead_unit.name,
        "number": event.number,
        "day": day_words(timezone.localdate(now)),
    }
    return drafts_of(event.matter.templates, known)


def reply_doubts(event: Event, reply: str, now: datetime) -> list[Doubt]:
    """Return what may be wrong with a reply to this event."""
    return doubts_about(asked=f"{event.title}\n{event.text}", reply=reply, due=event.handle_due, now=now)


def doubted(event: Event, reply: str, now: datetime) -> dict[str, object]:
    """Return what a rule doubted, with its version, for the timeline: what people did with it can be seen later."""
    return {"doubts": [f"{one.code} {one.about}" for one in reply_doubts(event, reply, now)], "check": VERSION}
