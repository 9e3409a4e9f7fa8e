"""The base of every record of the house."""

from django.db import models

from linli.kernel.rules.ids import uuid7


class Record(models.Model):
    """A row with an identifier that sorts by time and can be made before the row is saved."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class Appended(models.Model):
    """Rows that are added and never changed nor deleted; the role that works has no right to (decision record 0031)."""

    class Meta:
        abstract = True


class Forgettable(Appended):
    """Rows that are added, never changed, and deleted with whom they speak of, or when they were kept long enough."""

    class Meta:
        abstract = True


class Installed(models.Model):
    """Rows that only the owner of the tables writes, by commands; the role that works may read them."""

    class Meta:
        abstract = True
