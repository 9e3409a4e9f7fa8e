"""Which rules for issuing forms hold at a time, and their versions."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.db.models import QuerySet

from linli.regions import api as regions
from linli.sheets.models import IssuingVersion
from linli.sheets.rules.issuing import IssuingRules

SHIPPED = Path(__file__).resolve().parents[1] / "sample" / "issuing.json"


def rules_at(now: datetime) -> IssuingRules:
    """Return the rules that hold; before a county has decided any, the sample that ships. One query."""
    row = IssuingVersion.objects.filter(since__lte=now).first()
    return IssuingRules(**row.content) if row else sample_rules()


def rule_versions() -> "QuerySet[IssuingVersion]":
    """Return every version, the newest first."""
    return IssuingVersion.objects.select_related("made_by")


@cache
def sample_rules() -> IssuingRules:
    """Return the sample that ships."""
    return IssuingRules(**json.loads(SHIPPED.read_text(encoding="utf-8"))["rules"])


def working_day_after(day: date, days: int) -> date:
    """Return the working day that comes so many working days after a day. Raises CalendarRangeError."""
    found, left = day, days
    while left:
        found += timedelta(days=1)
        left -= regions.is_working_day(found)
    return found


def working_days_between(first: date, last: date) -> int:
    """Return how many working days come after one day, up to and with another; 0 where it is not later."""
    span = (last - first).days
    return sum(regions.is_working_day(first + timedelta(days=n)) for n in range(1, span + 1))
