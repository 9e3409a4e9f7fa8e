"""The units that help 协办单位, and what each of them is asked to do 协办任务."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class Part(models.Model):
    """A unit that helps the lead unit with an event 协办. `is_open` follows the event."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="parts", db_index=False)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()
    is_open = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "unit"], name="part_once")]
        indexes = [
            models.Index(fields=["unit", "event"], name="part_of_unit"),
            models.Index(fields=["unit", "event"], condition=models.Q(is_open=True), name="part_open"),
        ]


class LimitUnit(models.TextChoices):
    """Units of the limit of a task or of a call for joint action: hours around the clock, or working time."""

    HOUR = "hour", _("hours")
    WORK_HOUR = "work_hour", _("working hours")
    WORK_DAY = "work_day", _("working days")
    CALENDAR_DAY = "calendar_day", _("days")


class Task(kernel.Record):
    """What one unit is asked to do for an event 协办任务: by when, its answer, and the sign-off by the lead unit.

    `given_unit` is who gave it: the lead unit, also where it passes work beneath without giving up the event. A task
    of a playbook 处置方案 is one stage of a `run`; the next stage begins when it is done, without a sign-off.
    """

    class State(models.TextChoices):
        """Where a task stands 任务状态."""

        OPEN = "open", _("to be done")
        ANSWERED = "answered", _("waits for the lead unit's sign-off")
        DONE = "done", _("done")
        WITHDRAWN = "withdrawn", _("withdrawn")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="tasks", db_index=False)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=300)
    closing_condition = models.CharField(max_length=200, blank=True)
    limit = models.PositiveIntegerField()
    limit_unit = models.CharField(max_length=20, choices=LimitUnit.choices)
    due = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)

    given_unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    run = models.ForeignKey("events.PlaybookRun", null=True, on_delete=models.CASCADE, related_name="tasks")
    stage = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(limit__gt=0), name="task_limit_above_zero"),
            models.CheckConstraint(condition=Q(due__gt=F("given_at")), name="task_due_after_given"),
            models.UniqueConstraint(fields=["run", "stage"], condition=~Q(run=None), name="task_of_stage_once"),
        ]
        indexes = [
            models.Index(fields=["event", "id"], name="task_of_event"),
            models.Index(fields=["unit", "due", "id"], condition=Q(state="open"), name="task_open_unit"),
            models.Index(fields=["unit", "-id"], name="task_of_unit"),
        ]

    def __str__(self) -> str:
        """Return what is to be done."""
        return self.what

    @property
    def is_unfinished(self) -> bool:
        """Whether the event can't end over it yet."""
        return self.state in UNFINISHED


UNFINISHED = (Task.State.OPEN, Task.State.ANSWERED)
