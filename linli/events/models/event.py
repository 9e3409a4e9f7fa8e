"""The event 事件: what was reported, who owns it, by when. The head row points to the latest; Track keeps history."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from linli.events import states
from linli.kernel import api as kernel

OPEN = Q(closed_at=None)
NAMED = ~Q(reporter_token="")
NEXT_DUE = Least("handle_due", "stage_due", output_field=models.DateTimeField())
"""What is due first: the event, or one of its stages. The indexes of open events begin from it."""


class Event(kernel.Record):
    """One event 事件 from its first word to its end.

    `said` is what was said, word for word; `text` is the same without personal data and is what lists, search and
    other units see. Times are aware; places are WGS-84 degrees. `why` tells why this unit owns it.
    `level` is the rank to which it rose (0: not yet) and never falls; a trigger keeps that. `escalate_due` is when the
    sweep looks at it next. `held` names the pause that runs, until `held_until`; `handle_due` counts that in.
    `stage_due` is when the first of its open stages is due, while a unit works on it.
    """

    class CloseReason(models.TextChoices):
        """Why an event ended 结案原因."""

        SOLVED = "solved", _("solved")
        EXPLAINED = "explained", _("explained to the reporter")
        NO_ACTION = "no_action", _("nothing to do on site")
        NOT_OURS = "not_ours", _("outside the government's remit")
        DUPLICATE = "duplicate", _("already handled elsewhere")
        NOT_ENOUGH = "not_enough", _("not enough information")

    number = models.CharField(max_length=40)
    channel = models.CharField(max_length=20)
    source_number = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001  unique where given
    title = models.CharField(max_length=120)
    said = models.TextField()
    text = models.TextField()
    nature = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, choices=list(states.LABELS.items()))
    grade = models.CharField(max_length=1, default="C")

    matter = models.ForeignKey(
        "events.MatterItem", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    duty_list = models.ForeignKey(
        "events.DutyList", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    candidates = models.JSONField(default=list)
    confidence = models.FloatField(null=True)
    model_version = models.CharField(max_length=60, blank=True)
    why = models.JSONField(default=list)

    county = models.ForeignKey(
        "regions.Division", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    street = models.ForeignKey(
        "regions.Division", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    community = models.ForeignKey(
        "regions.Division", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    grid = models.ForeignKey("regions.Grid", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    lng = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    address = models.CharField(max_length=200, blank=True)

    lead_unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    handler = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    checker = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reporter_token = models.CharField(max_length=64, blank=True)

    reported_at = models.DateTimeField()
    accept_due = models.DateTimeField()
    contact_due = models.DateTimeField()
    handle_due = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=20, blank=True)
    public_answer = models.TextField(blank=True)
    times_reopened = models.PositiveSmallIntegerField(default=0)
    handlers = ArrayField(models.UUIDField(), default=list)

    level = models.PositiveSmallIntegerField(default=0, db_default=0)
    level_since = models.DateTimeField(null=True)
    escalate_due = models.DateTimeField(null=True)
    held = models.CharField(max_length=12, blank=True, default="", db_default="")
    held_until = models.DateTimeField(null=True)
    stage_due = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="event_number_once"),
            models.UniqueConstraint(
                fields=["channel", "source_number"], condition=~Q(source_number=None), name="event_ticket_once"
            ),
            models.CheckConstraint(
                condition=Q(checker=None) | Q(handler=None) | ~Q(checker=F("handler")), name="event_checked_by_another"
            ),
            models.CheckConstraint(condition=Q(closed_at=None) | ~Q(close_reason=""), name="event_ends_with_a_reason"),
        ]
        indexes = [
            models.Index(F("lead_unit"), NEXT_DUE, F("id"), condition=OPEN, name="event_open_unit"),
            models.Index(F("county"), NEXT_DUE, F("id"), condition=OPEN, name="event_open_county"),
            models.Index(F("street"), NEXT_DUE, F("id"), condition=OPEN, name="event_open_street"),
            models.Index(F("community"), NEXT_DUE, F("id"), condition=OPEN, name="event_open_community"),
            models.Index(F("grid"), NEXT_DUE, F("id"), condition=OPEN, name="event_open_grid"),
            models.Index(fields=["stage_due"], condition=OPEN & ~Q(stage_due=None), name="event_stages"),
            models.Index(fields=["escalate_due", "id"], condition=OPEN & ~Q(escalate_due=None), name="event_rises"),
            models.Index(fields=["lead_unit", "id"], name="event_unit"),
            models.Index(fields=["street", "id"], name="event_street"),
            models.Index(fields=["community", "id"], name="event_community"),
            models.Index(fields=["grid", "id"], name="event_grid"),
            models.Index(fields=["matter", "community", "reported_at"], name="event_matter"),
            models.Index(fields=["reported_at"], condition=Q(channel="open311"), name="event_by_open311"),
            BrinIndex(fields=["reported_at"], name="event_reported"),
            models.Index(
                fields=["reporter_token", "reported_at"], condition=~Q(reporter_token=""), name="event_reports"
            ),
        ]

    def __str__(self) -> str:
        """Return number and title."""
        return f"{self.number} {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether the event has not ended yet."""
        return self.closed_at is None
