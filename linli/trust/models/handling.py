"""What a grade does, as data in versions that stay."""

from django.db import models

from linli.kernel import api as kernel


class HandlingVersion(kernel.Appended):
    """One version of what one grade does 分级管控策略版本. `content` is a `rules.handling.Handling`, checked before.

    The newest whose `since` has come holds; a grade without any has what ships. Appended, never changed.
    """

    grade = models.PositiveSmallIntegerField()
    content = models.JSONField()
    words = models.CharField(max_length=300)
    since = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-since", "-id"]

    def __str__(self) -> str:
        """Return the grade and since when."""
        return f"{self.grade} {self.since}"
