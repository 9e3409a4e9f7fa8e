"""Public answers 公开答复: what was asked and answered, numbers of people taken out, for everybody to read."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel


class PublicAnswer(kernel.Record):
    """One public answer 公开答复, from one event or, for what is asked often, from a hot issue.

    Both texts were redacted before they were written, and read by the officer who published them. `terms` are search
    terms (see `rules.terms`).
    """

    question = models.CharField(max_length=120)
    asked = models.TextField()
    answer = models.TextField()
    event = models.ForeignKey("events.Event", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    issue = models.ForeignKey("events.HotIssue", null=True, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey("events.MatterItem", null=True, on_delete=models.PROTECT, related_name="+")
    street = models.ForeignKey("regions.Division", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    terms = ArrayField(models.IntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(withdrawn_at=None) & ~Q(event=None), name="answer_public_once"
            ),
            models.CheckConstraint(condition=~Q(answer=""), name="answer_says_something"),
        ]
        indexes = [
            GinIndex(fields=["terms"], name="answer_terms"),
            models.Index(fields=["-published_at", "id"], condition=Q(withdrawn_at=None), name="answer_newest"),
        ]

    def __str__(self) -> str:
        """Return the question."""
        return self.question
