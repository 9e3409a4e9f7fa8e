"""Objections 异议 and what was decided about them 裁决; a decision is a precedent 先例 for the next such event."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class Objection(kernel.Record):
    """A unit says that an event is not its own. Once per unit and event; a named office decides by `due`."""

    class Reason(models.TextChoices):
        """Why a unit objects 异议理由."""

        NOT_OUR_DUTY = "not_our_duty", _("another unit has this duty by law or by the duty list")
        NOT_OUR_AREA = "not_our_area", _("the place is not in our area")
        OTHERWISE = "otherwise", _("it is not what the report says")
        SEVERAL = "several", _("several units are concerned")

    class Outcome(models.TextChoices):
        """What was decided 裁决结果."""

        OPEN = "", _("not decided yet")
        MOVED = "moved", _("given to another unit")
        KEPT = "kept", _("stays with the unit")
        LAPSED = "lapsed", _("overtaken: the event rose or ended")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="objections", db_index=False)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    words = models.TextField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    round = models.PositiveSmallIntegerField()
    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    due = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices, default="", db_default="")
    unit_decided = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "unit"], name="objection_once_per_unit"),
            models.UniqueConstraint(fields=["event"], condition=Q(outcome=""), name="objection_one_open"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["moved", "kept"]) | ~Q(unit_decided=None), name="objection_decided_for_a_unit"
            ),
        ]
        indexes = [models.Index(fields=["office", "due"], condition=Q(outcome=""), name="objection_open")]


class Precedent(kernel.Record):
    """A decision that dispatch follows from then on: this matter in this area belongs to that unit.

    At most one holds for a matter and an area; a newer decision ends the older one, which stays as it was.
    """

    objection = models.ForeignKey(Objection, null=True, on_delete=models.PROTECT, related_name="precedents")
    matter_code = models.CharField(max_length=40)
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Objection.Reason.choices)
    words = models.TextField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter_code", "division"], condition=Q(ended_at=None), name="precedent_one_holds"
            )
        ]
