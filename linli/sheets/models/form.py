"""Forms 下发表格 as they were brought in, the tables in them, and what each column asks for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel
from linli.sheets import states


class Form(kernel.Record):
    """One file that a superior issued 下发表格, on its way to being sent back filled.

    `file` is the issuer's own file, sealed. `on` is the day on which ages and states are reckoned, `division` the area
    it is filled for, `purpose` what its people are read for, by the register, `ledger` the standing ledger of which it
    is a view. `title` and `issuer` are as it says; `office` is the unit that issued it, where it is one of this node.
    `admission` is its place on the list of forms, as it was found last; `basis` the legal basis that was named.
    Who takes it in is neither who handed it in nor who checked it.
    """

    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    issuer = models.CharField(max_length=100, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    file = models.FileField(upload_to="forms/%Y/%m/")
    file_name = models.CharField(max_length=200)
    layout = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, blank=True)
    on = models.DateField()
    due = models.DateField(null=True)
    ledger = models.ForeignKey("sheets.StandingLedger", null=True, on_delete=models.PROTECT, related_name="forms")
    state = models.CharField(max_length=12, choices=list(states.LABELS.items()), default=states.READ)
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    handed_in_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    admission = models.ForeignKey("sheets.Admission", null=True, on_delete=models.PROTECT, related_name="forms")
    office = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_by=None) | ~(Q(accepted_by=F("handed_in_by")) | Q(accepted_by=F("checked_by"))),
                name="form_taken_in_by_another",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | Q(handed_in_by=None) | ~Q(checked_by=F("handed_in_by")),
                name="form_four_eyes",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="form_of_unit"),
            models.Index(fields=["office", "-id"], condition=~Q(office=None), name="form_of_office"),
        ]


class Part(kernel.Record):
    """One table of a form 表: where it stands in its grid, and whom its rows are about.

    `kind` is what a row stands for in words of reading (persons, households, …). Rows are counted from 0: the header
    ends in `header_last`, rows to fill run from `first` to `last` (`last` before `first`: none is prepared), sums
    stand in `totals` [first, last]; `inner` are headings and sums that part the rows to fill. A card (`is_card`) is one
    file for each record, and has no rows to fill: what its columns ask for stands in cells of their own
    (`Column.place`).
    `scope` is the filter that chooses the rows; `ready_at` when they were chosen.
    """

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveSmallIntegerField()
    grid = models.PositiveSmallIntegerField()
    grid_name = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20)
    is_card = models.BooleanField(default=False, db_default=False)
    header_last = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    last = models.IntegerField()
    totals = models.JSONField(default=list)
    inner = models.JSONField(default=list, db_default=[])
    facts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    scope = models.JSONField(default=dict)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "place"], name="part_place_once")]


class Column(kernel.Record):
    """One column of a part 列: its header path, and which data element it asks for by which conversion.

    Proposed with a confidence from 0 to 1 and a `reason` {message, parameters}; what stands in `element` and
    `transform` counts once `confirmed_at` is set. `cell` is the place of the leaf header, such as C4; `place` that of
    the cell that is written to, on a card.
    """

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="columns")
    index = models.PositiveSmallIntegerField()
    path = ArrayField(models.CharField(max_length=200))
    cell = models.CharField(max_length=24)
    place = models.CharField(max_length=24, blank=True, default="", db_default="")
    choices = models.JSONField(default=list)
    element = models.CharField(max_length=100, blank=True)
    transform = models.JSONField(default=dict)
    confidence = models.FloatField(default=0)
    reason = models.JSONField(default=dict)
    alternatives = models.JSONField(default=list)
    confirmed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "index"], name="column_once")]

    @property
    def label(self) -> str:
        """Its header in words, from the outermost name to the leaf."""
        return " / ".join(self.path)


class Meaning(kernel.Record, kernel.Appended):
    """What an officer confirmed a column to mean 列含义: remembered for all future forms; the newest counts."""

    key = models.CharField(max_length=400)
    element = models.CharField(max_length=100, blank=True)
    transform = models.JSONField()
    was_proposed = models.BooleanField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "-id"], name="meaning_newest")]
