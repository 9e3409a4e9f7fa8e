"""Reads the journal of signing in for the security watch."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from linli.accounts import api as accounts
from linli.trust.rules.alerts import Sighting
from linli.trust.rules.watch_limits import Limits
from linli.trust.rules.watch_sign_ins import judge_attempts


def watch_sign_ins(*, now: datetime, limits: Limits) -> Sequence[Sighting]:
    """Return which attempts of the last minutes are not normal. Four queries."""
    since = now - timedelta(minutes=limits["window_minutes"])
    tried = accounts.attempts_between(since, now)
    if not tried:
        return ()
    wide = accounts.people_of_wide_rights(on=timezone.localdate(now))
    came = {one.person_id for one in tried if one.person_id in wide}
    before = accounts.attempts_between(
        now - timedelta(days=limits["known_days"]), since, people=[key for key in came if key]
    )  # fmt: skip
    wrong = {one.name for one in tried if one.result != "done"}
    return judge_attempts(tried, before, limits, wide=wide, staff=accounts.staff_behind(wrong))
