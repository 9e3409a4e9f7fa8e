"""The policies in memory: which version holds for an event, and what a changed one would do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation

from linli.accounts import api as accounts
from linli.events.models import Event, Policy
from linli.events.models.event import OPEN
from linli.events.rules.escalation import Clocked, Ladder, NextRise, ladder_of, next_rise
from linli.events.rules.message_texts import default_texts, fill
from linli.kernel import api as kernel
from linli.regions import api as regions

REVISION = "policy"
SAMPLE = Path(__file__).parents[1] / "sample" / "policies.json"
MOST_TRIED = 500
Version = tuple[datetime, int, Mapping[str, Any]]


@dataclass(frozen=True)
class TriedLadder:
    """How many open events would rise at the same time, later or earlier."""

    same: int
    later: int
    earlier: int


def policy_at(kind: str, moment: datetime) -> tuple[int, Mapping[str, Any]]:
    """Return number and content of the version that was in force then; before the first, the shipped sample (0)."""
    versions = _versions(kernel.revision(REVISION)).get(kind, [])
    begun = (one for one in reversed(versions) if one[0] <= moment)
    _since, number, content = next(begun, (moment, 0, sample_policies()[kind]))
    return number, content


def policies_at(moment: datetime) -> dict[str, Mapping[str, Any]]:
    """Return the content of every kind of policy as it was in force then."""
    return {kind: policy_at(kind, moment)[1] for kind in Policy.Kind.values}


def ladder_at(moment: datetime) -> Ladder:
    """Return the way up for an event that was reported then."""
    number, content = policy_at(Policy.Kind.ESCALATION, moment)
    return _ladder(kernel.revision(REVISION), number) or ladder_of(content, number)


def text_of(code: str, values: Mapping[str, Any], *, now: datetime) -> str:
    """Return the text of one kind of message in the version that holds now, its places filled in.

    A kind that the version says nothing about has the text that ships.
    """
    _number, held = policy_at(Policy.Kind.TEXTS, now)
    return fill(held.get(code) or sample_policies()[Policy.Kind.TEXTS][code], values)


def try_ladder(content: Mapping[str, Any], *, now: datetime) -> TriedLadder:
    """Return how the open events that rise next would rise under another way up. Reads at most 500; changes nothing."""
    held, other, moved = ladder_at(now), ladder_of(content, 0), [0, 0, 0]
    rows = Event.objects.filter(OPEN).exclude(escalate_due=None).order_by("escalate_due", "id")[:MOST_TRIED]
    for event in rows:
        before, after = rise_of(event, held), rise_of(event, other)
        if before and after:
            moved[(after.at > before.at) - (after.at < before.at)] += 1
    return TriedLadder(same=moved[0], later=moved[1], earlier=moved[2])


def level_name(event: Event) -> str:
    """Return the name of the level to which an event rose."""
    return ladder_at(event.reported_at).name(event.level)


def rise_of(event: Event, ladder: Ladder | None = None) -> NextRise | None:
    """Return when this event rises next if nobody stops it. None once it ended."""
    if event.closed_at is not None:
        return None
    try:
        return next_rise(clocked(event), ladder or ladder_at(event.reported_at), regions.calendar())
    except regions.CalendarRangeError:
        return None


def clocked(event: Event) -> Clocked:
    """Return the event as the rule of the way up sees it."""
    return Clocked(
        state=event.state,
        level=event.level,
        unit_kind=accounts.unit(event.lead_unit_id).kind,
        has_grid=event.grid_id is not None,
        grade=event.grade,
        accept_due=event.accept_due,
        handle_due=event.handle_due,
        level_since=event.level_since,
    )


def policy_versions(kind: str) -> "QuerySet[Policy]":
    """Return every version of one kind, drafts too, the newest first."""
    return Policy.objects.filter(kind=kind).select_related("made_by").order_by("-number")


@lru_cache(maxsize=1)
def sample_policies() -> Mapping[str, Any]:
    """Return the sample policies that ship, by kind; texts in the language of the node."""
    with translation.override(settings.LANGUAGE_CODE):
        texts = default_texts()
    return {**json.loads(SAMPLE.read_text("utf-8")), Policy.Kind.TEXTS.value: texts}


@lru_cache(maxsize=1)
def _versions(_revision: int) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    rows = Policy.objects.exclude(in_force_from=None).order_by("in_force_from", "number")
    for row in rows:
        if row.in_force_from:
            found.setdefault(row.kind, []).append((row.in_force_from, row.number, row.content))
    return found


@lru_cache(maxsize=8)
def _ladder(revision: int, number: int) -> Ladder | None:
    for _since, known, content in _versions(revision).get(Policy.Kind.ESCALATION, []):
        if known == number:
            return ladder_of(content, number)
    return ladder_of(sample_policies()["escalation"], 0) if number == 0 else None
