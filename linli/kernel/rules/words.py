"""How times, deadlines and numbers are said to people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from django.utils.translation import gettext, ngettext

Tone = Literal["red", "amber", "blue", "green", "grey"]

HOUR = 3600
WORKING_DAY = 8 * HOUR
SOON = WORKING_DAY
WAN, YI = 10_000, 100_000_000


@dataclass(frozen=True)
class Clock:
    """A deadline in words, with the tone and the icon that stand for it."""

    text: str
    tone: Tone
    icon: str


def when_text(moment: datetime, *, now: datetime, zone: tzinfo) -> str:
    """Say a moment as people do: 今天 14:20, 昨天 23:18, 6月3日 14:20, 2025年6月3日 14:20."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    return f"{_day_text(local, today=today)} {local:%H:%M}"


def due_text(left: float, *, working: bool = True, day: int = WORKING_DAY) -> Clock:
    """Say how much is left of a deadline, in seconds (negative: overdue); `day`: working seconds of one day."""
    amount = amount_text(abs(left), working=working, day=day if working else 24 * HOUR)
    if left < 0:
        return Clock(gettext("%(amount)s overdue") % {"amount": amount}, "red", "alert-triangle")
    text = gettext("%(amount)s left") % {"amount": amount}
    return Clock(text, "amber", "hourglass") if left <= SOON else Clock(text, "blue", "clock")


def amount_text(seconds: float, *, working: bool = False, day: int = 24 * HOUR) -> str:
    """Say an amount of time in its largest fitting unit, rounded down: 35 分钟, 2 工作小时, 3 天."""
    if seconds < HOUR:
        minutes = int(seconds // 60)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if seconds < 2 * day:
        return _hours_text(int(seconds // HOUR), working=working)
    return _days_text(int(seconds // day), working=working)


def number_text(value: float, *, chinese: bool) -> str:
    """Write a number for reading: 1,204; from ten thousand on 1.2 万 and 3.5 亿 in Chinese, grouped in English."""
    if not chinese or abs(value) < WAN:
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
    size, unit = (YI, "亿") if abs(value) >= YI else (WAN, "万")
    return f"{value / size:.1f}".removesuffix(".0") + unit


def _day_text(local: datetime, *, today: date) -> str:
    if local.date() == today:
        return gettext("today")
    if (local + timedelta(days=1)).date() == today:
        return gettext("yesterday")
    if (local - timedelta(days=1)).date() == today:
        return gettext("tomorrow")
    form = gettext("{d.day} {d:%b}") if local.year == today.year else gettext("{d.day} {d:%b} {d.year}")
    return form.format(d=local)


def _hours_text(hours: int, *, working: bool) -> str:
    if working:
        return ngettext("%(n)d working hour", "%(n)d working hours", hours) % {"n": hours}
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def _days_text(days: int, *, working: bool) -> str:
    if working:
        return ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
