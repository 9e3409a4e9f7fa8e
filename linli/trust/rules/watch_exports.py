"""Exports far above the habit 导出突增: rows of one day against the days before, of an account or of a unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from linli.trust.rules.alerts import WARNING, Sighting
from linli.trust.rules.watch_limits import Limits


@dataclass(frozen=True, slots=True)
class Taken:
    """What one account or unit took out: `subject` (`person:…`, `unit:…`), rows by day, id of the newest entry."""

    subject: str
    newest: str
    by_day: dict[date, int] = field(default_factory=dict)


def judge_exports(taken: Iterable[Taken], limits: Limits, *, today: date) -> Iterator[Sighting]:
    """Yield who took out far more today than on the days on which they take something out."""
    for one in taken:
        rows, others = one.by_day.get(today, 0), [n for day, n in one.by_day.items() if day != today]
        usual = sum(others) / len(others) if others else 0.0
        if rows >= limits["export_least"] and rows >= usual * limits["export_times"]:
            yield Sighting("export.peak", one.newest, one.subject, WARNING, {"rows": rows, "usual": round(usual)})
