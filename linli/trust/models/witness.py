"""Other nodes that counter-sign our heads and whose heads we counter-sign, and what did not fit."""

from django.db import models

from linli.kernel import api as kernel


class Witness(models.Model):
    """Another node as a witness 见证节点, and as a ledger that we witness: `note` is the last head of theirs seen here.

    `told` is the number of the seal whose head they were told last; `keys` are the keys of their ledger, one a line.
    """

    node = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=100)
    told = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True, default="")
    seen_at = models.DateTimeField(null=True)
    keys = models.TextField(blank=True, default="")


class CounterSignature(kernel.Appended):
    """What a witness signed of one of our heads 见证签名: that it goes on from the one they saw before."""

    id = models.BigAutoField(primary_key=True)
    node = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    number = models.BigIntegerField(db_index=True)
    line = models.TextField()
    key = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "number"], name="countersigned_once")]


class HeadProblem(models.Model):
    """Two heads that do not belong to one ledger 树头冲突, kept as evidence until an auditor has looked into it.

    `ours` says whose heads they are. `kept` was seen before, `offered` came after; `reason` is of REASONS.
    """

    id = models.BigAutoField(primary_key=True)
    node = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    ours = models.BooleanField()
    reason = models.CharField(max_length=20)
    kept = models.TextField()
    offered = models.TextField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=100, blank=True, default="")
    words = models.TextField(blank=True, default="")
