"""Who a resident is 实名核验: an account and a person of the base, tied at the counter by somebody who saw the card."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class Binding(kernel.Record):
    """An account is this person 身份绑定, from `confirmed_at` until `ended_at`.

    `paper` says which document was seen; no number and no picture of it is kept.
    """

    class Paper(models.TextChoices):
        """Documents by which somebody is known at the counter 核验证件."""

        CITIZEN = "citizen", _("identity card")
        HOUSEHOLD = "household", _("household register")
        PASSPORT = "passport", _("passport or travel permit")

    class Reason(models.TextChoices):
        """Why it ended 解除原因."""

        PHONE = "phone_changed", _("the telephone number belongs to somebody else now")
        MISTAKE = "mistake", _("it was a mistake")
        WISH = "wish", _("the person wished it")

    account = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey("registry.Entity", on_delete=models.CASCADE, related_name="+")
    paper = models.CharField(max_length=20, choices=Paper.choices)
    confirmed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField(max_length=20, blank=True, choices=Reason.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(ended_at=None), name="binding_account_once"),
            models.UniqueConstraint(fields=["entity"], condition=Q(ended_at=None), name="binding_entity_once"),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(end_reason=""), name="binding_ends_with_reason"),
        ]
