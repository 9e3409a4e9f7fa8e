"""Supervision 督办: somebody above asks a unit, by a day, why an event is not done, and the unit answers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class SupervisionNote(kernel.Record):
    """One supervision note 督办单 to one unit, about one event or a group of overdue ones.

    `by_unit` supervises, `unit` answers. Both are judged by their notes; the persons are kept for the ledger alone.
    """

    class Level(models.TextChoices):
        """Levels of a note 督办级别."""

        ORDINARY = "ordinary", _("ordinary note")
        KEY = "key", _("key note")
        LEADER = "leader", _("leader's note")

    level = models.CharField(max_length=10, choices=Level.choices, default=Level.ORDINARY)
    words = models.TextField()
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    by_unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("made_at")), name="supervision_has_a_limit"),
            models.CheckConstraint(condition=Q(answered_at=None) | ~Q(answer=""), name="supervision_answered_in_words"),
        ]
        indexes = [
            models.Index(fields=["unit", "due_at"], name="supervision_of_unit"),
            models.Index(fields=["due_at"], condition=Q(answered_at=None), name="supervision_open"),
        ]


class Supervised(models.Model):
    """An event that a note is about."""

    note = models.ForeignKey(SupervisionNote, on_delete=models.CASCADE, related_name="about")
    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="supervised")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "event"], name="supervised_once_per_note")]
