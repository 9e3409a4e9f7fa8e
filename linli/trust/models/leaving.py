"""What leaves in files: each file that was taken out, and the large ones that waited for a second person."""

from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel
from linli.trust.states import exports as states


class ExportRequest(kernel.Record):
    """One export that somebody asked for and another person allows or refuses 导出审批.

    `token` stands for list, purpose and filter, which stand sealed in `wanted` (a JSON text); the rows are never kept.
    `grade` is that of the set, `rows` how many it had; an allowed request opens `fetches` files of no more and no
    higher until `expires_at`. `waits_for` is the place in the chain that decides next, by `due_at`.
    """

    number = models.CharField(max_length=40, blank=True, default="", db_default="")
    kind = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    wanted = kernel.SealedTextField(context="trust.export.wanted")
    token = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    grade = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=list(states.LABELS.items()), default=states.BEGUN, db_default=states.BEGUN
    )
    waits_for = models.CharField(max_length=10, blank=True, default="", db_default="")
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000, blank=True, default="", db_default="")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)
    expires_at = models.DateTimeField()
    fetches = models.PositiveSmallIntegerField(default=0, db_default=0)
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="export_number_once"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="export_is_allowed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["begun", "waiting", "withdrawn", "lapsed"])
                | (Q(decided_at__isnull=False) & ~Q(decided_by=None) & ~Q(words="")),
                name="export_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["begun", "withdrawn", "lapsed"]) | ~Q(reason=""),
                name="export_asked_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(fetches=0) | Q(state="allowed"), name="export_fetched_while_allowed"),
        ]
        indexes = [
            models.Index(fields=["asked_by", "token"], name="export_request_token"),
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="export_request_due"),
        ]
        ordering = ["-id"]


class ExportStep(kernel.Forgettable):
    """One step of a request 导出审批记录; appended, never changed. Each step of the chain is another person's."""

    request = models.ForeignKey(ExportRequest, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    place = models.CharField(max_length=10, blank=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class ExportFile(kernel.Record):
    """One file that left 导出记录: who took what, of how many rows and which grade; counted, its rows never kept.

    `mark` stands in the file and `entry` is the id of its entry in the ledger, so a file that turns up leads to both.
    `basis` is what allowed it beyond the post: a request or a grant. `who` is name, unit and post of then.
    """

    mark = models.CharField(max_length=12, unique=True)
    entry = models.UUIDField()
    kind = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    person_id = models.UUIDField(null=True)
    unit_id = models.IntegerField(null=True)
    who = models.CharField(max_length=300)
    rows = models.PositiveIntegerField()
    grade = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person_id", "kind", "at"], name="export_file_of_person")]
        ordering = ["-id"]
