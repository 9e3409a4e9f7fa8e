"""A question or an objection about a look at personal data 个人信息使用询问: the event it became, and the look."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UseQuestion(models.Model):
    """Ties an event to the entry of the use ledger that it is about.

    Who made the entry may not handle the event: `barred` are their accounts, and nobody is shown them. A guardian who
    asked for a ward reads it as long as `guardianship` holds.
    """

    class Kind(models.TextChoices):
        """What the person wants."""

        QUESTION = "question", _("question 询问")
        OBJECTION = "objection", _("objection 异议")

    event = models.OneToOneField("events.Event", primary_key=True, on_delete=models.CASCADE, related_name="+")
    entry_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    guardianship = models.UUIDField(null=True)
    barred = models.JSONField(default=list)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["entry_id"], name="use_question_entry")]
