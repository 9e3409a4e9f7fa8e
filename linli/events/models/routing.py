"""Dispatch rules 分拨规则: data that sends events elsewhere than the duty list says; and alarms when one breaks."""

from django.db import models
from django.db.models import Q


class DispatchRule(models.Model):
    """One rule 分拨规则 of a version. Rules are asked in order of `place`; the first that fits names the unit.

    `conditions` has any of matters, classes, areas, channels, words, hours and grades (see `rules.routing`); `target`
    is a role as in `MatterItem`.
    """

    duty_list = models.ForeignKey("events.DutyList", on_delete=models.CASCADE, related_name="rules")
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    conditions = models.JSONField(default=dict)
    target = models.CharField(max_length=60)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty_list", "name"], name="dispatch_rule_once")]
        ordering = ("place", "id")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class RuleAlarm(models.Model):
    """Something in force broke later 规则告警: a unit was closed, an area is gone. `subject` is a rule or a matter.

    `problem` is kept as data and read as a sentence by `rules.problems`.
    """

    duty_list = models.ForeignKey("events.DutyList", on_delete=models.CASCADE, related_name="alarms")
    subject = models.CharField(max_length=120)
    problem = models.JSONField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty_list", "subject"], condition=Q(ended_at=None), name="rule_alarm_open_once"
            )
        ]

    def __str__(self) -> str:
        """Return what broke."""
        return self.subject
