"""Relations 关系: who lives where, who owns what, who belongs to whom, each with its time."""

from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel
from linli.registry.rules.kinds import BONDS


class Relation(kernel.Record):
    """One relation 关系 from `start` to `end`, of a kind of `rules.kinds.BONDS`.

    It holds in the world from `valid_from` up to, not including, `valid_to`; the base knew it from `recorded_at` until
    `retracted_at`. A change appends: the row as it was is retracted, the row as it is stands beside it. `details` are
    values of the elements of a residence (kind `residence`).
    """

    bond = models.CharField(max_length=20, choices=[(code, code) for code in BONDS])
    start = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+", db_index=False)
    end = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+", db_index=False)
    source = models.ForeignKey("registry.Source", on_delete=models.PROTECT, related_name="+", db_index=False)
    details = models.JSONField(default=dict)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["start", "bond", "end", "valid_from"],
                condition=Q(retracted_at=None),
                name="relation_once",
            ),
            models.CheckConstraint(condition=~Q(start=F("end")), name="relation_of_two"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="relation_span"),
        ]
        indexes = [
            models.Index(fields=["start", "bond"], name="relation_start"),
            models.Index(fields=["end", "bond"], name="relation_end"),
        ]
