"""The units that help 协办单位."""

from django.db import models


class Part(models.Model):
    """A unit that helps the lead unit with an event 协办. `is_open` follows the event."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="parts", db_index=False)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()
    is_open = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "unit"], name="part_once")]
        indexes = [
            models.Index(fields=["unit", "event"], name="part_of_unit"),
            models.Index(fields=["unit", "event"], condition=models.Q(is_open=True), name="part_open"),
        ]
