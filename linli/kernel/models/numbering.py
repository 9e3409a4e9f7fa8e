"""The last serial number given out for each prefix and day."""

from django.db import models


class Serial(models.Model):
    """One row per prefix and day; the row lock makes numbers follow each other without gaps."""

    pk = models.CompositePrimaryKey("prefix", "day")
    prefix = models.CharField(max_length=40)
    day = models.DateField()
    last = models.PositiveIntegerField()
