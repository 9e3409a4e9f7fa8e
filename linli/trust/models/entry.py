"""The use ledger 使用台账: a row for each time personal data was read, shown, changed or handed out."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Cast

from linli.kernel import api as kernel


class LedgerEntry(kernel.Appended):
    """One use 使用记录. Appended by `trust_record`, never changed: triggers refuse, and the digest would tell.

    `era` and `transaction` say where it stands; together with the id they are the order in which it is sealed. `form`
    is that of its canonical form; entries of form 1 belong to no trace.
    """

    id = models.UUIDField(primary_key=True, default=kernel.uuid7, editable=False)
    era = models.IntegerField(db_default=1)
    transaction = models.BigIntegerField(
        db_default=Cast(Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField())
    )
    at = models.DateTimeField()
    actor_kind = models.TextField()
    person_id = models.UUIDField(null=True)
    holding_id = models.UUIDField(null=True)
    unit_id = models.BigIntegerField(null=True)
    post_code = models.TextField()
    action = models.TextField()
    purpose = models.TextField()
    case_ref = models.TextField()
    object_kind = models.TextField()
    object_id = models.TextField()
    subjects = ArrayField(models.TextField())
    elements = ArrayField(models.TextField())
    result = models.TextField()
    origin = models.TextField()
    basis = models.TextField()
    digest = models.BinaryField()
    form = models.SmallIntegerField(db_default=1)
    trace = models.TextField(db_default="")
    parent = models.TextField(db_default="")
    parent_node = models.TextField(db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["era", "transaction", "id"], name="ledger_in_order"),
            models.Index(
                fields=["person_id", "id"], condition=models.Q(person_id__isnull=False), name="ledger_by_person"
            ),
            models.Index(fields=["object_id", "id"], name="ledger_by_object"),
            models.Index(fields=["trace"], condition=~models.Q(trace=""), name="ledger_by_trace"),
            models.Index(fields=["id"], condition=models.Q(action="export"), name="ledger_exports"),
            GinIndex(fields=["subjects"], name="ledger_by_subject"),
        ]
