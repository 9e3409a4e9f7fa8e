"""The life of data 数据生命周期: how long what is kept, and each deletion from its proposal to its tombstone."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel
from linli.registry.models.change import area_column
from linli.registry.rules.kinds import KINDS
from linli.registry.rules.retention import AFTER


class RetentionRule(models.Model):
    """How long something is kept 保存期限: an element, or a whole record where `element` is empty, and on what basis.

    `after` says from when it counts: when it was last said (`seen`), since any source spoke (`unheard`), since a death
    (`died`). `purpose` is what the data are kept for; empty for every purpose.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20, choices=[(code, code) for code in KINDS])
    element = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=10, choices=[(code, code) for code in AFTER])
    months = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=200)
    is_sample = models.BooleanField(default=True)
    added_by = models.CharField(max_length=100, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "element", "purpose", "after"], name="retention_rule_once"),
            models.CheckConstraint(condition=Q(months__gt=0), name="retention_rule_months"),
        ]


class Deletion(kernel.Record):
    """One deletion 删除: proposed by one, decided by another; when it is done this row is the tombstone.

    `entity_id` is emptied when it is done. `subject` is the token by which the ledger knows the person; `marks` are
    tokens made for tombstones alone, by which a record that comes again is recognised. No value stands here.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", _("proposed")
        DONE = "done", _("deleted")
        REFUSED = "refused", _("kept")

    kind = models.CharField(max_length=20)
    entity_id = models.UUIDField(null=True)
    element = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=64)
    marks = ArrayField(models.CharField(max_length=64), default=list)
    reason = models.CharField(max_length=20)
    words = models.CharField(max_length=300, blank=True)
    rule = models.ForeignKey(RetentionRule, null=True, on_delete=models.SET_NULL, related_name="+")
    county = area_column()
    street = area_column()
    community = area_column()
    grid = area_column("regions.Grid")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    proposed_name = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_name = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=300, blank=True)
    removed = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity_id", "element"], condition=Q(state="proposed"), name="deletion_proposed_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")),
                name="deletion_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(entity_id=None) | ~Q(element=""), name="deletion_forgets_whom"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-proposed_at"], name="deletion_listed"),
            GinIndex(fields=["marks"], name="deletion_marks"),
        ]
