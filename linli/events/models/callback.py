"""Call-backs 回访: a random sample of closed events, each to be asked about by telephone."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class CallbackRound(kernel.Record):
    """One sample 回访抽样. Whoever draws again with the same seed from the same events gets the same list.

    Days are local, both included. `population` counts what could be drawn, `digest` (SHA-256, hex) tells whether it is
    still the same. `unit` is empty where all units are sampled, each by the same share.
    """

    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    percent = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=40)
    population = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__range=(1, 100)), name="round_one_to_hundred"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="round_ends_after_it_begins"),
        ]


class Callback(kernel.Record):
    """One event of a round, and the latest outcome; each call stands in the timeline. Not the reporter's own rating."""

    class Outcome(models.TextChoices):
        """What became of the call 回访结果."""

        WAITING = "", _("to be called")
        REACHED = "reached", _("reached")
        NOT_REACHED = "not_reached", _("not reached")
        REFUSED = "refused", _("did not want to answer")

    round = models.ForeignKey(CallbackRound, on_delete=models.CASCADE, related_name="calls")
    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="callbacks")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    solved = models.BooleanField(null=True)
    satisfied = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    called_at = models.DateTimeField(null=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "event"], name="callback_once_per_round"),
            models.CheckConstraint(
                condition=Q(satisfied=None) | Q(satisfied__range=(1, 5)), name="callback_one_to_five"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="reached") | Q(solved__isnull=False, satisfied__isnull=False),
                name="callback_reached_has_answers",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(outcome__in=["", "not_reached"]), name="callback_to_call")]
