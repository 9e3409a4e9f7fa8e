"""Runs 归集批次: what one reading of a data set brought, what became of it, and the rows that were not taken."""

from django.db import models

from linli.exchange.models.source import Dataset
from linli.exchange.rules.run_states import LABELS, WAITING
from linli.kernel import api as kernel


class Run(kernel.Record):
    """One run 归集批次 of a data set: from reading to its report.

    What is read is kept as pages until it is taken, so an interrupted run goes on. `columns` counts for each column
    {filled, bad}; `quality` holds complete, valid, unique, timely from 0 to 1. `mark` tells a file that is loaded in
    stretches, `is_first` that the base began empty. `notes` are sentences for the officer.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=[(code, code) for code in LABELS], default=WAITING)
    how = models.CharField(max_length=12)
    name = models.CharField(max_length=200, blank=True)
    header = models.JSONField(default=list)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    partly = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    timely = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    quality = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    cursor = models.CharField(max_length=100, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    is_first = models.BooleanField(default=False)
    by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "number"], name="run_number_once")]
        indexes = [models.Index(fields=["state"], condition=models.Q(ended_at=None), name="run_open")]


class Page(models.Model):
    """Rows that were read and wait to be taken in: a JSON list of lists, sealed. Gone once they are taken."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="pages")
    place = models.PositiveIntegerField()
    first_line = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    content = kernel.SealedTextField(context="exchange.page.content")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "place"], name="page_once")]


class Rejected(kernel.Record):
    """A row that was not taken, or not wholly 隔离数据: what it said, sealed, and what is wrong with it.

    `reasons` are {column, sentence, whole}; `is_whole` says that nothing of the row was taken. It waits until somebody
    corrects it, tries it again or lets it go.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rejected_rows")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="rejected_rows")
    line = models.PositiveIntegerField()
    content = kernel.SealedTextField(context="exchange.rejected.content")
    reasons = models.JSONField(default=list)
    is_whole = models.BooleanField(default=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [models.Index(fields=["run", "line"], name="rejected_of_run")]


class Stretch(models.Model):
    """A stretch of a large file that a first load took in, so that an interrupted load goes on behind it.

    `counts` are those that the run adds up at its end; `left` are lines for the small path.
    """

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="stretches")
    line = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    left = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="stretch_once")]
