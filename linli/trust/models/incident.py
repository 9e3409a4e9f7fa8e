"""Security incidents 网络安全事件 and 个人信息安全事件, who must be told by when, and their history."""

from django.db import models
from django.db.models import Q

from linli.kernel import api as kernel
from linli.trust.states import incidents as states


class Incident(kernel.Record):
    """One incident: what happened, which data, how many people, what was done (PIPL 个人信息保护法, art. 57).

    `known_at` is when the node's people knew: the clocks of law begin there. `category`, `grade` and `operator` are
    codes of the terms in force when it was opened.
    """

    class Notice(models.TextChoices):
        """Whether the people concerned are told."""

        OPEN = "", "open"
        SENT = "sent", "sent"
        NOT_NEEDED = "not_needed", "not needed"

    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    category = models.CharField(max_length=20)
    grade = models.PositiveSmallIntegerField()
    operator = models.CharField(max_length=20)
    about_people = models.BooleanField(default=False)
    public_harm = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=list(states.LABELS.items()), default=states.OPEN)
    what = models.TextField()
    data_kinds = models.TextField(blank=True)
    people = models.PositiveIntegerField(null=True)
    causes = models.TextField(blank=True)
    harm = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    happened_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField()
    contained_at = models.DateTimeField(null=True)
    notice = models.CharField(max_length=12, blank=True, choices=Notice.choices, default=Notice.OPEN)
    notice_words = models.TextField(blank=True)
    notice_at = models.DateTimeField(null=True)
    review = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)


class IncidentStep(kernel.Appended):
    """One step in the life of an incident, appended, with what was changed by it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    words = models.TextField(blank=True)
    content = models.JSONField(default=dict)


class NoticeDuty(models.Model):
    """Who must be told of an incident by when 报告义务, on which basis; settled with proof, or set aside with a reason.

    `begins_at` and `due_at` frame the clock; `warned_at` and `missed_at` say when the watch reminded of it.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="duties")
    code = models.CharField(max_length=40)
    to = models.CharField(max_length=120)
    what = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    is_sample = models.BooleanField(default=True)
    begins_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    was_needed = models.BooleanField(default=True)
    proof = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    warned_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "code"], name="notice_duty_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(done_at=None), name="notice_duty_open")]
