"""Alerts of the security watch 安全告警, their steps, its settings, and what is noted between two looks."""

from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel
from linli.trust.states import alerts as states


class SecurityAlert(kernel.Record):
    """One alert 安全告警: a kind at a subject, counted while it is open; `seen` holds figures, never personal values.

    `last_key` names the newest occurrence, so that nothing counts twice, not even after it was closed.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=list(states.LABELS.items()), default=states.NEW)
    count = models.PositiveIntegerField(default=1)
    seen = models.JSONField(default=dict)
    last_key = models.CharField(max_length=120)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, blank=True, choices=list(states.OUTCOMES.items()))
    closed_at = models.DateTimeField(null=True)
    incident = models.ForeignKey("trust.Incident", null=True, on_delete=models.SET_NULL, related_name="alerts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], condition=Q(closed_at=None), name="alert_open_once")
        ]
        indexes = [
            models.Index(fields=["-level", "-last_at"], condition=Q(closed_at=None), name="alert_open"),
            models.Index(fields=["-closed_at"], condition=Q(closed_at__isnull=False), name="alert_closed"),
            models.Index(fields=["kind", "subject", "-first_at"], name="alert_by_subject"),
        ]


class AlertStep(kernel.Appended):
    """One step in the life of an alert, appended: seen, taken, closed, made an incident."""

    alert = models.ForeignKey(SecurityAlert, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    words = models.TextField(blank=True)


class WatchSettings(kernel.Appended):
    """One version of what a county sets: the `limits` of the watch 告警阈值 or the `terms` of notices 报告时限.

    The newest whose day has come is in force.
    """

    number = models.AutoField(primary_key=True)
    part = models.CharField(max_length=10)
    content = models.JSONField()
    begins_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)


class WatchMark(models.Model):
    """What is remembered under a name from one look to the next: when a watcher last looked, the newest backup."""

    code = models.CharField(primary_key=True, max_length=60)
    at = models.DateTimeField()
    content = models.JSONField(default=dict)
