"""The change feed 变更推送: who is told of which slice, each entry with its number, and what this node takes in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from linli.exchange.models.peer import Peer
from linli.kernel import api as kernel


class Subscription(kernel.Record):
    """The contract of one slice that a peer is told of 订阅: area, kinds, elements, purpose, basis, period.

    `elements` are `kind.code`. `transaction` and `entry` say how far the change log was read; `sequence` is the last
    number given out. `taken` is the last number that the other side says it has. `stands_on` and `risen_told_at` are as
    those of a grant, by `kind.code`.
    """

    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="subscriptions")
    name = models.CharField(max_length=100)
    division = models.ForeignKey("regions.Division", on_delete=models.PROTECT, related_name="+")
    kinds = ArrayField(models.CharField(max_length=20))
    elements = ArrayField(models.CharField(max_length=62))
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    valid_until = models.DateTimeField()
    made_at = models.DateTimeField()
    by = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)
    transaction = models.BigIntegerField(default=0)
    entry = models.BigIntegerField(default=0)
    sequence = models.BigIntegerField(default=0)
    taken = models.BigIntegerField(default=0)
    stands_on = models.JSONField(default=dict)
    risen_told_at = models.DateTimeField(null=True)


class FeedEntry(models.Model):
    """One entry of a feed: that something about an entity changed. What it is now is read when the page is made."""

    id = models.BigAutoField(primary_key=True)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="entries", db_index=False)
    sequence = models.BigIntegerField()
    entity_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "sequence"], name="feed_entry_once")]
        indexes = [models.Index(fields=["entity_id"], name="feed_entry_entity")]


class Intake(kernel.Record):
    """A feed of a peer that this node takes in 接收的变更; its id is that of the peer's subscription.

    `sequence` is the last entry taken, moved in the transaction that takes it.
    """

    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="intakes")
    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=200)
    valid_until = models.DateTimeField()
    sequence = models.BigIntegerField(default=0)
    entries = models.BigIntegerField(default=0)
    since = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    @property
    def source(self) -> str:
        """The code under which the registry knows what comes from here."""
        return f"feed-{self.id.hex[:24]}"
