"""Posts 岗位 and who holds them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.kernel.models import Record


class Post(models.Model):
    """A post 岗位 and what it may do. Capabilities are names that domains declare, such as `events.dispatch`."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    capabilities = ArrayField(models.CharField(max_length=60), default=list)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Holding(Record):
    """A person holds a post in a unit over an area, from one day to another 任职."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="holdings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="holdings")
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    grid = models.ForeignKey("regions.Grid", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="holding_ends_after_it_begins"
            )
        ]
