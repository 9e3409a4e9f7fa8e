"""Reads the tree: its tiles, heads and keys; a few rows, however long the ledger."""

from collections.abc import Iterable

from django.db import connection

from linli.kernel import api as kernel
from linli.trust.models import HeadSignature, LedgerKey, LedgerTree, Seal, TreeHead
from linli.trust.rules.heads import Head, PublicKey, Signed, note_of, text_of
from linli.trust.rules.merkle import BYTES, HASHES, Hash, Tree, reader, subtree, tile_rows
from linli.trust.rules.tree import micros


def read_tiles(keys: Iterable[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Return the tiles that are there, by level and number, in one query."""
    wanted = sorted(keys)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.level, t.number, t.hashes FROM unnest(%s::smallint[], %s::bigint[]) AS w(level, number)"
            " JOIN trust_tile t USING (level, number)",
            [[level for level, _number in wanted], [number for _level, number in wanted]],
        )
        return {(level, number): bytes(hashes) for level, number, hashes in cursor.fetchall()}


def tree_at(row: LedgerTree, number: int) -> Tree:
    """Return the tree as it stood after a seal, from its tiles. Raises TreeHead.DoesNotExist, KeyError."""
    size = TreeHead.objects.get(number=number).size if number else 0
    rows = tile_rows(size)
    found = read_tiles((level, tile) for level, tile, count in rows if count)
    tails = [found[level, tile][: count * BYTES] if count else b"" for level, tile, count in rows]
    return Tree.resume(HASHES[row.hash], size, tails)


def root_at(size: int, digest: Hash) -> bytes:
    """Return the root over the first `size` leaves, from tiles."""
    found = read_tiles((level, tile) for level, tile, count in tile_rows(size) if count)
    try:
        return subtree(0, size, reader(found, digest), digest) if size else digest(b"")
    except KeyError:
        return b""


def newest_head() -> TreeHead | None:
    """Return the newest head that is signed."""
    since = LedgerTree.objects.values("since")[:1]
    return TreeHead.objects.filter(number__gte=since).order_by("-number").first()


def keys_of_ledger() -> dict[str, PublicKey]:
    """Return the public keys that sign or signed the heads of this ledger, by fingerprint, the oldest first."""
    row = LedgerTree.objects.first()
    keys = LedgerKey.objects.order_by("began_at", "fingerprint")
    return {key.fingerprint: PublicKey(row.origin, key.algorithm, key.public) for key in keys} if row else {}


def vouches_of_ledger() -> list[bytes]:
    """Return what vouches for each of these keys, in the same order; empty for the first."""
    return [bytes(one.vouch) for one in LedgerKey.objects.order_by("began_at", "fingerprint")]


def head_text(number: int) -> str:
    """Return the text of a signed head as it was signed. Raises DoesNotExist."""
    tree, head, seal = LedgerTree.objects.get(), TreeHead.objects.get(number=number), Seal.objects.get(number=number)
    signed = HeadSignature.objects.filter(number=number).values_list("key", flat=True)
    keys = keys_of_ledger()
    return text_of(head_of(tree, head, seal, sorted(keys[one].id() for one in signed)))


def head_of(tree: LedgerTree, head: TreeHead, seal: Seal, keys: Iterable[str]) -> Head:
    """Return what a head says."""
    return Head(
        origin=tree.origin, size=head.size, root=bytes(head.root), hash=tree.hash, number=head.number,
        since=tree.since, seal=bytes(seal.hash), made=micros(seal.made_at), keys=tuple(keys),
    )  # fmt: skip


def head_note(number: int) -> str:
    """Return a signed head as a note (C2SP signed-note). Raises DoesNotExist."""
    keys = keys_of_ledger()
    found = HeadSignature.objects.filter(number=number).order_by("key")
    signed = [Signed(keys[one.key].name, keys[one.key].id(), bytes(one.signature)) for one in found]
    return note_of(head_text(number), signed)


def newest_note() -> str:
    """Return the newest signed head as a note; empty where there is none."""
    head = newest_head()
    return head_note(head.number) if head else ""


def own_signers() -> dict[str, kernel.KeyPair]:
    """Return the keys on the ring that may sign for this ledger, by fingerprint, the oldest first."""
    return {PublicKey("", keys.algorithm, keys.public).fingerprint: keys for keys in kernel.signers()}
