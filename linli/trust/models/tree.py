"""The one tree over all entries: what it is made with, its tiles, its heads and who signed them. Only added to."""

from django.db import models

from linli.kernel import api as kernel


class LedgerTree(kernel.Appended):
    """How the tree of this ledger began: its name, its hash (sm3 or sha256), and the first seal with a signed head."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    origin = models.CharField(max_length=100)
    hash = models.CharField(max_length=10)
    since = models.BigIntegerField()


class Tile(models.Model):
    """256 hashes of the tree 树片 (C2SP tlog-tiles), fewer at its edge: there it grows, and only at its end."""

    pk = models.CompositePrimaryKey("level", "number")
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()


class TreeHead(kernel.Appended):
    """The tree as it stood after a seal 树头: how many leaves, and their root."""

    number = models.BigIntegerField(primary_key=True)
    size = models.BigIntegerField()
    root = models.BinaryField()


class LedgerKey(kernel.Appended):
    """A key that signs heads 台账签名密钥; its private half is on the key ring. `vouch` is by the key before it."""

    fingerprint = models.CharField(primary_key=True, max_length=64)
    algorithm = models.CharField(max_length=10)
    public = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    vouch = models.BinaryField()


class HeadSignature(kernel.Appended):
    """A signature of this node under one of its heads 树头签名; `key` is the fingerprint."""

    pk = models.CompositePrimaryKey("number", "key")
    number = models.BigIntegerField()
    key = models.CharField(max_length=64)
    signature = models.BinaryField()
