"""What was decided about each finding of asking too much; it only grows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class ExcessDecision(kernel.Appended):
    """What was decided about one finding 过度收集处置: it is mended until a day, or justified until a day.

    The newest of (asking, rule, element) counts; once `until` has passed, what is found still stands open again.
    """

    class Outcome(models.TextChoices):
        """What follows."""

        MEND = "mend", _("is mended")
        JUSTIFIED = "justified", _("is justified")

    asking = models.CharField(max_length=120)
    rule = models.CharField(max_length=30)
    element = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    words = models.CharField(max_length=500)
    until = models.DateField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="excess_decided_with_words")]
        indexes = [models.Index(fields=["asking", "rule", "element", "-id"], name="excess_newest")]
