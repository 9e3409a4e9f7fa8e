"""The stages of a handling limit 分阶段时限 as clocks of an event: stop, penalise, remove, each with its due."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class EventStage(kernel.Record):
    """One stage of one run of an event's handling clock, as the event's matter names it.

    A run begins at `begun_at` (report, dispatch, decision or reopening) and has its own rows, one for each `place` in
    the order of the matter. `due` moves with the event's deadline for as long as the stage is open. `missed_at` is
    when it was told that `due` had passed; a later `due` begins anew.
    """

    class Outcome(models.TextChoices):
        """How a stage ended; empty while it is open."""

        DONE = "done", _("completed")
        NOT_NEEDED = "not_needed", _("not needed")
        WITH_RESULT = "with_result", _("ended with the result")
        OVERTAKEN = "overtaken", _("no longer counted")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="stages", db_index=False)
    matter = models.ForeignKey("events.MatterItem", on_delete=models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    limit = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)
    due = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    missed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "begun_at", "matter", "place"], name="stage_once_per_run"),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="stage_ends_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["due"], condition=Q(outcome=""), name="stage_open"),
            models.Index(fields=["due", "id"], condition=Q(outcome="", missed_at=None), name="stage_to_tell"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether its clock still runs."""
        return not self.outcome

    @property
    def was_late(self) -> bool:
        """Whether it was done after its due."""
        return self.outcome == self.Outcome.DONE and self.ended_at is not None and self.ended_at > self.due
