"""Names that people use for places: estates 小区, roads 道路, landmarks 地标."""

from django.db import models


class PlaceAlias(models.Model):
    """A name in people's mouths and the street or community it lies in; one row per community a road runs through."""

    class Kind(models.TextChoices):
        """What bears the name."""

        ESTATE = "estate"
        ROAD = "road"
        LANDMARK = "landmark"

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="aliases")
    lng = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "division"], name="alias_once_in_a_division"),
            models.CheckConstraint(
                condition=models.Q(lng=None, lat=None)
                | models.Q(lng__gte=-180, lng__lte=180, lat__gte=-90, lat__lte=90),
                name="alias_position",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
