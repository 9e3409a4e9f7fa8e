"""What the bench of the change feed needs done inside a node: changes, a correction, an application, their answers."""

import contextlib
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust

SOURCE = "bench-feed"
OFFERED = "name"  # the element for which the other node applies
TIME_OF_ID = 80  # bits behind the milliseconds with which an id begins (UUID version 7)


def changes(prefix: str, count: int, rate: float) -> dict[str, Any]:
    """Let so many people become known at this rate; return when each was committed, in seconds since 1970."""
    registry.register_source(code=SOURCE, name="bench", department="bench", now=kernel.now())
    grid = regions.Grid.objects.order_by("id").values_list("code", flat=True)[0]
    committed: list[float] = []
    began = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        now = kernel.now()
        values = {**_somebody(number, len(prefix)), "area_code": grid}
        values["name"] += prefix
        said = [registry.Statement(f"{prefix}{number}", values, now)]
        registry.take_in(source=SOURCE, kind="person", statements=said, run="bench", by=accounts.SYSTEM, now=now)
        committed.append(time.time())
    return {"committed": committed}


def propose() -> dict[str, Any]:
    """Correct the telephone of somebody who is known by the feed alone, as an officer of their area would."""
    now, county = kernel.now(), regions.Division.objects.filter(level=regions.Level.COUNTY).order_by("id")[0]
    whom = _newest(registry.ids_within(division_id=county.id, kinds=["person"]), now)  # came by the feed
    finding = exchange.Finding(whom, "phone", "13912345678", "bench", timezone.localdate(now))
    for by in accounts.actors_with("exchange.correct", on=finding.seen_on):
        with contextlib.suppress(trust.NotAllowed, trust.Hidden):
            return {"number": exchange.propose_correction(finding=finding, by=by, now=now).number}
    message = "nobody here may correct"
    raise LookupError(message)


def confirm() -> dict[str, Any]:
    """Confirm what another node proposed; return how many."""
    waiting = exchange.corrections_seen_by(accounts.SYSTEM).filter(state="proposed", peer_ref__isnull=False)
    for row in waiting:
        exchange.confirm_correction(correction_id=row.pk, by=accounts.SYSTEM, now=kernel.now())
    return {"confirmed": len(waiting)}


def offer(code: str) -> dict[str, Any]:
    """Put a data set into the catalogue for which other nodes may apply."""
    now, county = kernel.now(), regions.Division.objects.filter(level=regions.Level.COUNTY).order_by("id")[0]
    draft = exchange.DatasetDraft(
        code=code, name=code, provider="bench", department="bench", kind="person", condition="bench"
    )
    dataset = exchange.save_dataset(draft=draft, division_id=county.id, by=accounts.SYSTEM, now=now)
    exchange.confirm_mapping(
        dataset=dataset, mapping=[exchange.Mapped(OFFERED, OFFERED, "text")], keys=[OFFERED], header=[OFFERED],
        by=accounts.SYSTEM, now=now,
    )  # fmt: skip
    return {"told": exchange.tell_catalogue(now=now)}


def apply(code: str) -> dict[str, Any]:
    """Apply for a data set of another node."""
    now, county = kernel.now(), regions.Division.objects.filter(level=regions.Level.COUNTY).order_by("id")[0]
    today = timezone.localdate(now)
    asked = exchange.Asked(
        kind="person", elements=(OFFERED,), division_id=county.id, starts_on=today, ends_on=today + timedelta(days=30),
        quota=100, ways=("verify",), purpose="verify",
    )  # fmt: skip
    (row,) = exchange.draft_application(
        asked=asked, basis="bench bench", words="bench", unit_id=accounts.units()[0].id, by=accounts.SYSTEM, now=now,
        at=exchange.remote_datasets().get(code=code),
    )  # fmt: skip
    return {"number": exchange.submit_application(application_id=row.pk, by=accounts.SYSTEM, now=now).number}


def grant() -> dict[str, Any]:
    """Approve what another node applied for; return how many."""
    waiting = exchange.applications_seen_by(accounts.SYSTEM).filter(state="applied", peer_ref__isnull=False)
    for row in waiting:
        exchange.approve_application(application_id=row.pk, by=accounts.SYSTEM, now=kernel.now())
    return {"granted": len(waiting)}


def _somebody(number: int, other: int) -> dict[str, str]:
    """Return somebody who is like nobody else, so that linkage keeps them apart."""
    name = "".join(chr(0x4E00 + (number + other) * step % 20_000) for step in (7_919, 104_729, 15_485_863))
    phone = (number * 7_919_317 + other * 31_337_331) % 10**8
    return {"name": name, "phone": f"138{phone:08d}"}


def _newest(found: Iterable[tuple[UUID, str]], now: datetime) -> UUID:
    """Return the newest; ids of copies for a bench are hashes, and nearly all of them would be of the future."""
    latest = int(now.timestamp() * 1000)
    return max(key for key, _kind in found if key.int >> TIME_OF_ID <= latest)


def element(code: str) -> dict[str, Any]:
    """Add a data element of this node."""
    info = registry.ElementInfo("person", code, "bench", type="flag", owner="bench", is_sample=False)
    registry.add_element(element=info, by=accounts.SYSTEM, now=kernel.now())
    return {"element": code}
