"""What somebody wants done with their data 个人信息权利请求: number, clock, state, and each step of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel
from linli.trust.states import rights as states


class Kind(models.TextChoices):
    """The rights of PIPL articles 24 and 45 to 48 that are asked for here 权利类型."""

    COPY = "copy", _("a copy of my data")
    CORRECT = "correct", _("correct something")
    DELETE = "delete", _("delete something")
    EXPLAIN = "explain", _("explain what is done with my data")
    OBJECT = "object", _("let a person decide again what a machine decided")


class RightRequest(kernel.Record):
    """One request: who asked, what for, which unit answers, by when, and what was answered.

    `words` and `answer` are sealed. `unit` is that of the officer who confirmed the person. `basis` is the law by which
    something was refused. `guardianship` is set where a guardian asked for the ward, who is then `subject`. `entry_id`
    or `decision` (source:ref) is the machine decision that a person is to decide again; `explanation`, sealed, is how
    it was made, as it stood when asked; `first` are the people who had decided before: none of them answers it.
    """

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=list(states.LABELS.items()), default=states.ASKED)
    account = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=64)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    words = kernel.SealedTextField(context="trust.right.words")
    answer = kernel.SealedTextField(context="trust.right.answer", null=True)  # type: ignore[misc]  # none before the end
    basis = models.CharField(max_length=300, blank=True)
    guardianship = models.UUIDField(null=True)
    first = ArrayField(models.UUIDField(), default=list)
    entry_id = models.UUIDField(null=True)
    decision = models.CharField(max_length=100, blank=True, default="")
    explanation = kernel.SealedTextField(context="trust.right.explanation", null=True)  # type: ignore[misc]  # few have one
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(basis=""), name="right_refused_by_law"),
            models.UniqueConstraint(
                fields=["account", "decision", "kind"],
                condition=Q(ended_at=None) & ~Q(decision=""),
                name="right_decision_once",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_at"], condition=Q(ended_at=None), name="right_open"),
            models.Index(fields=["account", "-asked_at"], name="right_of_account"),
        ]


class RightStep(kernel.Record, kernel.Appended):
    """One step of a request 办理记录. Appended, never changed."""

    request = models.ForeignKey(RightRequest, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
