"""A few fictional devices for the demo county, one in each state that a register shows."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from linli.accounts import api as accounts
from linli.trust.actions.assess import write_assessment
from linli.trust.actions.devices import apply_device, connect_device, decide_device, review_device, save_device
from linli.trust.models import Device, ImpactAssessment
from linli.trust.queries.ask_less import policy_in_force
from linli.trust.rules.ask_less import shipped
from linli.trust.rules.devices import DeviceDraft

AGO, LATER, ASSESSED_DAYS = timedelta(days=60), timedelta(days=30), 360
SORTS = ImpactAssessment.Sort


def plant_demo_devices(*, now: datetime) -> int:
    """Plant the devices that ship with the sample policy, one to a community; what is there stays. Return how many."""
    units = accounts.units(kind="community")
    if Device.objects.exists() or not units:
        return 0
    devices: list[dict[str, Any]] = shipped()["devices"]
    for place, given in enumerate(devices):
        said = dict(given)
        path = said.pop("path")
        unit = units[place % len(units)]
        _plant(DeviceDraft(unit_id=unit.id, division_id=unit.division_id, **said), path, shipped()["demo_words"], now)
    return len(devices)


def _plant(draft: DeviceDraft, path: str, words: dict[str, str], now: datetime) -> None:
    """Let the node itself take one device as far as its path leads, two months ago."""
    by, then = accounts.SYSTEM, now - AGO
    number = save_device(draft=draft, by=by, now=then).number
    if policy_in_force().kinds[draft.kind].reads_body:
        write_assessment(
            sort=SORTS.DEVICE, subject=number, answers=dict.fromkeys(policy_in_force().questions, words["answer"]),
            risk="high", measures=words["measures"], conclusion="go_with", by=by, now=then,
            valid_until=timezone.localdate(then) + timedelta(days=ASSESSED_DAYS),
        )  # fmt: skip
    if path == "drafted":
        return
    apply_device(number=number, by=by, now=then)
    if path == "applied":
        return
    allowed = words["refused"] if path == "refused" else words["connected"]
    decide_device(number=number, allowed=path != "refused", words=allowed, by=by, now=then)
    if path in {"connected", "in_review"}:
        connect_device(number=number, by=by, now=then)
    if path == "in_review":
        review_device(number=number, words=words["in_review"], by=by, now=then + LATER)
