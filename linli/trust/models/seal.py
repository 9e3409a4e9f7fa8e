"""Seals over the use ledger, and the eras of the database server that its order depends on."""

from django.db import models

from linli.kernel import api as kernel


class Seal(kernel.Appended):
    """A seal 封条 over some leaves in their order; each names the hash of the one before. Never changed."""

    number = models.BigIntegerField(primary_key=True)
    count = models.IntegerField()
    first_era = models.IntegerField()
    first_transaction = models.BigIntegerField()
    first_entry = models.UUIDField()
    last_era = models.IntegerField()
    last_transaction = models.BigIntegerField()
    last_entry = models.UUIDField()
    root = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    mark = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_era", "last_transaction", "last_entry"], name="seal_by_last")]


class Era(kernel.Appended):
    """A time on one database server. A restored or upgraded server counts transactions anew: a new era begins then."""

    number = models.IntegerField(primary_key=True)
    server = models.TextField()
    began_at = models.DateTimeField()
