"""How long what is kept, and why something may be deleted: rules as data, reasons as a typed list."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.registry.rules.dates import months_after

SHIPPED = Path(__file__).parents[1] / "sample" / "retention.csv"
AFTER = ("seen", "unheard", "died")
RETENTION = "retention"
REASONS: dict[str, str | Promise] = {
    RETENTION: _("kept long enough"),
    "request": _("the person asked for it"),
    "wrong": _("recorded by mistake"),
    "order": _("ordered by an authority"),
}


@dataclass(frozen=True, slots=True)
class ShippedRule:
    """One rule as it ships."""

    kind: str
    element: str
    after: str
    months: int
    basis: str


def shipped_rules() -> Iterator[ShippedRule]:
    """Yield the rules that ship, all of them samples."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield ShippedRule(row["kind"], row["element"], row["after"], int(row["months"]), row["basis"])


def limit_of(months: int, now: datetime) -> datetime:
    """Return the moment before which something is past its time."""
    day = limit_day(months, now.date())
    return now.replace(year=day.year, month=day.month, day=day.day)


def limit_day(months: int, today: date) -> date:
    """Return the day before which something is past its time."""
    return months_after(today, -months)
