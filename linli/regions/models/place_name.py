"""The names that places bear beside today's: former 曾用名, as well 别名, popular 俗称, short 简称."""

from django.db import models
from django.db.models import F, Q


class PlaceName(models.Model):
    """Another name of a standard address (road, estate, building) or of a division (street, community).

    It holds from `valid_from` up to, not including, `valid_to`; open where nobody knows. An `alias` of an estate may be
    the road and number it stands at, written as one name. What was written down by mistake is withdrawn, never deleted.
    """

    class Kind(models.TextChoices):
        """What kind of name."""

        FORMER = "former"
        ALIAS = "alias"
        COLLOQUIAL = "colloquial"
        SHORT = "short"

    address = models.ForeignKey(
        "regions.Address", null=True, on_delete=models.CASCADE, related_name="names", db_index=False
    )
    division = models.ForeignKey(
        "regions.Division", null=True, on_delete=models.CASCADE, related_name="other_names", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True, default="", db_default="")
    by = models.CharField(max_length=100, blank=True)
    said_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True, default="", db_default="")
    withdrawn_why = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address", "division", "kind", "key", "valid_to"], nulls_distinct=False,
                condition=Q(withdrawn_at=None), name="place_name_once",
            ),
            models.CheckConstraint(
                condition=Q(address=None, division__isnull=False) | Q(address__isnull=False, division=None),
                name="place_name_of_one",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="address_name_span",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["key"], name="address_name_key"),
            models.Index(fields=["division"], condition=Q(address=None), name="place_name_division"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
