"""The fact journal and how far each receiver has read it. The journal is the outbox of the house."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from linli.kernel.models.base import Appended, Record


class Xid8Field(models.Field):  # type: ignore[type-arg]  # generic only in the stubs
    """A PostgreSQL transaction id (`xid8`): 64 bits, never reused. Set by the database."""

    def db_type(self, connection: object) -> str:  # noqa: ARG002  Django's signature
        """Return the column type."""
        return "xid8"


class JournalEntry(Appended):
    """One fact as it was told, in the transaction of the change it speaks of."""

    id = models.BigAutoField(primary_key=True)
    transaction = Xid8Field(db_default=models.Func(function="pg_current_xact_id"), editable=False)
    fact_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=100)
    payload = models.JSONField()
    told_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["transaction", "id"], name="journal_in_order")]


class Cursor(models.Model):
    """How far one receiver has been served: everything up to (transaction, entry) is in a batch."""

    receiver = models.CharField(max_length=200, primary_key=True)
    transaction = models.BigIntegerField(default=0)
    entry = models.BigIntegerField(default=0)


class Batch(models.Model):
    """Facts handed to one receiver together. Its `done_at` is set in the transaction that does the work."""

    id = models.BigAutoField(primary_key=True)
    receiver = models.CharField(max_length=200)
    entries = ArrayField(models.BigIntegerField())
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["receiver", "id"], condition=models.Q(done_at=None), name="batch_open")]


class SetAside(Record):
    """A fact that a receiver could not take. It is kept and named, and does not hold the others."""

    receiver = models.CharField(max_length=200)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="+")
    error = models.TextField()
    set_aside_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["receiver", "entry"], name="set_aside_once")]
