"""Volunteer checkers 志愿核查员: a resident looks at what a unit says is done, on public matters."""

from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel


class VolunteerCheck(kernel.Record):
    """An officer asks volunteers of the area; one of them says solved or not. The officer still decides."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="volunteer_checks")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    solved = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(checked_at=None), name="volunteer_check_one_open_per_event"
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None) | Q(solved__isnull=False), name="volunteer_says_solved_or_not"
            ),
        ]
