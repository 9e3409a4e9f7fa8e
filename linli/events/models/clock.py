"""What held or lengthened the clock of an event 暂停、延期、挂账: a row each; every deadline follows from them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class ClockSpan(kernel.Record):
    """One pause, suspension, extension or hang-up of an event, from the asking to its end.

    A hold runs from `starts_at` to `ended_at`, at the latest to `limit_at`; then the clock goes on by itself. An
    extension begins when it is granted and adds `hours` of working time. Nothing runs before it is granted.
    """

    class Kind(models.TextChoices):
        """What it does to the clock."""

        PAUSE = "pause", _("waiting for the reporter")
        SUSPEND = "suspend", _("suspension")
        EXTEND = "extend", _("extension")
        HANG_UP = "hang_up", _("hung up, with a date of review")
        OBJECTION = "objection", _("waiting for a decision on an objection")

    class Outcome(models.TextChoices):
        """What came of the asking."""

        ASKED = "asked", _("asked for")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="spans", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    words = models.TextField()
    amount = models.PositiveIntegerField()
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    starts_at = models.DateTimeField(null=True)
    limit_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    hours = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="clock_span_not_zero"),
            models.CheckConstraint(
                condition=Q(limit_at=None) | Q(limit_at__gte=F("starts_at")), name="clock_span_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__lte=F("limit_at")), name="clock_span_ends_at_its_limit"
            ),
            models.UniqueConstraint(
                fields=["event"], condition=Q(outcome="asked"), name="clock_one_question_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["event"], condition=Q(outcome="granted", ended_at=None) & ~Q(limit_at=None),
                name="clock_one_hold_at_a_time",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["event", "id"], name="clock_span_of_event"),
            models.Index(
                fields=["limit_at"], condition=Q(outcome="granted", ended_at=None) & ~Q(limit_at=None),
                name="clock_span_runs",
            ),
        ]  # fmt: skip

    @property
    def runs(self) -> bool:
        """Whether it holds the clock until somebody or its limit ends it."""
        return self.outcome == self.Outcome.GRANTED and self.limit_at is not None and self.ended_at is None
