"""The division tree 行政区划: province, city, county, street and community with their 12-digit codes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from linli.kernel import api as kernel


class Division(models.Model):
    """One administrative division 行政区划 during a span of time; `valid_to` is the first day on which it is no more.

    `code` has 12 digits (statistical division code: 2 province, 2 city, 2 county per GB/T 2260, 3 street per
    GB/T 10114, 3 community), padded with zeros. `path` holds the ids from the root down to this row, itself included.
    `boundary` is a GeoJSON Polygon or MultiPolygon in WGS-84; it answers for points where no grid is drawn.
    """

    class Level(models.IntegerChoices):
        """Levels of the tree 层级."""

        PROVINCE = 1
        CITY = 2
        COUNTY = 3
        STREET = 4
        COMMUNITY = 5

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=100)
    level = models.IntegerField(choices=Level.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = ArrayField(models.IntegerField(), default=list)
    boundary = models.JSONField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=models.Q(valid_to=None), name="division_code_now"),
            models.CheckConstraint(condition=models.Q(code__regex=r"^[0-9]{12}$"), name="division_code_12_digits"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="division_valid_span",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class FormerName(kernel.Appended):
    """A name that a division bore until a day 曾用名. Appended at every renaming 更名."""

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=100)
    until = models.DateField()
    changed_by = models.CharField(max_length=100, blank=True)


class Succession(kernel.Appended):
    """One division took over from another 沿革: a move is one pair, a merger several to one, a split one to several."""

    class Kind(models.TextChoices):
        """How it came about."""

        MOVE = "move"
        MERGE = "merge"
        SPLIT = "split"

    predecessor = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField()
    changed_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="succession_of_another"
            ),
        ]
