"""What the database knows of the key ring: by which ring it was sealed, and how far the sealing anew is."""

from django.db import models


class RingMark(models.Model):
    """One row: the mark of the ring that sealed this database, and the newest version of its keys 密钥环标识.

    `mark` is a keyed token: it tells another ring apart and reveals no key.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mark = models.CharField(max_length=64)
    newest = models.PositiveIntegerField()


class Resealing(models.Model):
    """How far one column is sealed anew with one version of the keys 密钥轮换进度. `last`: the key of the last row."""

    column = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    last = models.CharField(max_length=64, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["column", "version"], name="resealing_once")]
