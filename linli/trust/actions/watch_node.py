"""Lets every watcher look that is due; one that fails stops no other and raises an alert of its own."""

import logging
import time
from datetime import datetime

from django.db import transaction

from linli.trust import slots
from linli.trust.actions.alerts import raise_alerts, remember
from linli.trust.actions.seal import stopped_by
from linli.trust.models import WatchMark
from linli.trust.queries.alerts import limits_in_force
from linli.trust.queries.ledger import verify_ledger
from linli.trust.queries.watch_ledger import WHOLE, broken
from linli.trust.rules.alerts import NODE, URGENT, WARNING, Sighting
from linli.trust.rules.refusals import ClockSetBackError, SealingStopsError, WrongKeysError
from linli.trust.rules.watch_limits import Limits

log = logging.getLogger(__name__)
STOPPED = {ClockSetBackError: "clock.back", WrongKeysError: "ledger.keys"}


def watch_node(*, now: datetime) -> int:
    """Let the watchers look whose time has come; return how many looked."""
    limits = limits_in_force(now=now)
    looked = dict(WatchMark.objects.filter(pk__startswith="watcher:").values_list("pk", "at"))
    due = [
        one for one in slots.watchers.all()
        if f"watcher:{one.code}" not in looked or now - looked[f"watcher:{one.code}"] >= one.every
    ]  # fmt: skip
    for one in due:
        _look(one, limits, now)
    return len(due)


def verify_whole(*, now: datetime) -> int:
    """Verify the whole ledger, remember the result, and return how many faults there are."""
    began = time.monotonic()
    check = verify_ledger()
    seconds = round(time.monotonic() - began, 1)
    content = {"sealed": check.sealed, "problems": check.problem_count, "seconds": seconds}
    remember(code=WHOLE, content=content, now=now)
    raise_alerts(sightings=broken(check, now=now), now=now)
    return check.problem_count


def watch_sealing(*, now: datetime, limits: Limits) -> list[Sighting]:  # noqa: ARG001  one signature for all
    """Return why nothing would be sealed now: the clock, the keys."""
    stopped = stopped_by(now=now)
    return [sealing_stopped(stopped, now=now)] if stopped else []


def sealing_stopped(error: SealingStopsError, *, now: datetime) -> Sighting:
    """Return the sighting that nothing is sealed, by what stops it; counted once an hour."""
    return Sighting(STOPPED.get(type(error), "ledger.tree"), f"{now:%Y-%m-%dT%H}", NODE, URGENT)


def _look(one: slots.Watcher, limits: Limits, now: datetime) -> None:
    try:
        with transaction.atomic():
            found = list(one.look(now=now, limits=limits))
    except Exception:  # what one watcher stumbles over must not blind the others
        log.exception("The watcher %s failed.", one.code)
        found = [Sighting("watch.failed", f"{now:%Y-%m-%d}", f"watcher:{one.code}", WARNING, {"code": one.code})]
    raise_alerts(sightings=found, now=now)
    remember(code=f"watcher:{one.code}", content={"found": len(found)}, now=now)
