"""Who holds which post 任职, in which unit, over which area, from when to when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel


class Holding(kernel.Record):
    """A person holds a post in a unit over an area.

    `valid_from` and `valid_to` are local days, both included. `ended_at` ends it at once, whatever the days say, and
    `ends_at` by itself at an exact moment: such a short holding counts only where the moment is asked for.
    `capabilities` narrow those of the post (None: all). `lent_by` is whose holding it covers 代班: such a one names its
    capabilities, ends by itself and is never lent on. `basis` is what the ledger is told of it. `only_kind` and
    `only_id` narrow it to one row of one model.
    """

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="holdings")
    post = models.ForeignKey("accounts.Post", on_delete=models.PROTECT, related_name="holdings")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="holdings")
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    grid = models.ForeignKey("regions.Grid", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    capabilities = ArrayField(models.CharField(max_length=60), null=True, blank=True)
    lent_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="lent")
    basis = models.CharField(max_length=80, blank=True, default="", db_default="")
    only_kind = models.CharField(max_length=60, blank=True, default="", db_default="")
    only_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="holding_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person", "post", "unit", "division", "grid", "valid_from"],
                condition=Q(ended_at=None, ends_at=None, lent_by=None),
                nulls_distinct=False,
                name="holding_once",
            ),
            models.CheckConstraint(
                condition=Q(lent_by=None)
                | Q(valid_to__isnull=False, ends_at__isnull=False, capabilities__isnull=False),
                name="holding_lent_has_an_end",
            ),
            models.CheckConstraint(
                condition=(Q(only_kind="") & Q(only_id=None)) | (~Q(only_kind="") & Q(only_id__isnull=False)),
                name="holding_narrowed_whole",
            ),
        ]
