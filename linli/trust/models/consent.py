"""Consents 个人同意: to what somebody agreed, in which words, how it was given and when it was withdrawn."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class Consent(kernel.Record):
    """A consent of one person to one activity, from `given_at` until `withdrawn_at`; given anew it is another row.

    It holds for the `version` of the activity whose `words` were shown, and for no later one. `is_separate` is the
    separate consent 单独同意 to sensitive data (个人信息保护法 article 29). At the counter `paper` says what shows it.
    `guardianship` is set where a guardian agreed for the person.
    """

    class Way(models.TextChoices):
        """How it was given or withdrawn 同意方式."""

        SELF = "self", _("by themselves")
        COUNTER = "counter", _("at the counter")
        GUARDIAN = "guardian", _("by a guardian")

    number = models.CharField(max_length=40, unique=True)
    subject = models.CharField(max_length=64)
    activity = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    words = models.TextField()
    is_separate = models.BooleanField(default=False)
    way = models.CharField(max_length=10, choices=Way.choices)
    guardianship = models.UUIDField(null=True)
    paper = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_way = models.CharField(max_length=10, choices=Way.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "activity", "is_separate"], condition=Q(withdrawn_at=None), name="consent_once"
            ),
            models.CheckConstraint(condition=~Q(way="counter") | ~Q(paper=""), name="consent_on_paper"),
            models.CheckConstraint(condition=~Q(words=""), name="consent_in_words"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_way="") | (~Q(withdrawn_at=None) & ~Q(withdrawn_way="")),
                name="consent_withdrawn_in_a_way",
            ),
        ]
