"""Tags 标签: what they mean, who bears them and until when, and the lists that people save."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel
from linli.registry.rules.kinds import KINDS

LEVELS = ("city", "county", "street", "community")
# Fixed: a tag speaks of people, so it is general data (GB/T 43697-2024, annex H); its highest step is sensitive
# whatever the table of handling says, which lets nobody open it further (`check_handling`).
SENSITIVE = 4
KEEP_DAYS = 30


class Tag(kernel.Record):
    """The definition of a tag 标签定义: what it says of a kind of entity, who answers for it, what for, until when.

    `about` tells a standing tag from one of a task or an event. With a `rule` the base gives and takes it by itself;
    without one people do. It counts in `division`, of a task perhaps only in some `areas` there. Grade 4 is
    sensitive: nobody sees it without a capability of its own.

    A tag may hang on an occasion: `occasion` is a code of `slots.occasions`, `occasion_key` what that one calls it.
    When the occasion ends (`ended_at`), nobody is given the tag any more, and `keep_days` later it falls off.
    """

    class About(models.TextChoices):
        """What it belongs to."""

        STANDING = "standing"
        TASK = "task"
        EVENT = "event"

    kind = models.CharField(max_length=20, choices=[(code, code) for code in KINDS])
    name = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=[(level, level) for level in LEVELS])
    about = models.CharField(max_length=10, choices=About.choices, default=About.STANDING)
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=200)
    grade = models.PositiveSmallIntegerField(default=2)
    rule = models.JSONField(null=True)
    expires_on = models.DateField(null=True)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    swept_on = models.DateField(null=True)
    retired_at = models.DateTimeField(null=True)
    begins_on = models.DateField(null=True)
    areas = ArrayField(models.BigIntegerField(), default=list)
    occasion = models.CharField(max_length=20, blank=True, default="", db_default="")
    occasion_key = models.CharField(max_length=60, blank=True, default="", db_default="")
    keep_days = models.PositiveSmallIntegerField(default=KEEP_DAYS, db_default=KEEP_DAYS)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "kind", "name"], condition=Q(retired_at=None), name="tag_once_in_an_area"
            ),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=SENSITIVE), name="tag_grade_1_to_4"),
            models.CheckConstraint(condition=~Q(purpose=""), name="tag_has_a_purpose"),
        ]
        indexes = [
            models.Index(
                fields=["occasion", "occasion_key"], condition=Q(retired_at=None) & ~Q(occasion=""), name="tag_occasion"
            ),
        ]


class TagMark(models.Model):
    """An entity bears a tag from a moment until it ends. A row is never used again: taken and given, it is another.

    `done_at` says that what the tag was made for is done here: called, visited, checked. `is_exempt` ends a mark of a
    rule for good: a person decided anew that the rule does not fit here.
    """

    id = models.BigAutoField(primary_key=True)
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="marks", db_index=False)
    entity = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="marks", db_index=False)
    is_ruled = models.BooleanField()
    until = models.DateField(null=True)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, blank=True)
    is_exempt = models.BooleanField(default=False, db_default=False)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=100, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "tag"], condition=Q(ended_at=None), name="tag_mark_once"),
        ]
        indexes = [
            models.Index(fields=["tag", "id"], condition=Q(ended_at=None), name="tag_mark_tag"),
            models.Index(fields=["until"], condition=Q(ended_at=None) & ~Q(until=None), name="tag_mark_until"),
            models.Index(fields=["entity", "tag"], condition=Q(is_exempt=True), name="tag_mark_exempt"),
        ]


class SavedList(kernel.Record):
    """A list that a person saved under a name: how it is narrowed, never whom it holds."""

    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    wanted = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "name"], name="saved_list_once")]
