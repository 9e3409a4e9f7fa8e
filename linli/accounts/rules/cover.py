"""Who may be covered for, by whom and for how long, as far as that can be said without asking the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext_lazy as _

from linli.accounts.rules.refusals import AccountRefusedError

MOST_DAYS, MOST_AHEAD = 180, 365
BASIS = "in_place_of:"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one cover lasts at most, and how long ahead it may be set, in days 代班期限."""

    longest_days: int = 30
    ahead_days: int = 60


class CoverRefusedError(AccountRefusedError):
    """A cover that can't be set or ended; the sentence says why."""

    def __init__(self, sentence: object = "") -> None:
        """Say it in other words where they are given."""
        super().__init__(sentence)
        if sentence:
            self.sentence = sentence  # type: ignore[assignment]


def check_limits(limits: Limits) -> None:
    """Raise CoverRefusedError where the limits are not within reason."""
    if not (1 <= limits.longest_days <= MOST_DAYS and 0 <= limits.ahead_days <= MOST_AHEAD):
        words = _("A cover lasts between 1 and %(days)s days and is set at most %(ahead)s days ahead.")
        raise CoverRefusedError(words % {"days": MOST_DAYS, "ahead": MOST_AHEAD})


def check_span(limits: Limits, *, first: date, ends_at: datetime, today: date, now: datetime, zone: tzinfo) -> None:
    """Raise CoverRefusedError unless a cover begins today or soon, ends later, and is not too long."""
    begins = max(datetime.combine(first, time.min, tzinfo=zone), now) if first <= today else midnight(first, zone)
    if first < today or ends_at <= begins:
        raise CoverRefusedError(_("A cover begins today or later and ends after that. Check both."))
    if first > today + timedelta(days=limits.ahead_days):
        raise CoverRefusedError(
            _("A cover is set at most %(days)s days ahead. Set it when it is nearer.") % {"days": limits.ahead_days}
        )
    if ends_at > midnight(first + timedelta(days=limits.longest_days), zone):
        raise CoverRefusedError(
            _("A cover lasts %(days)s days at most. Set an earlier end.") % {"days": limits.longest_days}
        )


def midnight(day: date, zone: tzinfo) -> datetime:
    """Return the moment at which a local day begins."""
    return datetime.combine(day, time.min, tzinfo=zone)


def last_day(ends_at: datetime, zone: tzinfo) -> date:
    """Return the last local day on which something that ends at this moment still counts."""
    return (ends_at - timedelta(microseconds=1)).astimezone(zone).date()


def lendable(held: Iterable[str], never: Iterable[str]) -> list[str]:
    """Return what of a holding may be lent, in order."""
    return sorted(set(held) - set(never))
