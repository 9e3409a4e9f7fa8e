"""Sign-ins that are not normal 异常登录: failures, success after many, new places, the night, two places at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from ipaddress import ip_address, ip_network
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from linli.accounts import api as accounts
from linli.trust.rules.alerts import NOTE, URGENT, WARNING, Sighting
from linli.trust.rules.watch_limits import Limits, is_night

ZONE = ZoneInfo("Asia/Shanghai")
SHOWN = 8  # signs of the token of a name that nobody has
DONE = "done"


def judge_attempts(
    tried: Sequence[accounts.Attempt],
    before: Sequence[accounts.Attempt],
    limits: Limits,
    *,
    wide: Collection[UUID],
    staff: Mapping[str, UUID],
) -> list[Sighting]:
    """Return what is not normal among the attempts of the window, oldest first.

    `before` are the successful ones of accounts with wide rights earlier than the window; `staff` says whose a name is.
    """
    return [
        *_names(tried, limits, staff),
        *_addresses(tried, limits),
        *_successes(tried, limits),
        *_new_places(tried, before, limits, wide),
        *_nights(tried, limits, wide),
        *_apart(tried, limits),
    ]


def network(address: str) -> str:
    """Return the network that an address counts as being in: a /16, for IPv6 a /48; empty where there is none."""
    if not address:
        return ""
    width = 16 if ip_address(address).version == 4 else 48  # noqa: PLR2004  the version
    return str(ip_network(f"{address}/{width}", strict=False))


def _names(tried: Sequence[accounts.Attempt], limits: Limits, staff: Mapping[str, UUID]) -> Iterator[Sighting]:
    for name, rows in _grouped((one for one in tried if one.result != DONE), "name").items():
        if len(rows) >= limits["name_failures"]:
            who = f"person:{staff[name]}" if name in staff else f"name:{name[:SHOWN]}"
            seen = {"count": len(rows), "minutes": limits["window_minutes"]}
            yield Sighting("signin.name", str(rows[-1].id), who, WARNING, seen)


def _addresses(tried: Sequence[accounts.Attempt], limits: Limits) -> Iterator[Sighting]:
    for address, rows in _grouped((one for one in tried if one.result != DONE and one.address), "address").items():
        if len(rows) >= limits["address_failures"]:
            names = len({one.name for one in rows})
            seen = {"count": len(rows), "names": names, "minutes": limits["window_minutes"]}
            yield Sighting("signin.address", str(rows[-1].id), f"address:{address}", WARNING, seen)


def _successes(tried: Sequence[accounts.Attempt], limits: Limits) -> Iterator[Sighting]:
    for rows in _grouped(tried, "name").values():
        wrong = 0
        for one in rows:
            if one.result != DONE:
                wrong += 1
                continue
            if wrong >= limits["success_after"] and one.person_id:
                yield Sighting("signin.success", str(one.id), f"person:{one.person_id}", URGENT, {"count": wrong})
            wrong = 0


def _new_places(
    tried: Sequence[accounts.Attempt], before: Sequence[accounts.Attempt], limits: Limits, wide: Collection[UUID]
) -> Iterator[Sighting]:
    known: dict[UUID | None, set[tuple[str, str]]] = defaultdict(set)
    for one in before:
        known[one.person_id] |= {("browser", one.browser), ("network", network(one.address))}
    for one in _done(tried, wide):
        here, places = {("browser", one.browser), ("network", network(one.address))}, known[one.person_id]
        if places and not here <= places:
            yield Sighting(
                "signin.new", str(one.id), f"person:{one.person_id}", WARNING, {"days": limits["known_days"]}
            )
        known[one.person_id] = places | here


def _nights(tried: Sequence[accounts.Attempt], limits: Limits, wide: Collection[UUID]) -> Iterator[Sighting]:
    for one in _done(tried, wide):
        at = one.at.astimezone(ZONE)
        if is_night(at.hour, limits):
            yield Sighting("signin.night", str(one.id), f"person:{one.person_id}", NOTE, {"time": f"{at:%H:%M}"})


def _apart(tried: Sequence[accounts.Attempt], limits: Limits) -> Iterator[Sighting]:
    """Name accounts that were used in two networks with two browsers, quicker than somebody changes both."""
    limit = timedelta(minutes=limits["apart_minutes"])
    for person_id, rows in _grouped((one for one in tried if one.result == DONE), "person_id").items():
        for first, second in pairwise(rows):
            far = network(first.address) != network(second.address) and first.browser != second.browser
            if person_id and far and second.at - first.at <= limit:
                minutes = max(1, round((second.at - first.at).total_seconds() / 60))
                yield Sighting("signin.apart", str(second.id), f"person:{person_id}", URGENT, {"minutes": minutes})


def _done(tried: Iterable[accounts.Attempt], people: Collection[UUID]) -> Iterator[accounts.Attempt]:
    return (one for one in tried if one.result == DONE and one.person_id in people)


def _grouped(tried: Iterable[accounts.Attempt], name: str) -> dict[str, list[accounts.Attempt]]:
    found: dict[str, list[accounts.Attempt]] = defaultdict(list)
    for one in tried:
        found[getattr(one, name)].append(one)
    return found
