"""Grids 网格: the smallest area with a person who looks after it."""

from django.db import models

from linli.kernel import api as kernel


class Grid(models.Model):
    """A grid 网格 of a community. `boundary` is a GeoJSON Polygon or MultiPolygon in WGS-84 (longitude, latitude).

    `code` is the community's 12 digits and a serial of 3, with 2 more for a micro-grid 微网格.
    """

    community = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="grids")
    code = models.CharField(max_length=17, unique=True)
    name = models.CharField(max_length=100)
    boundary = models.JSONField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{15}([0-9]{2})?$"), name="grid_code_15_or_17_digits"
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class GridVersion(kernel.Appended):
    """A grid as it was drawn at one time. Appended at every change; the grid itself shows the latest."""

    class Kind(models.TextChoices):
        """What was done."""

        DRAWN = "drawn"
        CHANGED = "changed"
        REHOMED = "rehomed"
        RETIRED = "retired"

    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    community = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=17)
    name = models.CharField(max_length=100)
    boundary = models.JSONField(null=True, blank=True)
    changed_by = models.CharField(max_length=100, blank=True)
    changed_at = models.DateTimeField()
