"""Other nodes 互联节点, the keys by which they are known, and what goes to them and comes from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel


class NodeKey(kernel.Record):
    """A key with which this node signs 本节点签名密钥; the private half is sealed by the key ring. The newest signs."""

    algorithm = models.CharField(max_length=10)
    public = models.CharField(max_length=200)
    private = kernel.SealedTextField(context="exchange.node_key")
    made_at = models.DateTimeField()


class Peer(kernel.Record):
    """Another node 互联节点, added by its anchor. `node` is how it calls itself.

    `place` says whether it stands above, below or beside: data elements go down. While it can't be reached `failures`
    counts and nothing is sent before `next_try_at`. `catalogue_mark` stands for the catalogue that it was told last.
    """

    class State(models.TextChoices):
        """Where the link stands."""

        ACTIVE = "active", _("linked")
        PAUSED = "paused", _("paused")
        REMOVED = "removed", _("no longer linked")

    class Place(models.TextChoices):
        """Where the other node stands."""

        ABOVE = "above", _("superior")
        BELOW = "below", _("subordinate")
        BESIDE = "beside", _("at the same level")

    node = models.UUIDField(unique=True)
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=300)
    place = models.CharField(max_length=10, choices=Place.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=100)
    last_in_at = models.DateTimeField(null=True)
    last_out_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    catalogue_mark = models.CharField(max_length=64, blank=True, default="", db_default="")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class PeerKey(models.Model):
    """A public key of another node: trusted since it was compared by telephone, or told by a key that was."""

    id = models.BigAutoField(primary_key=True)
    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="keys")
    fingerprint = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=10)
    public = models.CharField(max_length=200)
    trusted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "fingerprint"], name="peer_key_once")]


class Line(models.Model):
    """The count of messages of one kind with one peer: the last number given out, and the last one taken in."""

    id = models.BigAutoField(primary_key=True)
    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="lines", db_index=False)
    kind = models.CharField(max_length=40)
    sent = models.BigIntegerField(default=0)
    received = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "kind"], name="line_once")]


class OutMessage(kernel.Record):
    """A message for a peer 待发消息, kept until the other side says that it has it. Its id is that of the envelope."""

    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="outgoing", db_index=False)
    kind = models.CharField(max_length=40)
    sequence = models.BigIntegerField()
    body = kernel.SealedTextField(context="exchange.out_message")
    key = models.ForeignKey(NodeKey, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "kind", "sequence"], name="out_message_once")]
        indexes = [models.Index(fields=["peer", "id"], condition=models.Q(sent_at=None), name="out_message_waiting")]


class InMessage(kernel.Record):
    """A message of a peer 收到的消息, as it was taken. One that could not be used is set aside with its error."""

    class State(models.TextChoices):
        """What became of it."""

        DONE = "done", _("taken")
        ASIDE = "aside", _("set aside")

    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="incoming", db_index=False)
    kind = models.CharField(max_length=40)
    sequence = models.BigIntegerField()
    body = kernel.SealedTextField(context="exchange.in_message")
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DONE)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "kind", "sequence"], name="in_message_once")]
        indexes = [models.Index(fields=["peer", "-received_at"], name="in_message_of_peer")]


class RemoteDataset(models.Model):
    """An entry of the catalogue of a peer 异地目录条目, as it was told last: what may be applied for there.

    `elements` are {code, label, owner, sharing} of those that are shared.
    """

    id = models.BigAutoField(primary_key=True)
    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="datasets", db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    abstract = models.TextField(blank=True)
    provider = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    condition = models.TextField(blank=True)
    elements = models.JSONField(default=list)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "code"], name="remote_dataset_once")]
