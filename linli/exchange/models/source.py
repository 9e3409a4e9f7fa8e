"""Where data comes from: connections to departments' systems, and the catalogue of their data sets."""

from django.db import models
from django.db.models import Q

from linli.exchange.rules.catalogue import CYCLES, OPEN, SHARING
from linli.kernel import api as kernel


class Connection(models.Model):
    """One way into a department's system 数据源连接: a connector with its settings; what is secret is sealed.

    `secrets` is a JSON object of those settings that are never shown again.
    """

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=100)
    connector = models.CharField(max_length=20)
    settings = models.JSONField(default=dict)
    secrets = kernel.SealedTextField(context="exchange.connection.secrets")
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    saved_by = models.CharField(max_length=100, blank=True)
    saved_at = models.DateTimeField()


class Dataset(models.Model):
    """One entry of the catalogue 目录条目: what a department hands over, how it is read, and what its columns mean.

    The descriptive fields follow the core metadata of the guide to catalogues of government information resources
    (GB/T 21063.3 practice). `source` is who speaks in the base. `mapping` is a list of {column, element, conversion},
    in force since `mapped_at`; `keys` are the columns that name a row at the source. `cursor` is the last value of
    `cursor_column` that was taken; reading goes `overlap` back from it (seconds of a time, else steps of a number).
    """

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=100)
    abstract = models.TextField(blank=True)
    category = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey("registry.Source", on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=100)
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    sharing = models.CharField(max_length=20, choices=[(code, code) for code in SHARING])
    condition = models.TextField(blank=True)
    openness = models.CharField(max_length=20, choices=[(code, code) for code in OPEN], default="no")
    cycle = models.CharField(max_length=20, choices=[(code, code) for code in CYCLES])
    connection = models.ForeignKey(Connection, null=True, on_delete=models.PROTECT, related_name="datasets")
    resource = models.CharField(max_length=500, blank=True)
    cursor_column = models.CharField(max_length=100, blank=True)
    cursor = models.CharField(max_length=100, blank=True)
    overlap = models.PositiveIntegerField(default=0)
    every_minutes = models.PositiveIntegerField(null=True)
    mapping = models.JSONField(default=list)
    keys = models.JSONField(default=list)
    observed_column = models.CharField(max_length=100, blank=True)
    mapped_by = models.CharField(max_length=100, blank=True)
    mapped_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sharing="unconditional") | ~Q(condition=""), name="dataset_kept_back_with_words"
            ),
        ]
