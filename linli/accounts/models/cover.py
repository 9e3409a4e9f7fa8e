"""Leave cover 代班: a colleague acts in place of somebody for a while; and how long that may be."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class Cover(kernel.Record):
    """Why and by whom a holding was lent 授权代办登记. What is lent, to whom and until when stands in `holding`."""

    class Why(models.TextChoices):
        """Why somebody is covered for 代班事由."""

        LEAVE = "leave", _("on leave")
        ILLNESS = "illness", _("ill")
        AWAY = "away", _("away on duty")
        TRAINING = "training", _("in training")

    holding = models.OneToOneField("accounts.Holding", on_delete=models.PROTECT, related_name="cover")
    why = models.CharField(max_length=10, choices=Why.choices)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")


class CoverLimits(kernel.Appended):
    """A version of how long somebody may be covered for 代班期限, in days; the newest counts. Appended."""

    number = models.AutoField(primary_key=True)
    longest_days = models.PositiveSmallIntegerField()
    ahead_days = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(longest_days__gt=0), name="cover_has_days")]
