"""The base of every record of the house."""

from django.db import models

from linli.kernel.rules.ids import uuid7


class Record(models.Model):
    """A row with an identifier that sorts by time and can be made before the row is saved."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True
