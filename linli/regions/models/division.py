"""The division tree 行政区划: province, city, county, street and community with their 12-digit codes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Division(models.Model):
    """One administrative division 行政区划 during a span of time.

    `code` has 12 digits (statistical division code: 2 province, 2 city, 2 county per GB/T 2260, 3 street per
    GB/T 10114, 3 community), padded with zeros. `path` holds the ids from the root down to this row, itself included.
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
    predecessor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors")
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=models.Q(valid_to=None), name="division_code_now"),
            models.CheckConstraint(condition=models.Q(code__regex=r"^[0-9]{12}$"), name="division_code_12_digits"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
