"""What forms cost 表格负担, by the office that issues them and by month: never by who fills them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linli.sheets.rules.issuing import IssuingRules

DECEMBER, MONTHS = 12, 3


@dataclass(frozen=True, slots=True)
class FormFigures:
    """One form as one unit brought it. Cells are those of its last delivery; `notice` working days from then to due.

    `again` counts cells typed by hand that were typed before, in another form, about the same record; `known` those
    that the base held already. `least` is the floor of working days. `digest` is the file's: many units bring one form.
    """

    office: str
    month: date
    digest: str
    is_delivered: bool
    is_listed: bool
    least: int
    notice: int | None = None
    cells: int = 0
    filled: int = 0
    typed: int = 0
    again: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class Burden:
    """The sum over forms: `forms` different ones, `copies` as they were brought by units, the rest as FormFigures.

    `off_list` of the forms are not on the list, `late` copies came with less notice than the floor, out of `timed` with
    a deadline. `minutes` are saved: cells filled by machine times the seconds of the rules.
    """

    office: str
    forms: int
    copies: int
    delivered: int
    off_list: int
    cells: int
    filled: int
    typed: int
    again: int
    known: int
    minutes: int
    timed: int
    late: int
    notice: int | None

    @property
    def share(self) -> float | None:
        """The share of cells that the machine filled, from 0 to 1; None without cells."""
        return self.filled / self.cells if self.cells else None


def by_office(rows: Iterable[FormFigures], rules: IssuingRules) -> list[Burden]:
    """Return the burden of each office, the heaviest first: by what hands had to type."""
    groups: dict[str, list[FormFigures]] = {}
    for row in rows:
        groups.setdefault(row.office, []).append(row)
    found = [together(office, some, rules) for office, some in groups.items()]
    return sorted(found, key=lambda one: (-one.typed, -one.cells, one.office))


def by_month(rows: Iterable[FormFigures], months: Iterable[date], rules: IssuingRules) -> list[Burden]:
    """Return the burden of each month, in order."""
    listed = list(rows)
    return [together("", [row for row in listed if row.month == month], rules) for month in months]


def together(office: str, rows: Iterable[FormFigures], rules: IssuingRules) -> Burden:
    """Return the sum over some forms."""
    some = list(rows)
    timed = [(row.notice, row.least) for row in some if row.notice is not None]
    filled = sum(row.filled for row in some)
    return Burden(
        office=office, forms=len({row.digest for row in some}), copies=len(some),
        delivered=sum(row.is_delivered for row in some),
        off_list=len({row.digest for row in some if not row.is_listed}),
        cells=sum(row.cells for row in some), filled=filled, typed=sum(row.typed for row in some),
        again=sum(row.again for row in some), known=sum(row.known for row in some), minutes=rules.minutes(filled),
        timed=len(timed), late=sum(days < least for days, least in timed),
        notice=sorted(days for days, _least in timed)[len(timed) // 2] if timed else None,
    )  # fmt: skip


def period_of(text: str, today: date) -> tuple[date, date]:
    """Return the first day of a period and the first after it: 2026, 2026-Q4 or 2026-11; else the month of today."""
    year, _dash, rest = text.partition("-")
    first = today.replace(day=1)
    if year.isdecimal() and len(year) == len("2026") and 1 < int(year) < date.max.year:
        number = rest.removeprefix("Q")
        if not rest:
            return date(int(year), 1, 1), date(int(year) + 1, 1, 1)
        if rest.startswith("Q") and number in {"1", "2", "3", "4"}:
            first = date(int(year), MONTHS * int(number) - 2, 1)
            return first, _later(first, MONTHS)
        if number.isdecimal() and len(number) <= len("12") and 1 <= int(number) <= DECEMBER:
            first = date(int(year), int(number), 1)
    return first, _later(first, 1)


def months_within(first: date, end: date) -> list[date]:
    """Return the first days of the months from one day up to, not including, another."""
    found = []
    while first < end:
        found.append(first)
        first = _later(first, 1)
    return found


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * DECEMBER + day.month - 1 + months, DECEMBER)
    return date(year, month + 1, 1)


__all__ = ["Burden", "FormFigures", "by_month", "by_office", "months_within", "period_of", "together"]
