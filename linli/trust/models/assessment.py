"""Impact assessments on personal information 个人信息保护影响评估: written once, kept three years, never changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class ImpactAssessment(kernel.Record, kernel.Appended):
    """One version of an assessment (PIPL articles 55 and 56): what was asked, what was found, until when it holds.

    `subject` is the code of an activity, the number of a device, or a name. `answers` are {question: words}. The
    database refuses every change, and deletion before `kept_until`, three years after it was made at the earliest.
    """

    class Sort(models.TextChoices):
        """What is assessed."""

        ACTIVITY = "activity", _("processing activity")
        DEVICE = "device", _("device")
        AUTOMATED = "automated", _("automated decision")
        ENTRUSTED = "entrusted", _("processing by a contractor")

    class Risk(models.TextChoices):
        """How much harm may come of it."""

        LOW = "low", _("low risk")
        MIDDLE = "middle", _("middling risk")
        HIGH = "high", _("high risk")

    class Conclusion(models.TextChoices):
        """What follows."""

        GO = "go", _("may be done")
        GO_WITH = "go_with", _("may be done with the measures named")
        STOP = "stop", _("may not be done")

    sort = models.CharField(max_length=12, choices=Sort.choices)
    subject = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    risk = models.CharField(max_length=10, choices=Risk.choices)
    measures = models.TextField()
    conclusion = models.CharField(max_length=10, choices=Conclusion.choices)
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_on = models.DateField()
    valid_until = models.DateField()
    kept_until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sort", "subject", "version"], name="assessment_version_once"),
            models.CheckConstraint(condition=~Q(measures=""), name="assessment_names_measures"),
        ]
