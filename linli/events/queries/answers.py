"""Public answers, found by words; and what an answer to an event may start from."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from linli.events.models import Event, PublicAnswer
from linli.events.queries.replies import asked_of
from linli.events.queries.reply_model import model_doubt
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
    """Return what may be wrong with a reply to this event; the learned model, where there is one, speaks first."""
    found = doubts_about(asked=f"{event.title}\n{event.text}", reply=reply, due=event.handle_due, now=now)
    learned = model_doubt(asked_of(event.title, event.text), reply)
    return [learned, *found] if learned else found


def doubted(event: Event, reply: str, now: datetime) -> dict[str, object]:
    """Return what was doubted, with the versions, for the timeline: what people did with it can be seen later."""
    found = reply_doubts(event, reply, now)
    learned = next((one for one in found if one.code == "perfunctory"), None)
    kept: dict[str, object] = {"doubts": [f"{one.code} {one.about}" for one in found], "check": VERSION}
    if learned:
        kept |= {"model": learned.version, "chance": learned.chance, "reasons": list(learned.reasons)}
    return kept
