"""What linkage remembers 关联比对: what each key of a source said, how it is found, and what a person should judge."""

from django.db import models
from django.db.models import F, Q

from linli.exchange.rules.linkage_review import CAUSES, OPEN, STATES
from linli.kernel import api as kernel

CONTEXT = "exchange.linkage.row"


class LinkageEntry(models.Model):
    """What is compared of one identity, sealed: id number, name, birth date, telephone, door in one text."""

    identity = models.OneToOneField("registry.Identity", on_delete=models.CASCADE, primary_key=True, related_name="+")
    row = kernel.SealedTextField(context=CONTEXT)


class LinkageKey(models.Model):
    """One blocking key of an identity as a keyed number: who shares one is worth comparing; nothing can be read off.

    In the database a unique index keeps the pair, no constraint: a first load takes it off like other indexes.
    """

    pk = models.CompositePrimaryKey("entry", "key")
    entry = models.ForeignKey(LinkageEntry, on_delete=models.CASCADE, related_name="keys", db_index=False)
    key = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["key"], include=["entry"], name="linkage_key")]


class LinkageReview(kernel.Record):
    """Two identities that are perhaps one 疑似同一, until a person decides; `odds` are log2."""

    kind = models.CharField(max_length=20)
    left = models.ForeignKey("registry.Identity", on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey("registry.Identity", on_delete=models.CASCADE, related_name="+")
    odds = models.FloatField()
    cause = models.CharField(
        max_length=10, choices=[(code, code) for code in CAUSES], blank=True, default="", db_default=""
    )
    state = models.CharField(max_length=10, choices=[(code, code) for code in STATES], default=OPEN)
    rule = models.ForeignKey("registry.IdentityRule", null=True, on_delete=models.SET_NULL, related_name="+")
    deed = models.ForeignKey("registry.IdentityDeed", null=True, on_delete=models.SET_NULL, related_name="+")
    raised_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="linkage_review_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="linkage_review_order"),
        ]
        indexes = [
            models.Index(fields=["state", "-odds", "id"], name="linkage_review_queue"),
            models.Index(fields=["state", "raised_at", "id"], name="linkage_review_waiting"),
        ]


class LinkageStep(kernel.Record, kernel.Forgettable):
    """One step in the life of a review 判定记录: who decided what when. Appended."""

    review = models.ForeignKey(LinkageReview, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()


class LinkageModel(models.Model):
    """Weights that were learned from the base, the newest is used 比对模型; what ships is used until there is one."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    weights = models.JSONField()
    records = models.IntegerField()
    trained_at = models.DateTimeField()
