"""Who holds which post 任职, in which unit, over which area, from when to when."""

from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel


class Holding(kernel.Record):
    """A person holds a post in a unit over an area.

    `valid_from` and `valid_to` are local days, both included. `ended_at` ends it at once, whatever the days say.
    """

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="holdings")
    post = models.ForeignKey("accounts.Post", on_delete=models.PROTECT, related_name="holdings")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="holdings")
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    grid = models.ForeignKey("regions.Grid", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="holding_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person", "post", "unit", "division", "grid", "valid_from"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="holding_once",
            ),
        ]
