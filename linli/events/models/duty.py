"""The duty list 职责清单: which unit owns which matter, by when, and what closes it. Versioned, never overwritten."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class DutyList(models.Model):
    """One version of the county's duty list 职责清单. Events keep the version they began with."""

    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    is_sample = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    in_force_from = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return name and version."""
        return f"{self.name} {self.number}"


class MatterItem(models.Model):
    """One matter 事项 of a duty list.

    `lead`, `co_units` and `fallback` are roles: `department:<unit code>`, `unit:<unit code>`, `street`, `community`
    or `centre`; the role and the place of an event together name the unit. Limits: `accept_hours` and
    `contact_hours` in working hours, `handle_limit` in `handle_unit`.
    """

    class Grade(models.TextChoices):
        """Grades 等级 by urgency."""

        A = "A", _("A urgent")
        B = "B", _("B important")
        C = "C", _("C ordinary")

    class DutyKind(models.TextChoices):
        """Kinds of duty 履职类型 of the township duty lists 乡镇街道履职事项清单."""

        BASIC = "basic", _("basic duty")
        SUPPORTING = "supporting", _("supporting duty")
        RESERVED = "reserved", _("reserved to the level above")

    class TimeUnit(models.TextChoices):
        """Units of a limit 时限单位."""

        WORK_HOUR = "work_hour", _("working hours")
        WORK_DAY = "work_day", _("working days")
        CALENDAR_DAY = "calendar_day", _("days")

    duty_list = models.ForeignKey(DutyList, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    class_path = ArrayField(models.CharField(max_length=60))
    description = models.TextField(blank=True)
    nature = models.CharField(max_length=40, blank=True)
    keywords = ArrayField(models.CharField(max_length=40), default=list)
    grade = models.CharField(max_length=1, choices=Grade.choices, default=Grade.C)
    lead = models.CharField(max_length=60)
    co_units = ArrayField(models.CharField(max_length=60), default=list)
    fallback = models.CharField(max_length=60, default="centre")
    legal_basis = models.CharField(max_length=300, blank=True)
    duty_kind = models.CharField(max_length=20, choices=DutyKind.choices, default=DutyKind.BASIC)
    accept_hours = models.PositiveIntegerField(default=2)
    contact_hours = models.PositiveIntegerField(default=8)
    handle_limit = models.PositiveIntegerField(default=5)
    handle_unit = models.CharField(max_length=20, choices=TimeUnit.choices, default=TimeUnit.WORK_DAY)
    closing_conditions = models.JSONField(default=list)
    evidence = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty_list", "code"], name="matter_once_per_list")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class AreaDuty(models.Model):
    """An exception of a duty list: in this area another unit leads this matter."""

    duty_list = models.ForeignKey(DutyList, on_delete=models.CASCADE, related_name="area_duties")
    matter_code = models.CharField(max_length=40)
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    lead = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty_list", "matter_code", "division"], name="area_duty_once")]
