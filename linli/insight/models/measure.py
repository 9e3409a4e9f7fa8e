"""Measures 指标 as versioned definitions: what is counted, out of what, for whom, how often."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class Measure(kernel.Record):
    """One version of a measure. The newest in force counts; a draft (`in_force_from` empty) counts nowhere.

    `numerator` and `denominator` are marks of an event, all of which must hold; the numerator counts within the
    denominator. `tiers` are kinds of units it is shown for, `reasons` why an event may be left out.
    """

    class Period(models.TextChoices):
        """How often it is looked at 统计周期."""

        MONTH = "month", _("by month")
        QUARTER = "quarter", _("by quarter")
        YEAR = "year", _("by year")

    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    numerator = ArrayField(models.CharField(max_length=40))
    denominator = ArrayField(models.CharField(max_length=40), default=list)
    tiers = ArrayField(models.CharField(max_length=20), default=list)
    reasons = ArrayField(models.CharField(max_length=30), default=list)
    period = models.CharField(max_length=10, choices=Period.choices, default=Period.MONTH)
    place = models.PositiveSmallIntegerField(default=100)
    source = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    in_force_from = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="measure_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(in_force_from=None), name="measure_one_draft"),
            models.CheckConstraint(condition=~Q(numerator=[]), name="measure_counts_something"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
