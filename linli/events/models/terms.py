"""The search index: two-character pieces of each event's text, as numbers."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Terms(models.Model):
    """The terms of one event (see `rules.terms`). Written by a receiver, so a report need not wait for it."""

    event = models.OneToOneField("events.Event", primary_key=True, on_delete=models.CASCADE, related_name="terms")
    terms = ArrayField(models.IntegerField())

    class Meta:
        indexes = [GinIndex(fields=["terms"], name="terms_gin")]
