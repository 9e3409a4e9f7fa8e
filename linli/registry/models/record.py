"""What sources say: source records 来源记录, kept as they came, and the identity of what they speak of."""

from django.db import models
from django.db.models import F, Q

from linli.kernel import api as kernel


class Source(models.Model):
    """One system or body that tells the base something 数据来源. `department` is the owner named by elements.

    `loaded_at` is set when its first load is projected: what it brings until then is no news.
    """

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=100)
    department = models.CharField(max_length=60, blank=True)
    is_sample = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    loaded_at = models.DateTimeField(null=True)


class SourceRecord(kernel.Record):
    """What one source said about one thing at one time. Appended, never changed, but for `confirmed_at`.

    `payload` is the cleaned statement as JSON, sealed. `problems` names what was not taken: {element: sentence in the
    language of who took it in}. It holds in the world from `valid_from` up to, not including, `valid_to`; the base
    knows it since `recorded_at`. Said again word for word it is only confirmed: `confirmed_at` moves, no row is added.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=80)
    entity = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="records", db_index=False)
    payload = kernel.SealedTextField(context="registry.record.payload")
    digest = models.CharField(max_length=64)
    problems = models.JSONField(default=dict)
    is_verified = models.BooleanField(default=False)
    observed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    run = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="source_record_span"
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "recorded_at"], name="source_record_entity"),
            models.Index(fields=["source", "key", "recorded_at"], name="source_record_key"),
        ]


class Identity(models.Model):
    """Whom a source means by its key: one stable identity for each (source, key) 身份对照."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    entity = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "key"], name="identity_once")]
