"""Applications to issue a form 报表准入申请, their history, and the rules that hold for issuing, in versions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel
from linli.sheets.rules import admission_states as states
from linli.sheets.rules.issuing import FREQUENCIES


class Admission(kernel.Record):
    """What an office wants to ask for, of whom, how often, by which law, and whether it may 报表准入申请.

    `division` is the area it is asked of, `levels` who fills it, `rows` an estimate of its rows in one round, `days`
    how many working days are left to answer, counted from the day it is sent out (`first_on`: the first time).
    `columns` are {path, element, transform}; `digest` is that of the file, if it was taken from one. Admitted, it has a
    number on the public list, and is valid from `valid_from` through `valid_until`.
    """

    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    levels = ArrayField(models.CharField(max_length=10), default=list)
    frequency = models.CharField(max_length=10, choices=list(FREQUENCIES.items()), blank=True)
    first_on = models.DateField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    rows = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=20)
    columns = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=list(states.LABELS.items()), default=states.DRAFT)
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=12, choices=list(states.REASONS.items()), blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    merge_with = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    list_number = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001  no number is not an empty one
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(made_by=None) | ~Q(decided_by=F("made_by")),
                name="admission_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(decided_unit=None) | ~Q(decided_unit=F("unit")), name="admission_by_another_unit"
            ),
            models.CheckConstraint(
                condition=~Q(state="admitted")
                | Q(list_number__isnull=False, valid_from__isnull=False, valid_until__gte=F("valid_from")),
                name="admission_numbered",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="admission_of_unit"),
            models.Index(fields=["valid_until"], condition=Q(state="admitted"), name="admission_on_list"),
            models.Index(fields=["digest"], condition=~Q(digest=""), name="admission_of_file"),
        ]


class AdmissionStep(kernel.Record):
    """One step in the life of an application 办理记录, appended. `columns` as they were then, where it matters."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    words = models.CharField(max_length=1000, blank=True)
    columns = models.JSONField(null=True)
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class IssuingVersion(models.Model):
    """One version of the rules for issuing 报表下发规则. `content` is a `rules.issuing.IssuingRules`, checked before.

    The newest whose `since` has come holds; before the first, what ships. Appended, never changed.
    """

    number = models.PositiveIntegerField(unique=True)
    content = models.JSONField()
    words = models.CharField(max_length=300)
    since = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-since", "-number"]

    def __str__(self) -> str:
        """Return the number."""
        return str(self.number)
