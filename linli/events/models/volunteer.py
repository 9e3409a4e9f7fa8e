"""Volunteer checkers 志愿核查员: a resident looks at what a unit says is done, on public matters."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class VolunteerCheck(kernel.Record):
    """An officer asks volunteers of the area; one of them says solved or not. The officer still decides."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="volunteer_checks")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    solved = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(checked_at=None), name="volunteer_check_one_open_per_event"
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None) | Q(solved__isnull=False), name="volunteer_says_solved_or_not"
            ),
        ]


class Volunteer(kernel.Record):
    """A resident is a volunteer checker for an area 聘任, from one local day to another, both included.

    `holding` is what lets them check now; while paused, and once ended, it has ended. `shown` is the telephone they
    were appointed by, masked; nothing else of them is kept.
    """

    class Because(models.TextChoices):
        """Why it ended 解聘原因."""

        WISH = "wish", _("own wish")
        MOVED = "moved", _("moved away")
        OVER = "over", _("term is over")
        CONDUCT = "conduct", _("did not keep to the rules of checking")
        OTHER = "other", _("another reason")

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    holding = models.ForeignKey("accounts.Holding", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    shown = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    made_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=10, choices=Because.choices, blank=True)
    ended_words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "division"], condition=Q(ended_at=None), name="volunteer_once_in_an_area"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="volunteer_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(ended_because=""), name="volunteer_ends_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        """Return the masked telephone."""
        return self.shown
