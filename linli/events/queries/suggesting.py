"""Who could take an event, in order: by rule, by history, by the classifier; each with its reason as data."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.accounts import api as accounts
from linli.events.models import Event
from linli.events.queries.rulebook import RuleBook, rule_book, said_of, standing_of_unit
from linli.events.rules.dispatch import Duty, Reason, Where, may_lead
from linli.events.rules.likeness import ranked_by_likeness
from linli.events.rules.reasons import sentence
from linli.events.rules.terms import terms_of

RULE, HISTORY, CLASSIFIER = "rule", "history", "classifier"
ALIKE, LOOKED_AT, ENOUGH, SHARE = 0.25, 300, 3, 0.6
ENDED_WELL = ("solved", "explained")
PAST = ("number", "matter__code", "lead_unit_id", "title", "text")


@dataclass(frozen=True)
class Suggestion:
    """One unit for one matter. `source` is rule, history or classifier; `probability` only where there is one."""

    source: str
    code: str
    name: str
    unit_id: int
    unit: str
    why: Reason
    probability: float | None = None

    @property
    def key(self) -> str:
        """What a choice of it is called in a form: the matter, and the unit where the standards would name another."""
        return f"{self.code}@{self.unit_id}" if self.source == HISTORY else self.code

    @property
    def sentence(self) -> str:
        """Why, in the reader's language."""
        return sentence(self.why)


def suggestions(event: Event, *, now: datetime | None = None) -> list[Suggestion]:
    """Return up to five suggestions, the first source first; a matter and unit stand there once."""
    book = rule_book(now)
    found = [*_by_rule(event, book), *_by_history(event, book), *_by_classifier(event, book)]
    once = {(one.code, one.unit_id): one for one in reversed(found)}
    return [one for one in found if once[one.code, one.unit_id] is one][:5]


def _by_rule(event: Event, book: RuleBook) -> Iterator[Suggestion]:
    """Yield where a dispatch rule fits one of the matters that the classifier thinks of."""
    for candidate in event.candidates:
        duty = book.duties.get(candidate["code"])
        chosen = book.assign(duty, _where(event), _said(event)) if duty else None
        if duty and chosen and chosen.why[0]["kind"] == RULE:
            yield Suggestion(
                RULE, duty.code, duty.name, chosen.unit_id, chosen.unit_name, chosen.why[0], candidate["probability"]
            )


def _by_history(event: Event, book: RuleBook) -> Iterator[Suggestion]:
    """Yield who handled events of the same words here, and who handles these matters here as a rule."""
    past = _past(event)
    by_number = {row["number"]: row for row in past}
    texts = {row["number"]: terms_of(f"{row['title']} {row['text']}") for row in past}
    for alike in ranked_by_likeness(f"{event.title} {event.text}", texts, at_least=ALIKE, limit=1):
        row = by_number[alike.key]
        reason = {"kind": "alike", "number": row["number"]}
        yield from _past_unit(book.duties.get(row["matter__code"]), row["lead_unit_id"], reason)
    for candidate in event.candidates:
        units = Counter(row["lead_unit_id"] for row in past if row["matter__code"] == candidate["code"])
        total = sum(units.values())
        for unit_id, count in units.most_common(1):
            if count >= ENOUGH and count >= SHARE * total:
                reason = {"kind": "history", "n": count, "of": total}
                yield from _past_unit(book.duties.get(candidate["code"]), unit_id, reason)


def _by_classifier(event: Event, book: RuleBook) -> Iterator[Suggestion]:
    for candidate in event.candidates:
        if duty := book.duties.get(candidate["code"]):
            chosen = book.assign(duty, _where(event), _said(event))
            probability = candidate["probability"]
            said = {"matter": duty.name, "percent": round(probability * 100), "version": event.model_version}
            reason = {"kind": "model", **said}
            yield Suggestion(CLASSIFIER, duty.code, duty.name, chosen.unit_id, chosen.unit_name, reason, probability)


def _past_unit(duty: Duty | None, unit_id: int, reason: Reason) -> Iterator[Suggestion]:
    unit = accounts.unit(unit_id)
    if duty and unit.is_open and may_lead(duty.duty_kind, standing_of_unit(unit_id)):
        said = {**reason, "unit": unit.name, "matter": duty.name}
        yield Suggestion(HISTORY, duty.code, duty.name, unit_id, unit.name, said)


def _past(event: Event) -> list[dict[str, Any]]:
    """Return the newest events in the same community, else street, that ended with work done."""
    place = {"community_id": event.community_id} if event.community_id else {"street_id": event.street_id}
    if not any(place.values()):
        return []
    rows = Event.objects.filter(**place, close_reason__in=ENDED_WELL).exclude(pk=event.pk).exclude(matter=None)
    return list(rows.order_by("-id").values(*PAST)[:LOOKED_AT])


def _where(event: Event) -> Where:
    return Where(event.county_id, event.street_id, event.community_id, event.grid_id)


def _said(event: Event) -> Any:
    return said_of(text=f"{event.title} {event.text}", channel=event.channel, at=event.reported_at)
