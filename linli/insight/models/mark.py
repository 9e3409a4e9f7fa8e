"""What is counted, kept beside the events: one row of marks for each, and their sums by month, unit, matter and area.

No column names a person, so that no measure can.
"""

from django.db import models


class Place(models.Model):
    """When an event was reported (the first of the local month), who leads it, what it is about, and where."""

    month = models.DateField()
    lead_unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    matter_code = models.CharField(max_length=40, blank=True)
    county = models.ForeignKey(
        "regions.Division", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    street = models.ForeignKey(
        "regions.Division", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    community = models.ForeignKey(
        "regions.Division", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    marks = models.IntegerField()

    class Meta:
        abstract = True


class Mark(Place):
    """The marks 计量标记 of one event: bit k is the answer number k of `events.MARKS`."""

    event = models.OneToOneField("events.Event", primary_key=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["lead_unit", "month", "event"], name="mark_of_unit"),
            models.Index(fields=["month", "event"], name="mark_of_month"),
        ]


class Tally(Place):
    """How many events 汇总 have the same place and the same marks."""

    n = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "lead_unit", "matter_code", "county", "street", "community", "marks"],
                nulls_distinct=False,
                name="tally_once",
            )
        ]
