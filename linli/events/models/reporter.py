"""Who reported 反映人, sealed, and the keys that keep a report from being taken twice."""

from django.db import models

from linli.kernel import api as kernel


class Reporter(models.Model):
    """Name and phone of who reported. Encrypted at rest; seen only through `reveal_reporter` and its ledger entry."""

    event = models.OneToOneField("events.Event", primary_key=True, on_delete=models.CASCADE, related_name="reporter")
    name = kernel.SealedTextField(context="events.reporter.name")
    phone = kernel.SealedTextField(context="events.reporter.phone")
    email = kernel.SealedTextField(context="events.reporter.email", null=True)  # type: ignore[misc]  # intake knows no mailbox


class IntakeKey(models.Model):
    """An `Idempotency-Key` 幂等键 and the event it led to. The same key again gives the same event."""

    scope = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="intake_key_once")]
