"""Posts 岗位 and what they may do."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Post(models.Model):
    """A post 岗位. Capabilities are codes that domains register in `accounts.slots`, such as `events.dispatch`."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    capabilities = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    needs_second_factor = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Return the name."""
        return self.name
