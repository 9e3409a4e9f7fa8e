"""A large export waits for a second person."""

from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel


class ExportRequest(kernel.Record):
    """One export that somebody asked for and another person allows or refuses 导出审批.

    `token` stands for list, purpose and filter, which stand sealed in `wanted` (a JSON text); an allowed request opens
    one download of exactly that until `expires_at`. `grade` is the highest of what the file would hold.
    """

    kind = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    wanted = kernel.SealedTextField(context="trust.export.wanted")
    token = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    grade = models.PositiveSmallIntegerField()
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    allowed = models.BooleanField(null=True)
    words = models.CharField(max_length=300, blank=True)
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="export_is_allowed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, allowed=None) | Q(decided_at__isnull=False, allowed__isnull=False),
                name="export_decision_is_whole",
            ),
            models.CheckConstraint(condition=Q(taken_at=None) | Q(allowed=True), name="export_taken_was_allowed"),
        ]
        indexes = [models.Index(fields=["asked_by", "token"], name="export_request_token")]
        ordering = ["-id"]
