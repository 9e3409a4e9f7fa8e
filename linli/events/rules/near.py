"""Near and similar 附近相似: which open events may be what somebody is about to report, ranked."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from linli.events.rules.refusals import RefusedError

METRES_PER_DEGREE = 111_320.0
LEAST_LIKE, WELL_LIKE = 0.12, 0.4  # likeness of two people's words about one thing, and of words nearly the same
LEAST_OF_MATTER = 0.05  # where the matter is the same and only the community is known
OF_PLACE, OF_TIME, OF_TEXT = 0.45, 0.15, 0.4
WHERE_UNKNOWN = 0.3
HIGHEST = {"radius_m": 5000, "window_days": 365, "recur_count": 1000, "recur_days": 365, "recur_radius_m": 5000}


class GroupRulesRefusedError(RefusedError):
    """The rules for duplicates can't be taken as they are."""

    def __init__(self, words: str) -> None:
        """Keep the sentence."""
        super().__init__(words)
        self.sentence = words


@dataclass(frozen=True)
class NearRules:
    """How near, how new, and how often for one matter. `recur_count` 0: recurring raises nothing."""

    radius_m: int = 300
    window_days: int = 30
    shown: bool = True
    recur_count: int = 0
    recur_days: int = 30
    recur_radius_m: int = 100


@dataclass(frozen=True)
class Spot:
    """Where, when and in how like words something was said. `metres` is None where a place is not known."""

    same_matter: bool
    metres: float | None
    age: timedelta
    likeness: float


def rules_for(rules: Mapping[str, Mapping[str, Any]], matter_code: str | None) -> NearRules:
    """Return the rules of a matter: its own over those of all, over what holds without any."""
    return NearRules(**{**rules.get("", {}), **rules.get(matter_code or "", {})})


def check_rules(rules: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise GroupRulesRefusedError for an unknown field or a number that can't hold."""
    known = {field.name for field in fields(NearRules)}
    for code, row in rules.items():
        for name, value in row.items():
            if name not in known:
                raise GroupRulesRefusedError(_("“%(name)s” is no rule that we know.") % {"name": name})
            if name != "shown" and not _holds(name, value):
                words = _("The rule %(name)s of %(matter)s must be a whole number from %(low)d to %(high)d.")
                low = 0 if name == "recur_count" else 1
                raise GroupRulesRefusedError(
                    words % {"name": name, "matter": code or _("all matters"), "low": low, "high": HIGHEST[name]}
                )


def is_near(spot: Spot, rules: NearRules) -> bool:
    """Tell whether it may be the same thing: near and new, and of the same matter or in like words."""
    if spot.age > timedelta(days=rules.window_days):
        return False
    if spot.metres is None:
        return spot.likeness >= (LEAST_OF_MATTER if spot.same_matter else LEAST_LIKE)
    return spot.metres <= rules.radius_m and (spot.same_matter or spot.likeness >= LEAST_LIKE)


def nearness(spot: Spot, rules: NearRules) -> float:
    """Return how probably it is the same thing, from 0 to 1: by distance, words and time."""
    place = WHERE_UNKNOWN if spot.metres is None else 1 - min(1.0, spot.metres / rules.radius_m)
    time = 1 - min(1.0, spot.age / timedelta(days=rules.window_days))
    text = min(1.0, spot.likeness / WELL_LIKE)
    return OF_PLACE * place + OF_TIME * max(0.0, time) + OF_TEXT * text


def metres_between(lng: float, lat: float, other_lng: float, other_lat: float) -> float:
    """Return the distance of two points in metres, right within a per cent over a county."""
    east = (other_lng - lng) * METRES_PER_DEGREE * math.cos(math.radians((lat + other_lat) / 2))
    north = (other_lat - lat) * METRES_PER_DEGREE
    return math.hypot(east, north)


def box(lng: float, lat: float, metres: float) -> tuple[float, float, float, float]:
    """Return west, south, east, north of the square around a point."""
    north = metres / METRES_PER_DEGREE
    east = north / max(0.01, math.cos(math.radians(lat)))
    return lng - east, lat - north, lng + east, lat + north


@dataclass(frozen=True)
class Seen:
    """An event of one matter for counting what recurs: its key, point and time."""

    key: Any
    lng: float
    lat: float
    at: datetime


def recurring(newest: Seen, others: Iterable[Seen], rules: NearRules) -> list[Any]:
    """Return the keys of what recurs around `newest`, itself last; empty below the count of the rules."""
    if not rules.recur_count:
        return []
    since = newest.at - timedelta(days=rules.recur_days)
    near = [
        one
        for one in others
        if one.key != newest.key
        and since <= one.at <= newest.at
        and metres_between(newest.lng, newest.lat, one.lng, one.lat) <= rules.recur_radius_m
    ]
    keys = [one.key for one in sorted(near, key=lambda one: one.at)] + [newest.key]
    return keys if len(keys) >= rules.recur_count else []


def _holds(name: str, value: object) -> bool:
    lowest = 0 if name == "recur_count" else 1
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= HIGHEST[name]
