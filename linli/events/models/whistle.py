"""The call for joint action 吹哨报到: a community calls units to the scene, and what each of them did."""

from django.db import models
from django.db.models import F, Q

from linli.events.models.part import LimitUnit
from linli.kernel import api as kernel


class Whistle(kernel.Record):
    """One call 吹哨: which unit calls, why, and by when the called units must have responded."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="whistles")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    limit = models.PositiveIntegerField()
    limit_unit = models.CharField(max_length=20, choices=LimitUnit.choices)
    due = models.DateTimeField()
    called_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(limit__gt=0), name="whistle_limit_above_zero"),
            models.CheckConstraint(condition=Q(due__gt=F("called_at")), name="whistle_due_after_call"),
        ]


class Response(kernel.Record):
    """What one called unit did 报到: when it came to the scene, or answered from afar. Empty until it does."""

    whistle = models.ForeignKey(Whistle, on_delete=models.CASCADE, related_name="responses")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["whistle", "unit"], name="response_once")]
