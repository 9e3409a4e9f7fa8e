"""Escalations 升级: each time an overdue event rose to a higher level. Appended, never changed."""

from django.db import models

from linli.kernel import api as kernel


class Escalation(kernel.Record, kernel.Appended):
    """An event rose from a level and unit to the next one. `due` is the moment that had passed, of that `clock`.

    Levels are ranks of the policy `policy_number`; an event reaches each level at most once.
    """

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="escalations", db_index=False)
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()
    from_unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    to_unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    clock = models.CharField(max_length=10)
    due = models.DateTimeField()
    at = models.DateTimeField()
    policy_number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "to_level"], name="escalated_once_per_level"),
            models.CheckConstraint(condition=models.Q(to_level__gt=models.F("from_level")), name="escalation_rises"),
        ]
