"""What an officer decided about the grade of a data element, with what was proposed to them."""

from django.db import models

from linli.kernel import api as kernel


class GradeDecision(kernel.Appended):
    """One decision on class, grade and mask of an element 数据分类分级审定. Appended, never changed.

    `proposal` is what the rules proposed and why, `rule_version` which rules these were, `accepted` whether the officer
    took it as it was.
    """

    element = models.ForeignKey("registry.Element", on_delete=models.CASCADE, related_name="decisions")
    proposal = models.JSONField()
    rule_version = models.CharField(max_length=40)
    grade = models.PositiveSmallIntegerField()
    grade_before = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=20, blank=True)
    sensitive = models.BooleanField()
    mask = models.CharField(max_length=20)
    accepted = models.BooleanField()
    words = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
