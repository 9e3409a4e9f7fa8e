"""Messages 消息 to people and units, and where units get theirs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class Message(kernel.Record):
    """One message 消息 on its way by a channel. Address and text are sealed; `shown` is the address, masked.

    `key` is the same for the same occasion, so it is sent once. `unit` looks after it when it can't be sent.
    """

    class Kind(models.TextChoices):
        """What a message is about."""

        RECEIPT = "receipt", _("number of a report")
        ANSWER = "answer", _("answer to a report")
        DISPATCH = "dispatch", _("events for a unit")
        ALERT = "alert", _("security alert")
        TEST = "test", _("test")

    class State(models.TextChoices):
        """Where a message stands."""

        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        DEAD = "dead", _("not deliverable")
        DROPPED = "dropped", _("dropped by an officer")

    channel = models.CharField(max_length=20)
    to = kernel.SealedTextField(context="accounts.message.to")
    shown = models.CharField(max_length=60)
    text = kernel.SealedTextField(context="accounts.message.text")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=120, unique=True)
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["channel", "next_try_at"], condition=models.Q(state="waiting"), name="message_waiting"
            ),
        ]


class NoticeAddress(models.Model):
    """Where a unit is told of new work 单位接收地址: by this channel at this address, until `ended_at`.

    With a `person` it is theirs, and used only while they are on duty for the unit.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20)
    address = kernel.SealedTextField(context="accounts.notice_address")
    shown = models.CharField(max_length=60)
    secret = kernel.SealedTextField(context="accounts.notice_secret")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
