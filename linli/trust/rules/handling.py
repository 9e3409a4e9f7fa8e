"""What a grade does 分级管控策略: one line of data for each grade, held in memory where every rule may ask it.

What ships equals the ways of a county that has not decided anything; `queries.handling` reads what was decided.
"""

import csv
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.grades import GRADE_WORDS, HIGHEST, LOWEST, Grade, highest_grade
from linli.trust.rules.refusals import HandlingRefusedError

SHIPPED = Path(__file__).resolve().parents[1] / "sample" / "handling.csv"
SIGHT = ("see", "reveal", "sensitive", "nobody")
SIGHT_WORDS: Mapping[str, str | Promise] = {
    "see": _("whoever sees the record"),
    "reveal": _("on an opened record"),
    "sensitive": _("with the permission for sensitive data"),
    "nobody": _("nobody at a desk"),
}
APPROVALS: Mapping[str, str | Promise] = {
    "unit": _("somebody else of the unit or above it"),
    "centre": _("the data officer of the county"),
    "both": _("first the unit, then the data officer of the county"),
}
MOST_ROWS, MOST_MONTHS, MOST_PEOPLE, MOST_TIMES = 1_000_000, 1200, 2_000_000_000, 99
YES = "yes"


@dataclass(frozen=True, slots=True)
class Handling:
    """What follows from one grade.

    `sight` is the step from which a value is read plainly; below it a value is shown behind its mask where `masked`,
    else not at all. `sealed` is encryption at rest, `watermark` the line in exported files. From `approve_from` rows on
    an export needs a second person; after `retention_months` copies and traces of this grade are deleted; a set about
    `raise_from` people is handled as `raise_to` (规模). None in each of these: never. `approval` is the chain of an
    export: unit, centre or both, each within `answer_days` working days; what is allowed is fetched `fetches` times in
    `open_days`.
    """

    grade: int
    sight: str
    masked: bool
    sealed: bool
    watermark: bool
    approve_from: int | None = None
    retention_months: int | None = None
    raise_from: int | None = None
    raise_to: int | None = None
    basis: str = ""
    approval: str = "unit"
    answer_days: int = 1
    open_days: int = 3
    fetches: int = 1

    @property
    def step(self) -> int:
        """The step from which a value of this grade is read plainly: 0 for whoever sees the record."""
        return SIGHT.index(self.sight)


def read_shipped(path: Path = SHIPPED) -> dict[int, Handling]:
    """Return the lines that ship, by grade."""
    with path.open(encoding="utf-8", newline="") as file:
        return {line.grade: line for line in map(_line, csv.DictReader(file))}


def handling(grade: int) -> Handling:
    """Return what this grade does."""
    return _held[grade]


def highest_seen() -> int:
    """Return the highest grade whose values are read plainly by whoever sees the record; 1 where no grade is."""
    return highest_grade(line.grade for line in _held.values() if line.step == 0)


def months_before(now: datetime, months: int) -> datetime:
    """Return the moment so many months before, on the last day of a month that is shorter."""
    years, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    day = min(now.day, monthrange(years, month + 1)[1])
    return now.replace(year=years, month=month + 1, day=day)


def grade_of_set(grades: Iterable[int], *, people: int) -> int:
    """Return the grade of data about so many people: that of its highest part, raised by scale where a line says so."""
    grade = highest_grade(grades)
    line = _held[grade]
    is_large = line.raise_from is not None and people >= line.raise_from
    return line.raise_to if is_large and line.raise_to else grade


def hold(lines: Mapping[int, Handling]) -> None:
    """Let these lines hold in this process."""
    _held.update(lines)


def check_handling(line: Handling) -> None:
    """Raise HandlingRefusedError where a line contradicts itself or opens what the law closes."""
    for wrong, sentence in _faults(line):
        if wrong:
            raise HandlingRefusedError(sentence)


def _faults(line: Handling) -> tuple[tuple[bool, str | Promise], ...]:
    return (
        (line.grade not in GRADE_WORDS or line.sight not in SIGHT, _("Grade and sight are chosen from their lists.")),
        (line.grade >= Grade.GENERAL_4 and line.sight in SIGHT[:2],
         _("From grade 4 on a value is only read with the permission for sensitive data.")),
        (line.grade >= Grade.GENERAL_4 and not line.sealed, _("From grade 4 on values are kept encrypted.")),
        (line.grade >= Grade.IMPORTANT and line.approve_from is None,
         _("Important and core data leave only with an approval: say from how many rows on.")),
        (not _within(line.approve_from, MOST_ROWS) or not _within(line.retention_months, MOST_MONTHS)
         or not _within(line.raise_from, MOST_PEOPLE), _("Rows, months and people are whole numbers from 1 on.")),
        ((line.raise_from is None) != (line.raise_to is None),
         _("A set is raised from a number of people on to a grade: say both or neither.")),
        (line.approval not in APPROVALS, _("Who approves an export is chosen from the list.")),
        (not all(1 <= number <= MOST_TIMES for number in (line.answer_days, line.open_days, line.fetches)),
         _("Days and downloads are whole numbers from 1 to 99.")),
        (line.raise_to is not None and not line.grade < line.raise_to <= HIGHEST,
         _("A set is raised to a higher grade only.")),
    )  # fmt: skip


def _within(number: int | None, most: int) -> bool:
    return number is None or LOWEST <= number <= most


def _line(row: Mapping[str, str]) -> Handling:
    def count(name: str) -> int | None:
        return int(row[name]) if row[name] else None

    return Handling(
        int(row["grade"]), row["sight"], row["masked"] == YES, row["sealed"] == YES, row["watermark"] == YES,
        count("approve_from"), count("retention_months"), count("raise_from"), count("raise_to"), row["basis"],
        row["approval"], int(row["answer_days"]), int(row["open_days"]), int(row["fetches"]),
    )  # fmt: skip


_held: dict[int, Handling] = read_shipped()
