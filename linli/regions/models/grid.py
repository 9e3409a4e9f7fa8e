"""Grids 网格: the smallest area with a person who looks after it."""

from django.db import models


class Grid(models.Model):
    """A grid 网格 of a community. `boundary` is a GeoJSON Polygon or MultiPolygon in WGS-84 (longitude, latitude)."""

    community = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="grids")
    code = models.CharField(max_length=17, unique=True)
    name = models.CharField(max_length=100)
    boundary = models.JSONField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return the name."""
        return self.name
