"""The change log of the base 变化记录: what changed, where and when it was heard, never a value."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from linli.kernel import api as kernel


def area_column(to: str = "regions.Division") -> "models.ForeignKey[models.Model | None, models.Model | None]":
    """Return a column for one level of an area."""
    return models.ForeignKey(to, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


class Change(kernel.Forgettable):
    """One change as one area hears of it. Appended by the projection, in its transaction.

    `what` is a word of `rules.changes`; `elements` are codes, never values; `grade` is from which grade on one may
    hear it. Each level of the area is set where that level hears: a move within a street is news for two communities
    and none for the street. `other` is the community from where or to where. `source` and `record` say who caused it.
    `entity` is no key: the row "deleted" outlives what it speaks of. Rows are read in the order (transaction, id).
    """

    id = models.BigAutoField(primary_key=True)
    transaction = kernel.Xid8Field(db_default=models.Func(function="pg_current_xact_id"), editable=False)
    entity_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=20)
    elements = ArrayField(models.CharField(max_length=40), default=list)
    grade = models.PositiveSmallIntegerField()
    county = area_column()
    street = area_column()
    community = area_column()
    grid = area_column("regions.Grid")
    other = area_column()
    source = models.CharField(max_length=40, blank=True)
    record = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["transaction", "id"], name="change_in_order"),
            models.Index(fields=["entity_id"], name="change_entity"),
            models.Index(fields=["county", "what", "at", "id"], name="change_county"),
            models.Index(fields=["street", "what", "at", "id"], name="change_street"),
            models.Index(fields=["community", "what", "at", "id"], name="change_community"),
            models.Index(fields=["grid", "what", "at", "id"], name="change_grid"),
        ]


class ChangeCount(models.Model):
    """How many changes of one sort one area heard on one day, so that no page counts rows.

    `level` is grid, community, street or county and `area` its id. `is_sensitive` counts those of the highest grade.
    """

    id = models.BigAutoField(primary_key=True)
    level = models.CharField(max_length=10)
    area = models.BigIntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=20)
    is_sensitive = models.BooleanField(default=False)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "area", "day", "kind", "what", "is_sensitive"], name="change_count_once"
            ),
        ]


class ChangeSeen(models.Model):
    """That a post of a unit has seen a change 已阅; whoever else holds that post need not look again."""

    id = models.BigAutoField(primary_key=True)
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="seen", db_index=False)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.CharField(max_length=40)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "unit", "post"], name="change_seen_once")]


class SourceSlice(models.Model):
    """What one source says about one area 数据回流切片, counted at night: how many of a kind, how many of them fresh.

    `level` and `area` as in ChangeCount. Fresh is what the source confirmed within half a year of `counted_at`.
    """

    id = models.BigAutoField(primary_key=True)
    level = models.CharField(max_length=10)
    area = models.BigIntegerField()
    source = models.ForeignKey("registry.Source", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    entities = models.IntegerField()
    fresh = models.IntegerField()
    last_seen = models.DateTimeField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "area", "source", "kind"], name="source_slice_once"),
        ]
