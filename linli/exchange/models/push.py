"""Changes that are delivered by a grant 授权推送: where to, what waits or was taken, and who was told of."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.exchange.models.sharing import Grant
from linli.kernel import api as kernel


class Push(kernel.Record):
    """How far the changes of one grant are delivered: `transaction` and `entry` are the place in the change log.

    It begins when the recipient makes the secret that signs; `holding` is the post in which that was done, and in whose
    name the ledger keeps what is delivered. `error` says why nothing new is made ready. While the target fails,
    `failures` counts and nothing is sent before `next_try_at`.
    """

    grant = models.OneToOneField(Grant, on_delete=models.CASCADE, related_name="push")
    secret = kernel.SealedTextField(context="exchange.push.secret", null=True)  # type: ignore[misc]  # none at first
    holding = models.ForeignKey("accounts.Holding", null=True, on_delete=models.PROTECT, related_name="+")
    transaction = models.BigIntegerField(default=0)
    entry = models.BigIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)


class PushDelivery(kernel.Record):
    """One message with changes of some people 推送记录. Its id is the `webhook-id`, the same at every attempt.

    `body` is sealed, and gone once it was taken or the grant has ended. `entities` are whom it speaks of: who is
    deleted meanwhile is taken out of it.
    """

    class State(models.TextChoices):
        """Where a delivery stands."""

        WAITING = "waiting", _("waiting")
        SENT = "sent", _("taken by the target")
        FAILED = "failed", _("given up")
        STOPPED = "stopped", _("not sent: the grant ended")

    push = models.ForeignKey(Push, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    sequence = models.PositiveIntegerField()
    people = models.PositiveSmallIntegerField()
    entities = ArrayField(models.UUIDField(), default=list)
    body = kernel.SealedTextField(context="exchange.push.body", null=True)  # type: ignore[misc]  # gone when it is over
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["push", "sequence"], name="push_delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "failed"]) | Q(body__isnull=True), name="push_delivery_kept_no_longer"
            ),
        ]
        indexes = [
            models.Index(fields=["push", "sequence"], condition=Q(state="waiting"), name="push_delivery_waiting")
        ]


class PushTold(models.Model):
    """Of whom a recipient was told last, as a keyed mark: what is as it was is not told, counted or recorded again."""

    id = models.BigAutoField(primary_key=True)
    push = models.ForeignKey(Push, on_delete=models.CASCADE, related_name="told", db_index=False)
    entity_id = models.UUIDField()
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["push", "entity_id"], name="push_told_once")]
