"""Standing ledgers 台账 of a community: one list for each subject, kept; forms are views of it.

A ledger keeps no copy of people either, but for what its issues said: sealed, so that the next one shows what is new.
"""

from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel
from linli.sheets.rules import ledger_states as states


class StandingLedger(kernel.Record):
    """One list that a unit keeps: whom it is about (`scope`), what it says of each (`columns`), and for which purpose.

    `kind` is what a row stands for (persons, households, houses, organisations). `columns` are {key, label, element,
    transform}. What was typed into a cell that no element stands behind is carried over for `keeps_days` days.
    """

    name = models.CharField(max_length=100)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    scope = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    purpose = models.CharField(max_length=20)
    keeps_days = models.PositiveSmallIntegerField(default=92)
    state = models.CharField(max_length=12, choices=list(states.LABELS.items()), default=states.KEPT)
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], condition=Q(state="kept"), name="standing_ledger_once"),
        ]


class LedgerStep(kernel.Record, kernel.Appended):
    """One step in the life of a standing ledger 台账记录, appended."""

    ledger = models.ForeignKey(StandingLedger, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Issue(kernel.Record, kernel.Appended):
    """A ledger as it stood when a form was delivered from it, or when somebody noted it 期."""

    ledger = models.ForeignKey(StandingLedger, on_delete=models.CASCADE, related_name="issues")
    form = models.ForeignKey("sheets.Form", null=True, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    came = models.PositiveIntegerField(null=True)
    went = models.PositiveIntegerField(null=True)
    changed = models.PositiveIntegerField(null=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ledger", "-at"], name="issue_newest")]


class IssueRow(kernel.Forgettable):
    """What one row said in an issue: its cells as JSON by key of the column, sealed; gone with the record."""

    id = models.BigAutoField(primary_key=True)
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="cells")
    entity = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+")
    said = kernel.SealedTextField(context="sheets.issue.said")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "entity"], name="issue_row_once")]


class LedgerNote(kernel.Record, kernel.Forgettable):
    """What somebody typed about a row of a ledger 台账手填, sealed, on its day; the newest counts."""

    ledger = models.ForeignKey(StandingLedger, on_delete=models.CASCADE, related_name="notes")
    entity = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+")
    column = models.CharField(max_length=140)
    value = kernel.SealedTextField(context="sheets.note.value")
    said_on = models.DateField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ledger", "entity", "column", "-id"], name="note_newest")]
