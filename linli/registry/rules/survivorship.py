"""Which of several sources is believed 取值规则, element by element: the owner, who was there, who came last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

Why = Literal["only", "owner", "verified", "newest"]
Rank = tuple[bool, bool, datetime, datetime, UUID]


@dataclass(frozen=True, slots=True)
class Said:
    """One source record as the projection reads it. It holds from `valid_from` up to, not including, `valid_to`."""

    id: UUID
    source: str
    key: str
    department: str
    is_verified: bool
    observed_at: datetime
    recorded_at: datetime
    valid_from: date
    valid_to: date | None
    values: Mapping[str, Any]
    source_name: str = ""


@dataclass(frozen=True, slots=True)
class Believed:
    """The value of one element and the record it comes from."""

    value: Any
    said: Said


def project(said: Iterable[Said], owners: Mapping[str, str], *, on: date, known_at: datetime) -> dict[str, Believed]:
    """Return what is believed about one entity: the state of a day `on`, as the base knew it at `known_at`.

    Of the records of one (source, key) that hold on the day, the one that began last speaks, and of those the one
    recorded last. Among sources the department that owns the element comes first, then who verified on site, then who
    observed last. `owners` gives the owner department of each element.
    """
    best: dict[str, tuple[Rank, Believed]] = {}
    for one in _speaking(said, on, known_at):
        for code, value in one.values.items():
            rank = _rank(one, owners.get(code, ""))
            if code in owners and (code not in best or best[code][0] < rank):
                best[code] = (rank, Believed(value, one))
    return {code: believed for code, (_rank, believed) in best.items()}


def sides(said: Iterable[Said], code: str, owner: str, *, on: date, known_at: datetime) -> list[Said]:
    """Return who says something about one element, whoever is believed first 各方说法."""
    speaking = [one for one in _speaking(said, on, known_at) if code in one.values]
    return sorted(speaking, key=lambda one: _rank(one, owner), reverse=True)


def why_first(ranked: Sequence[Said], owner: str) -> Why:
    """Return why the first of `sides` is believed: as the only one, as the owner, on site, or as the last to see it."""
    if len(ranked) == 1:
        return "only"
    first, second = (_rank(one, owner) for one in ranked[:2])
    return "owner" if first[0] != second[0] else "verified" if first[1] != second[1] else "newest"


def _rank(one: Said, owner: str) -> Rank:
    return bool(one.department) and one.department == owner, one.is_verified, one.observed_at, one.recorded_at, one.id


def _speaking(said: Iterable[Said], on: date, known_at: datetime) -> Iterable[Said]:
    """Return one record for each (source, key): the one that speaks for the day."""
    latest: dict[tuple[str, str], Said] = {}
    for one in said:
        holds = one.recorded_at <= known_at and one.valid_from <= on and (one.valid_to is None or on < one.valid_to)
        known = latest.get((one.source, one.key))
        if holds and (known is None or _order(known) < _order(one)):
            latest[one.source, one.key] = one
    return latest.values()


def _order(one: Said) -> tuple[Any, ...]:
    return (one.valid_from, one.recorded_at, one.id)
