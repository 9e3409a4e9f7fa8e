"""The duty roster 值班表: who is on duty for a unit, from one moment to another."""

from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel


class Shift(kernel.Record):
    """One shift 班次: a person is on duty for a unit from `starts_at` until `ends_at`, unless it was cancelled.

    `made_by` planned it or changed it last. A shift that has ended stays as it was.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_it_begins"),
        ]
        indexes = [
            models.Index(fields=["unit", "ends_at"], condition=Q(cancelled_at=None), name="shift_of_unit"),
            models.Index(fields=["person", "ends_at"], condition=Q(cancelled_at=None), name="shift_of_person"),
        ]
