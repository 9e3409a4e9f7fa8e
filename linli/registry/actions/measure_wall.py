"""What the second wall costs: lists, counts and searches as they are read, and the same conditions without the wall.

For measuring only: it reads without the ledger.
"""

import statistics
import time
from collections.abc import Callable, Sequence

from django.db import transaction

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Entity
from linli.registry.queries import listing
from linli.registry.queries.listing import Wanted


def measure_wall(*, viewers: Sequence[accounts.Actor], words: Sequence[str], rounds: int) -> dict[str, float]:
    """Return for list, count and search the time behind the wall over that of the same conditions by hand.

    Both in turns, so that what else the machine does meets both alike. A ratio is that of the sums of the medians over
    all viewers and what they look for; `*_ms` is the median behind the wall.
    """
    looks = {
        "list": ([Wanted(), Wanted(kind="house")], _list, _list_by_hand),
        "count": ([Wanted(), Wanted(kind="house"), Wanted(words=words[0])], _count, _count_by_hand),
        "search": ([Wanted(words=one) for one in words], _list, _list_by_hand),
    }
    figures: dict[str, float] = {}
    for name, (wanted, walled, by_hand) in looks.items():
        pairs = [_pair(viewer, one, walled, by_hand, rounds) for viewer in viewers for one in wanted]
        behind, plain = (sum(pair[side] for pair in pairs) for side in (0, 1))
        figures[f"ratio_{name}"] = round(behind / plain, 3)
        figures[f"worst_{name}"] = round(max(one / other for one, other in pairs), 3)
        figures[f"{name}_ms"] = round(1000 * statistics.median(pair[0] for pair in pairs), 2)
    return figures


Look = Callable[[accounts.Actor, Wanted], object]


def _pair(viewer: accounts.Actor, wanted: Wanted, walled: Look, by_hand: Look, rounds: int) -> tuple[float, float]:
    """Return the medians of both in seconds, after one turn that warms up and finds both alike."""
    if _seen(walled(viewer, wanted)) != _seen(by_hand(viewer, wanted)):
        message = "The wall and the conditions do not show the same."
        raise RuntimeError(message)
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds):
        for side in (0, 1) if turn % 2 else (1, 0):
            began = time.perf_counter()
            with transaction.atomic():
                (walled, by_hand)[side](viewer, wanted)
            times[side].append(time.perf_counter() - began)
    return statistics.median(times[0]), statistics.median(times[1])


def _list(viewer: accounts.Actor, wanted: Wanted) -> kernel.Page[Entity]:
    return listing.page_of(viewer=viewer, wanted=wanted)[0]


def _list_by_hand(viewer: accounts.Actor, wanted: Wanted) -> kernel.Page[Entity]:
    return listing.page_among(listing.rows_of(viewer, wanted), wanted, None)


def _count(viewer: accounts.Actor, wanted: Wanted) -> int:
    return listing.count_of(viewer=viewer, wanted=wanted)


def _count_by_hand(viewer: accounts.Actor, wanted: Wanted) -> int:
    return kernel.count_among(listing.rows_of(viewer, wanted), limit=listing.COUNTED)


def _seen(found: object) -> object:
    return [row.pk for row in found.items] if isinstance(found, kernel.Page) else found
