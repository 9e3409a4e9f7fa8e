"""Which looks were asked about, what event that became, and who may not work on it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.accounts import api as accounts
from linli.events.models import Event, UseQuestion
from linli.events.queries.sight import events_seen_by
from linli.events.rules.drafts import OWN_DATA
from linli.trust import api as trust


@dataclass(frozen=True, slots=True)
class AskedUse:
    """One question or objection: the look it is about and the number of the event."""

    entry_id: UUID
    kind: str
    number: str


def asked_about(entry_ids: Collection[UUID], *, actor: accounts.Actor) -> dict[UUID, list[AskedUse]]:
    """Return what this resident asked about these looks. One query."""
    mine = events_seen_by(actor).filter(channel=OWN_DATA).values("id")
    rows = UseQuestion.objects.filter(entry_id__in=entry_ids, event_id__in=mine).order_by("asked_at")
    found: dict[UUID, list[AskedUse]] = {}
    for entry_id, kind, number in rows.values_list("entry_id", "kind", "event__number"):
        found.setdefault(entry_id, []).append(AskedUse(entry_id, kind, number))
    return found


def numbers_of_own(keys: Collection[str], *, actor: accounts.Actor) -> dict[str, str]:
    """Return the numbers of those of these events that the actor reported, by key. One query."""
    rows = events_seen_by(actor).filter(pk__in=keys).values_list("id", "number") if keys else ()
    return {str(key): number for key, number in rows}


def use_question_of(event: Event) -> UseQuestion | None:
    """Return what the event asks about, where it asks about a look. No query for any other event."""
    return UseQuestion.objects.filter(event=event).first() if event.channel == OWN_DATA else None


def is_of_former_ward(event: Event, actor: accounts.Actor, now: datetime) -> bool:
    """Tell whether it was asked for a ward by somebody who is not, or no more, their guardian."""
    question = use_question_of(event)
    if question is None or question.guardianship is None:
        return False
    return question.guardianship not in {one.id for one in trust.wards_of(actor, now=now)}


def is_barred(event: Event, actor: accounts.Actor) -> bool:
    """Tell whether the event is about what this person did, so that somebody else must see to it."""
    question = use_question_of(event) if actor.person_id else None
    return question is not None and any(str(one) in question.barred for one in actor.persons)
