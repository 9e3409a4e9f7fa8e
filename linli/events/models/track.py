"""The timeline 办理经过: one row for each thing that happened. Appended, never changed."""

from django.db import models

from linli.kernel import api as kernel


class Track(kernel.Record, kernel.Appended):
    """One step of an event's life: when, what, by whom, and what was said about it."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="tracks", db_index=False)
    at = models.DateTimeField()
    step = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["event", "id"], name="track_of_event")]
