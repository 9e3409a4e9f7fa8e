"""The national holidays 法定节假日 and make-up workdays 调休上班 as announced by the State Council, from `holidays`."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from linli.regions.rules.calendar import DayRule

FIRST_YEAR = 2008
LAST_YEAR = 2045
_MAKE_UP = "调休上班"


@dataclass(frozen=True, slots=True)
class NationalDays:
    """Days that differ from their weekday, and the years whose announcement is not out yet."""

    days: dict[date, DayRule]
    provisional_years: frozenset[int]


@lru_cache(maxsize=4)
def national_days(first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> NationalDays:
    """Return the national rules of the years. A year without make-up workdays is not announced: it is provisional."""
    import holidays  # noqa: PLC0415  slow third-party package: 0.3 s that a command without deadlines need not pay

    years = range(first_year, last_year + 1)
    china = holidays.country_holidays("CN", years=years, language="zh_CN")
    days = {day: DayRule(is_working=False, reason=_named(name)) for day, name in china.items()}
    days |= {day: DayRule(is_working=True, reason=_MAKE_UP) for day in china.weekend_workdays}
    announced = {day.year for day in china.weekend_workdays}
    return NationalDays(days=days, provisional_years=frozenset(years) - announced)


def _named(name: str) -> str:
    return "调休放假" if name.startswith("休息日") else name
