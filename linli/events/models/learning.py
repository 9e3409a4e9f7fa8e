"""What people corrected: the examples from which the classifier learns."""

from django.db import models

from linli.kernel import api as kernel


class Correction(kernel.Record):
    """A person chose the matter of an event. `proposed` is what the model had put first, `version` which model."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField()
    proposed = models.CharField(max_length=40, blank=True)
    chosen = models.CharField(max_length=40)
    version = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
