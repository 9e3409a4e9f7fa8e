"""Near and similar open events 附近相似件: for who is about to report, without who said it or exactly where."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Event, GroupPolicy
from linli.events.queries.placing import Placing, place_of
from linli.events.queries.proposing import propose
from linli.events.queries.sight import events_seen_by
from linli.events.rules.drafts import ReportDraft
from linli.events.rules.likeness import likeness
from linli.events.rules.near import NearRules, Spot, box, is_near, metres_between, nearness, rules_for
from linli.events.rules.terms import terms_of
from linli.kernel import api as kernel
from linli.regions import api as regions

MOST_COMPARED, MOST_SHOWN = 200, 4
SOURCE = "source"
ROUNDED = 50
FIELDS = (
    "id", "number", "title", "text", "state", "lng", "lat", "reported_at", "community_id", "street_id",
    "matter__code", "lead_unit_id",
)  # fmt: skip


@dataclass(frozen=True)
class NearEvent:
    """An open event that may be the same thing. `metres` is rounded to 50, None where a place is not known."""

    event_id: UUID
    number: str
    title: str
    place: str
    state: str
    unit_name: str
    reported_at: datetime
    metres: int | None
    score: float


def near_events(
    *, draft: ReportDraft, now: datetime, actor: accounts.Actor | None = None, most: int = MOST_SHOWN
) -> list[NearEvent]:
    """Return the open events that may be what a draft reports, the most probable first.

    With `actor` only what they may see; without, what anybody may know: redacted titles, communities, states, and
    none of a matter that is somebody's private life.
    """
    placing, matter = place_of(draft), propose(draft, by_name="", now=now).duty
    rows = Event.objects.all() if actor is None else events_seen_by(actor)
    policy, terms = group_rules(now), terms_of(f"{draft.title} {draft.text}")
    code = matter.code if matter else None
    found = []
    for row in _candidates(rows, placing, _widest(policy)):
        rules = rules_for(policy, row["matter__code"])
        if actor is None and not rules.shown:
            continue
        spot = _spot(row, placing, terms, code, now)
        if is_near(spot, rules):
            found.append(_shown(row, spot, rules))
    return sorted(found, key=lambda one: (-one.score, one.number))[:most]


def group_rules(now: datetime) -> dict[str, dict[str, Any]]:
    """Return the rules in force by matter code; kept in memory until a version is put in force."""
    held: dict[str, dict[str, Any]] = {}
    for policy in _read(kernel.revision("groups")):
        if policy.in_force_from is not None and policy.in_force_from <= now:
            held = policy.rules
    return held


def rules_number(now: datetime) -> int:
    """Return the number of the version in force; 0 where only what ships holds."""
    held = [policy.number for policy in _read(kernel.revision("groups")) if (policy.in_force_from or now) <= now]
    return held[-1] if held else 0


def group_policies() -> list[GroupPolicy]:
    """Return all versions of the rules, the newest first."""
    return list(GroupPolicy.objects.order_by("-number"))


def _candidates(rows: Any, placing: Placing, widest: NearRules) -> Sequence[dict[str, Any]]:
    where = placing.where
    rows = rows.filter(closed_at=None).exclude(channel=SOURCE).exclude(state__in=[states.SUBMITTED, states.CHECKED])
    if placing.lng is not None and placing.lat is not None and where.street_id:
        west, south, east, north = box(placing.lng, placing.lat, widest.radius_m)
        inside = Q(lng__range=(west, east), lat__range=(south, north))
        rows = rows.filter(inside | Q(lng=None, community_id=where.community_id), county_id=where.county_id)
    elif where.community_id:
        rows = rows.filter(community_id=where.community_id)
    elif where.street_id:
        rows = rows.filter(street_id=where.street_id)
    else:
        return []
    return list(rows.order_by("-id").values(*FIELDS)[:MOST_COMPARED])


def _widest(policy: dict[str, dict[str, Any]]) -> NearRules:
    every = [rules_for(policy, code) for code in (*policy, None)]
    return replace(NearRules(), radius_m=max(rules.radius_m for rules in every))


def _spot(row: dict[str, Any], placing: Placing, terms: list[int], code: str | None, now: datetime) -> Spot:
    metres = None
    if None not in {placing.lng, placing.lat, row["lng"], row["lat"]}:
        metres = metres_between(placing.lng or 0.0, placing.lat or 0.0, row["lng"], row["lat"])
    alike = likeness(terms, terms_of(f"{row['title']} {row['text']}"))
    return Spot(
        code is not None and row["matter__code"] == code, metres, max(timedelta(), now - row["reported_at"]), alike
    )


def _shown(row: dict[str, Any], spot: Spot, rules: NearRules) -> NearEvent:
    place = row["community_id"] or row["street_id"]
    return NearEvent(
        event_id=row["id"],
        number=row["number"],
        title=row["title"],
        place=regions.division(place).name if place else "",
        state=str(states.LABELS[row["state"]]),
        unit_name=accounts.unit(row["lead_unit_id"]).name,
        reported_at=row["reported_at"],
        metres=None if spot.metres is None else max(ROUNDED, round(spot.metres / ROUNDED) * ROUNDED),
        score=nearness(spot, rules),
    )


@lru_cache(maxsize=1)
def _read(_revision: int) -> tuple[GroupPolicy, ...]:
    return tuple(GroupPolicy.objects.exclude(in_force_from=None).order_by("in_force_from", "number"))
