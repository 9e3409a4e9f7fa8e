"""Playbooks 处置方案: staged plans for hard problems, versioned as data, and where each begun one stands."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from linli.kernel import api as kernel


class Playbook(models.Model):
    """One version of a staged plan 分阶段处置方案.

    `stages` are in order: `what`, `unit` (a role as in `MatterItem`, or `lead`), `limit`, `limit_unit` and
    `closing_condition`. A version without `in_force_from` is a draft; begun runs keep the version they began with.
    """

    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    matter_codes = ArrayField(models.CharField(max_length=40), default=list)
    stages = models.JSONField(default=list)
    source = models.CharField(max_length=300)
    is_sample = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    in_force_from = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="playbook_version_once")]

    def __str__(self) -> str:
        """Return name and version."""
        return f"{self.name} {self.number}"


class PlaybookRun(kernel.Record):
    """A playbook at work on one event. Its stages are tasks, one after the other."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="runs")
    playbook = models.ForeignKey(Playbook, on_delete=models.PROTECT, related_name="runs")
    started_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    stopped_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event"], condition=models.Q(ended_at=None), name="one_run_at_a_time")
        ]
