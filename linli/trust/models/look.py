"""What is kept to watch looks: days, findings, reviews, the settings of the rules, the model of habits."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel
from linli.trust.states import looks as states


class LookCursor(models.Model):
    """How far the ledger was watched: the place of the last entry. One row."""

    era = models.IntegerField()
    transaction = models.BigIntegerField()
    entry = models.UUIDField()


class WatchedDay(models.Model):
    """One day of looks of one account 当日查阅, made again from the ledger while the day goes on.

    `marks` names the looks behind each signal, `subjects` the people as shortened tokens; `uncovered` are those opened
    without a case. Kept as long as the rules look back, then deleted.
    """

    person_id = models.UUIDField()
    unit_id = models.BigIntegerField(null=True)
    post_code = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    people = models.IntegerField()
    marks = models.JSONField(default=dict)
    subjects = models.JSONField(default=dict)
    worked = ArrayField(models.CharField(max_length=16), default=list)
    uncovered = ArrayField(models.CharField(max_length=16), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "day"], name="watched_day_once")]
        indexes = [
            models.Index(fields=["day", "unit_id"], name="watched_day_by_day"),
            GinIndex(fields=["uncovered"], name="watched_day_subjects"),
        ]


class LookSettings(kernel.Appended):
    """One version of the rules over looks 异常查阅规则: limits, weights, terms; the newest is in force."""

    number = models.AutoField(primary_key=True)
    content = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)


class HabitModel(models.Model):
    """What is usual in each post 查阅习惯模型, learned from this node's own days; plain figures, no person."""

    trained_at = models.DateTimeField()
    days = models.IntegerField()
    content = models.JSONField()


class Campaign(kernel.Record):
    """A campaign announced before it began 专项任务报备: looks with this purpose in these days need no case."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField()
    words = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=models.F("first_day")), name="campaign_ends_after_begin")
        ]


class LookReview(kernel.Record):
    """A review of looks that are not normal 异常查阅复核: about looks of one account in one period, never a track.

    `weight` orders the list. Deleted at `kept_until`: soon where the looks were justified.
    """

    person_id = models.UUIDField()
    unit_id = models.BigIntegerField(null=True)
    post_code = models.CharField(max_length=60, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    weight = models.FloatField()
    state = models.CharField(max_length=20, choices=list(states.LABELS.items()), default=states.FOUND)
    found_at = models.DateTimeField()
    due_at = models.DateTimeField()
    explanation = models.TextField(blank=True)
    words = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    kept_until = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-weight", "id"], condition=Q(decided_at=None), name="look_review_open"),
            models.Index(fields=["person_id", "first_day"], name="look_review_person"),
            models.Index(fields=["decided_at"], condition=Q(decided_at__isnull=False), name="look_review_decided"),
        ]


class ReviewStep(kernel.Forgettable):
    """One step in the life of a review, appended: who asked, explained or decided, with what words."""

    review = models.ForeignKey(LookReview, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    words = models.TextField(blank=True)


class Finding(models.Model):
    """What one rule saw on one day of one account 异常线索; without a review while it weighs too little alone."""

    review = models.ForeignKey(LookReview, null=True, on_delete=models.CASCADE, related_name="findings")
    person_id = models.UUIDField()
    unit_id = models.BigIntegerField(null=True)
    post_code = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    rule = models.CharField(max_length=20)
    value = models.FloatField()
    limit = models.FloatField()
    points = models.FloatField()
    behind = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    moved = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "day", "rule"], name="finding_once")]
