"""Days of the calendar that lists and rules ask for."""

from calendar import monthrange
from datetime import date

MONTHS = 12


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or earlier; where the month is shorter, its last day."""
    year, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def age_on(born: date, day: date) -> int:
    """Return the age in whole years; who was born on a 29 February is a year older from the 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday_after(born: date, years: int) -> date:
    """Return the day on which somebody turns so many years old; born on a 29 February it may be a 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
