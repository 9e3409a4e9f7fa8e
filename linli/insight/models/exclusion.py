"""Exclusions 剔除: an event is left out of the adjusted figure of a measure, asked by one, decided by another."""

from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel


class Exclusion(kernel.Record):
    """One request and its decision. The raw figure never changes; the adjusted one only where `approved`."""

    measure = models.CharField(max_length=40)
    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=30)
    words = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    asked_unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    approved = models.BooleanField(null=True)
    decision = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "event"], condition=~Q(approved=False), name="exclusion_once_per_measure"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(asked_by=None) | ~Q(decided_by=F("asked_by")),
                name="exclusion_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved=None, decided_at=None) | Q(approved__isnull=False, decided_at__isnull=False),
                name="exclusion_decided_at_a_moment",
            ),
        ]
