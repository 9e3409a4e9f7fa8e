"""Policies 规则: how events rise, pause, are objected to, and what messages say, as data in versions that stay."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Policy(models.Model):
    """One version of one kind of policy. `in_force_from` is empty for a draft; what is in force never changes.

    `content` is checked by `rules.policies` before it is kept. An event follows the version that was in force when it
    was reported, a message the one that was in force when it was written.
    """

    class Kind(models.TextChoices):
        """What a policy says."""

        ESCALATION = "escalation", _("the way up")
        OBJECTION = "objection", _("objections")
        CLOCKS = "clocks", _("pauses and extensions")
        TEXTS = "texts", _("texts of messages")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    words = models.CharField(max_length=300, blank=True)
    is_sample = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    in_force_from = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="policy_version_once")]

    def __str__(self) -> str:
        """Return kind and version."""
        return f"{self.kind} {self.number}"
