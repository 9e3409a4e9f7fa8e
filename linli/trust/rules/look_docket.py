"""Which findings become a review: those about one account within two weeks belong together."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from linli.trust.rules.look_rules import WINDOW, LookFinding, raises

Fate = Literal["join", "raise", "wait"]


def fate_of(waiting: Sequence[LookFinding], *, day: date, open_since: date | None) -> Fate:
    """Return what becomes of findings about one account that wait: they join its open review, raise one, or wait on.

    `open_since` is the first day of its newest open review.
    """
    if open_since is not None and day - open_since <= timedelta(days=WINDOW):
        return "join"
    return "raise" if raises(still_counting(waiting, day)) else "wait"


def still_counting(waiting: Sequence[LookFinding], day: date) -> list[LookFinding]:
    """Return the findings that are not older than the window."""
    return [one for one in waiting if day - one.day <= timedelta(days=WINDOW)]
