"""Months as people choose them: 2026-11, and the one so many before."""

from datetime import date

MONTHS_OF_YEAR = 12


def month_of(text: str) -> date | None:
    """Return the first day of a month written as 2026-11, or None."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def before(month: date, count: int) -> date:
    """Return the first day of the month that lies so many months before."""
    number = month.year * MONTHS_OF_YEAR + month.month - 1 - count
    return date(number // MONTHS_OF_YEAR, number % MONTHS_OF_YEAR + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """Return the months from the first to the last, both included, at most ten years."""
    found: list[date] = []
    while first <= last and len(found) < 10 * MONTHS_OF_YEAR:
        found.append(first)
        first = before(first, -1)
    return found
