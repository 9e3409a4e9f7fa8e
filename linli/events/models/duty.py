"""The duty list 职责清单: which unit owns which matter, by when, and what closes it. Versioned, never overwritten."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class DutyList(models.Model):
    """One version of the county's standards: its duty list 职责清单 with area duties and dispatch rules.

    A version is a draft until it is put in force for the first time; from then on it is never changed. Events keep
    the version they began with. `base` is the version it was copied from. `columns` are the county's own columns of
    its manual, in order; `unread` are rows of an imported file that could not be taken, with what is wrong in them.
    """

    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    is_sample = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    columns = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    in_force_from = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return name and version."""
        return f"{self.name} {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it was never put in force, so that it may still be changed."""
        return self.in_force_from is None


class Enforcement(models.Model):
    """A version was put in force 施行记录: from when, by whom and why. The latest that has begun holds.

    Going back to an earlier version is one more row. `cancelled_at` takes back what has not begun yet.
    `checked_at` is when its rules were looked at once it had begun.
    """

    duty_list = models.ForeignKey(DutyList, on_delete=models.PROTECT, related_name="enforcements")
    begins_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=300, blank=True)
    is_rollback = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return version and begin."""
        return f"{self.duty_list_id} {self.begins_at:%Y-%m-%d %H:%M}"


class MatterItem(models.Model):
    """One matter 事项 of a duty list.

    `lead`, `co_units` and `fallback` are roles: `department:<unit code>`, `unit:<unit code>`, `street`, `community`
    or `centre`; the role and the place of an event together name the unit. `leads` names the lead unit by level
    (county, street, community) for when the event rises to that level. Limits: `accept_hours`, `contact_hours` and
    `check_hours` in working hours, `handle_limit` in `handle_unit`; `stages` are {name, limit, unit} in order, the
    last of which is the handling limit itself. `closing_conditions` are codes, `evidence` says by condition what must
    be attached ({code: [kind]}, nothing by default); `opening_words` and `closing_words` are the manual's own words.
    `templates` are {name, text}. `more` holds the county's own columns.
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
    leads = models.JSONField(default=dict)
    legal_basis = models.CharField(max_length=300, blank=True)
    duty_kind = models.CharField(max_length=20, choices=DutyKind.choices, default=DutyKind.BASIC)
    accept_hours = models.PositiveIntegerField(default=2)
    contact_hours = models.PositiveIntegerField(default=8)
    check_hours = models.PositiveIntegerField(default=8)
    handle_limit = models.PositiveIntegerField(default=5)
    handle_unit = models.CharField(max_length=20, choices=TimeUnit.choices, default=TimeUnit.WORK_DAY)
    stages = models.JSONField(default=list)
    opening_words = models.TextField(blank=True)
    closing_words = models.TextField(blank=True)
    closing_conditions = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)
    templates = models.JSONField(default=list)
    note = models.TextField(blank=True)
    more = models.JSONField(default=dict)
    place = models.PositiveIntegerField(default=0)
    volunteers_may_check = models.BooleanField(default=False, db_default=False)

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
