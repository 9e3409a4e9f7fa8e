"""The working calendar 工作日历 as a county edits it, above the national holidays."""

from django.db import models


class CalendarDay(models.Model):
    """A local edit: this day is a working day 调休上班 or a day off 放假, whatever the national calendar says."""

    day = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    reason = models.CharField(max_length=100)


class WorkingHours(models.Model):
    """One span of working hours 工作时间 of a normal working day, from a date on."""

    valid_from = models.DateField()
    start = models.TimeField()
    end = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["valid_from", "start"], name="working_hours_once"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="working_hours_forward"),
        ]
