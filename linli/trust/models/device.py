"""The register of devices that touch bodies and doors 采集设备登记: what stands where, why, and who decided it."""

from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel
from linli.trust.states import devices as states

_ASKED_FOR = ["applied", "allowed", "connected"]


def _to(model: str, *, null: bool = False) -> "models.ForeignKey[models.Model | None, models.Model | None]":
    return models.ForeignKey(model, null=null, on_delete=models.PROTECT, related_name="+")


class Device(kernel.Record):
    """One device 采集设备. `kind` and `place` are codes of the policy; `purpose` is an activity of the register.

    `unit` answers for it, `operator` runs it. `reads_body` is kept from its kind when it is handed in; such a one needs
    another way in (`alternative`). `people` are those whose features it stores, `filed_as` the number of the filing
    that many need. `key_digest` is the SM3 digest of the key that was handed out when it was connected.
    """

    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)
    unit = _to("accounts.Unit")
    operator = models.CharField(max_length=100)
    division = _to("regions.Division")
    address = models.CharField(max_length=200)
    place = models.CharField(max_length=30)
    purpose = models.CharField(max_length=60)
    necessity = models.TextField(blank=True)
    alternative = models.TextField(blank=True)
    retention_days = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField(default=0)
    filed_as = models.CharField(max_length=100, blank=True)
    signs = models.TextField(blank=True)
    reads_body = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=list(states.LABELS.items()), default=states.DRAFTED)
    made_at = models.DateTimeField()
    applied_by = _to("accounts.Person", null=True)
    decided_by = _to("accounts.Person", null=True)
    decided_at = models.DateTimeField(null=True)
    conditions = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    review_told_on = models.DateField(null=True)
    key_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["allowed", "connected"]) | Q(decided_at__isnull=False, review_on__isnull=False),
                name="device_allowed_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(applied_by=None) | ~Q(decided_by=F("applied_by")),
                name="device_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="connected") | ~Q(key_digest=""), name="device_connected_with_a_key"
            ),
            models.CheckConstraint(condition=Q(state="connected") | Q(key_digest=""), name="device_key_only_connected"),
            models.CheckConstraint(
                condition=~Q(state__in=_ASKED_FOR) | Q(reads_body=False) | ~Q(alternative=""),
                name="device_has_another_way",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "number"], name="device_of_area"),
            models.Index(
                fields=["review_on"], condition=Q(state__in=["allowed", "connected"]), name="device_to_review"
            ),
        ]


class DeviceStep(kernel.Record, kernel.Appended):
    """One step in the life of a device 设备登记记录, appended: who did it, with what words."""

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    by = _to("accounts.Person", null=True)
    at = models.DateTimeField()
