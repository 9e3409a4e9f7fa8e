"""What was decided about who is who: merges and splits, pins and bans. Appended, never changed."""

from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel
from linli.registry.rules.kinds import KINDS

MERGE, SPLIT = "merge", "split"
PIN, FORBID = "pin", "forbid"


class IdentityDeed(kernel.Record):
    """Identities moved from one entity to another 身份变更: by a merge 合并, or by a split 拆分 that undoes one or not.

    `identities` are ids of `Identity`; `relations` are pairs [retracted, opened instead or null] of `Relation`.
    """

    act = models.CharField(max_length=10, choices=[(one, one) for one in (MERGE, SPLIT)])
    kind = models.CharField(max_length=20, choices=[(code, code) for code in KINDS])
    origin = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+")
    identities = models.JSONField(default=list)
    relations = models.JSONField(default=list)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()


class IdentityRule(kernel.Record):
    """Two keys of sources are one 锁定为同一 or never one 禁止合并, whatever is imported; ends at `ended_at`."""

    verdict = models.CharField(max_length=10, choices=[(one, one) for one in (PIN, FORBID)])
    kind = models.CharField(max_length=20, choices=[(code, code) for code in KINDS])
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    other_source = models.CharField(max_length=40)
    other_key = models.CharField(max_length=80)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "key", "other_source", "other_key"],
                condition=Q(ended_at=None),
                name="identity_rule_once",
            ),
        ]
        indexes = [
            models.Index(fields=["other_key", "other_source", "kind"], name="identity_rule_other"),
            models.Index(fields=["key", "source", "kind"], name="identity_rule_key"),
        ]  # fmt: skip
