"""Definitions of measures: those in force, their drafts and their history."""

from dataclasses import dataclass
from typing import Any

from linli.events import api as events
from linli.insight.models import Measure
from linli.insight.rules.counting import Masks, masks_of
from linli.insight.rules.wording import sentence_of


@dataclass(frozen=True)
class Definition:
    """A measure in force, ready to count."""

    code: str
    name: str
    number: int
    sentence: str
    tiers: tuple[str, ...]
    reasons: tuple[str, ...]
    masks: Masks


def measures_in_force() -> list[Definition]:
    """Return the measures in force, in their order."""
    return [definition_of(row) for row in _newest()]


def measure_in_force(code: str) -> Definition | None:
    """Return the measure in force with this code."""
    return next((one for one in measures_in_force() if one.code == code), None)


def draft_of(code: str) -> Measure | None:
    """Return the draft of a measure."""
    return Measure.objects.filter(code=code, in_force_from=None).first()


def versions_of(code: str) -> list[Measure]:
    """Return every version of a measure, the newest first."""
    return list(Measure.objects.filter(code=code).order_by("-number"))


def drafts() -> list[Measure]:
    """Return all drafts."""
    return list(Measure.objects.filter(in_force_from=None).order_by("place", "code"))


def measures_data() -> list[dict[str, Any]]:
    """Return the measures in force as plain data, in their order."""
    return [_data(row) for row in _newest()]


def drafts_data() -> list[dict[str, Any]]:
    """Return the drafts as plain data."""
    return [_data(row) for row in drafts()]


def definition_of(row: Measure) -> Definition:
    """Return a version ready to count, in force or not."""
    return Definition(
        code=row.code,
        name=row.name,
        number=row.number,
        sentence=sentence_of(row.numerator, row.denominator),
        tiers=tuple(row.tiers),
        reasons=tuple(row.reasons),
        masks=masks_of(row.numerator, row.denominator, events.MARKS),
    )


def _newest() -> list[Measure]:
    newest: dict[str, Measure] = {}
    for row in Measure.objects.exclude(in_force_from=None).order_by("in_force_from", "number"):
        newest[row.code] = row
    return sorted(newest.values(), key=lambda row: (row.place, row.code))


def _data(row: Measure) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "number": row.number,
        "in_force_from": row.in_force_from.isoformat() if row.in_force_from else None,
        "numerator": list(row.numerator),
        "denominator": list(row.denominator),
        "tiers": list(row.tiers),
        "reasons": list(row.reasons),
        "period": row.period,
    }
