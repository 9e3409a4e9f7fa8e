"""The register of devices: who sees which, what stands around people, and whether one may be or is connected."""

import hmac
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.trust.models import Device, DeviceStep, ImpactAssessment
from linli.trust.queries.activities import activity
from linli.trust.queries.ask_less import policy_in_force
from linli.trust.queries.assessments import holding
from linli.trust.queries.rights import visible
from linli.trust.rules.ask_less import Policy
from linli.trust.rules.asking import DEVICE, Asked, Asking
from linli.trust.rules.devices import Text, draft_from, may_be_connected, missing
from linli.trust.rules.proposals import propose
from linli.trust.states import devices as states

KEEP, DECIDE = states.KEEP, states.DECIDE
OVER_AREA = frozenset({"centre", "street", "community"})


def devices_of_holding(held: accounts.ActorHolding) -> Q:
    """Open the devices of the own unit; to centre, street and community those of their area as well."""
    own = Q(unit_id=held.unit_id)
    return own | Q(division_id__in=regions.descendants(held.division_id)) if held.unit_kind in OVER_AREA else own


def devices_seen_by(actor: accounts.Actor) -> "QuerySet[Device]":
    """Return the devices that somebody keeps or decides, what waits first."""
    ids = visible(actor, KEEP, Device.objects.all()) | visible(actor, DECIDE, Device.objects.all())
    return ids.select_related("unit", "division").order_by("number")


def device_by_number(number: str) -> Device | None:
    """Return one device."""
    return Device.objects.select_related("unit", "division", "decided_by").filter(number=number).first()


def devices_around(division_id: int | None) -> "QuerySet[Device]":
    """Return what stands around people, for everybody to read: in one division with all below it, or everywhere."""
    rows = Device.objects.filter(state__in=states.SHOWN)
    if division_id is not None:
        rows = rows.filter(division_id__in=regions.descendants(division_id))
    return rows.select_related("unit", "division").order_by("division__code", "number")


def steps_of(device: Device) -> list[DeviceStep]:
    """Return what happened to a device, the newest first."""
    return list(DeviceStep.objects.filter(device=device).select_related("by").order_by("-id"))


def missing_of(device: Device, *, day: date) -> list[Text]:
    """Return what stands in the way of asking for a decision on a device."""
    is_assessed = device.number in assessed_devices([device], day=day)
    has_activity = activity(device.purpose, on=day) is not None
    draft = draft_from({**device.__dict__})
    return missing(draft, policy=policy_in_force(), is_assessed=is_assessed, has_activity=has_activity)


def assessed_devices(devices: Iterable[Device], *, day: date) -> dict[str, ImpactAssessment]:
    """Return the assessments that hold on a day, by the number of the device. One query."""
    return holding(day, sort=ImpactAssessment.Sort.DEVICE, subjects=[one.number for one in devices])


def may_connect(device_number: str, *, now: datetime) -> bool:
    """Tell whether a decision lets this device be connected now. Unknown, undecided or run out: no."""
    device = Device.objects.filter(number=device_number).first()
    return device is not None and is_allowed(device, day=timezone.localdate(now))


def is_allowed(device: Device, *, day: date) -> bool:
    """Tell whether the decision on a device holds on a day."""
    is_assessed = not device.reads_body or device.number in assessed_devices([device], day=day)
    return may_be_connected(
        state=device.state, review_on=device.review_on, reads_body=device.reads_body, is_assessed=is_assessed, today=day
    )


def is_connected(device_number: str, *, key: str, now: datetime) -> bool:
    """Tell whether what a device sends may be taken: it is connected, this is its key, and its decision still holds."""
    device = Device.objects.filter(number=device_number, state=states.CONNECTED).first()
    if device is None or not hmac.compare_digest(device.key_digest, kernel.sm3(key.encode()).hex()):
        return False
    return is_allowed(device, day=timezone.localdate(now))


def reviews_due(day: date, *, within_days: int) -> "QuerySet[Device]":
    """Return the devices whose review comes within so many days and whose owner was not told of it yet."""
    rows = Device.objects.filter(state__in=states.DECIDED, review_on__lte=day + timedelta(days=within_days))
    return rows.filter(review_told_on=None).order_by("review_on", "number")


def run_out(day: date) -> "QuerySet[Device]":
    """Return the devices whose review day has passed."""
    return Device.objects.filter(state__in=states.DECIDED, review_on__lt=day).order_by("number")


def asking_of(device: Device, policy: Policy) -> Asking:
    """Return what a device takes down of people, graded by the words of its kind."""
    kind = policy.kinds.get(device.kind)
    elements = []
    for code, label in (kind.elements if kind else {}).items():
        graded = propose(name=label, kind="person", sort="text")
        elements.append(
            Asked(
                code=code, label=label, grade=graded.grade, is_sensitive=graded.sensitive, necessity=device.necessity,
                is_required=not device.alternative,
            )
        )  # fmt: skip
    return Asking(
        code=device.number, kind=DEVICE, label=device.name, activity=device.purpose, elements=tuple(elements),
        unit_id=device.unit_id,
    )  # fmt: skip


def askings_of_devices() -> list[Asking]:
    """Return what every device that stands takes down. Two queries."""
    policy = policy_in_force()
    return [asking_of(one, policy) for one in Device.objects.filter(state__in=states.SHOWN).order_by("number")]
