"""Webhooks 事件推送: who outside is told of events, and each delivery with its attempts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class Webhook(kernel.Record):
    """An address that is told of events 推送订阅: of these kinds, and no more than its holding sees.

    `division` narrows it. While the target fails, `failures` counts and nothing is sent before `next_try_at`.
    """

    name = models.CharField(max_length=100)
    url = models.CharField(max_length=500)
    kinds = ArrayField(models.CharField(max_length=40))
    holding = models.ForeignKey("accounts.Holding", on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey("regions.Division", null=True, on_delete=models.PROTECT, related_name="+")
    secret = kernel.SealedTextField(context="events.webhook.secret")
    made_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Delivery(kernel.Record):
    """One message to one webhook 推送记录. Its id is the `webhook-id`: the same at every attempt and replay."""

    class State(models.TextChoices):
        """Where a delivery stands."""

        WAITING = "waiting", _("waiting")
        SENT = "sent", _("taken by the target")
        DEAD = "dead", _("given up")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    fact_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=40, blank=True)
    payload = models.JSONField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "fact_id"], name="delivery_once")]
        indexes = [
            models.Index(fields=["webhook", "id"], condition=models.Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
        ]
