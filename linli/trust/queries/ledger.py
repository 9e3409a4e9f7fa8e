"""Verifies the ledger: makes every digest, root, tile and seal again from the columns and says what does not agree."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import connection, transaction
from django.utils.translation import gettext as _

from linli.trust.models import LedgerTree, Seal, TreeHead
from linli.trust.queries.found import LedgerCheck, Tally
from linli.trust.queries.leaves import Kept, content_of, kept_leaves
from linli.trust.queries.ledger_tree import TreeCheck, differences, note_lost_tree
from linli.trust.queries.tiles import root_at, tree_at
from linli.trust.rules.heads import Head
from linli.trust.rules.leaf import digest_of
from linli.trust.rules.merkle import HASHES, Tree, root_of
from linli.trust.rules.tree import hash_of, leaf_hash, mark_of

FEW = 1000  # seals read at once


def verify_ledger(*, head: tuple[int, str] | None = None, noted: Head | None = None) -> LedgerCheck:
    """Read the whole ledger in one snapshot and verify it. Streams: memory does not grow with the ledger.

    `head` is the number and hash (hex) of a seal, `noted` a whole tree head, kept outside the database since an earlier
    time or counter-signed by another node: only so can it be told that the newest seals were removed together with
    all their entries.
    """
    with transaction.atomic():
        _hold_one_snapshot()
        return _verify(None, head=head, noted=noted)


def verify_newest(*, at_most: int = 5000) -> LedgerCheck:
    """Verify the newest seals, as many as hold about `at_most` entries, and what waits: quick enough for a page."""
    with transaction.atomic():
        _hold_one_snapshot()
        return _verify(_seal_before(at_most))


def _verify(before: Seal | None, *, head: tuple[int, str] | None = None, noted: Head | None = None) -> LedgerCheck:
    """Verify what lies behind a seal that is taken for granted, or everything."""
    tally = Tally(head_number=before.number, head_hash=bytes(before.hash)) if before else Tally()
    tree = _tree_check(before, tally)
    leaves = _Leaves(kept_leaves(after=content_of(before).last if before else None), tally, tree)
    made_at = before.made_at if before else None
    for seal in _seals(tally.head_number, tree):
        _check_seal(seal, leaves, tree, tally)
        if tree and made_at and seal.number >= tree.row.since and seal.made_at < made_at:
            tally.note("clock", _("Seal %(seal)s bears an earlier time than the one before it."), seal=seal.number)
        if head is not None and seal.number == head[0] and bytes(seal.hash).hex() != head[1]:
            tally.note("head", _("Seal %(seal)s is not the one that was noted."), seal=seal.number)
        made_at = seal.made_at
    unsealed = len(leaves.take(None)[0])
    if tree:
        tree.finish(whole=before is None)
    if head is not None and tally.head_number < head[0]:
        tally.note("head", _("Seal %(seal)s was noted and is gone: the end of the ledger was removed."), seal=head[0])
    if noted is not None:
        _hold_against(noted, tree, tally)
    return LedgerCheck(
        sealed=leaves.taken - unsealed,
        unsealed=unsealed,
        seals=tally.seals,
        head_number=tally.head_number,
        head_hash=tally.head_hash.hex(),
        problem_count=tally.count,
        problems=tuple(tally.problems),
        root=tree.tree.root().hex() if tree else "",
        countersigned=dict(tally.countersigned),
    )


def _tree_check(before: Seal | None, tally: Tally) -> TreeCheck | None:
    row = LedgerTree.objects.first()
    if row is None:
        note_lost_tree(tally)
        return None
    if row.hash not in HASHES:
        tally.note("tree", _("The tree names a hash that there is not."))
        return None
    try:
        tree = tree_at(row, before.number) if before else Tree(HASHES[row.hash])
    except (TreeHead.DoesNotExist, KeyError):
        tally.note("tree", _("Seal %(seal)s has no tree head."), seal=before.number if before else None)
        return None
    return TreeCheck(row, tree, tally)


def _seals(after: int, tree: TreeCheck | None) -> Iterator[Seal]:
    """Yield the seals behind a number in order, with their heads read ahead."""
    rows = Seal.objects.filter(number__gt=after).order_by("number").iterator(chunk_size=FEW)
    while seals := list(islice(rows, FEW)):
        if tree:
            tree.read_heads([seal.number for seal in seals])
        yield from seals


def _seal_before(at_most: int) -> Seal | None:
    total = 0
    for seal in Seal.objects.order_by("-number")[: at_most + 1]:
        total += seal.count
        if total > at_most and total > seal.count:
            return seal
    return None


class _Leaves:
    """The leaves in order, taken up to a place at a time: their ids and hashes, those of the seal and of the tree."""

    def __init__(self, stream: Iterator[Kept], tally: Tally, tree: TreeCheck | None) -> None:
        self._stream, self._tally = stream, tally
        self._tree = tree.tree.digest if tree and tree.tree.digest is not HASHES["sm3"] else None
        self._next = next(stream, None)
        self.taken = 0

    def take(self, last: tuple[int, int, str] | None) -> tuple[list[str], list[bytes], list[bytes]]:
        """Return the leaves up to and with `last` (None: all that are left), noting each altered entry."""
        ids: list[str] = []
        hashes: list[bytes] = []
        others: list[bytes] = [] if self._tree else hashes
        leaf = self._next
        while leaf is not None and (last is None or leaf[:3] <= last):
            era, number, entry, digest, form, text = leaf
            if digest_of(form, text) != digest:
                self._tally.note("altered", _("Entry %(entry)s was altered after it was written."), entry=entry)
            ids.append(entry)
            hashes.append(leaf_hash(era, number, digest))
            if self._tree:
                others.append(leaf_hash(era, number, digest, self._tree))
            leaf = next(self._stream, None)
        self._next = leaf
        self.taken += len(ids)
        return ids, hashes, others


def _check_seal(seal: Seal, leaves: _Leaves, tree: TreeCheck | None, tally: Tally) -> None:
    content = content_of(seal)
    if (content.number, content.previous) != (tally.head_number + 1, tally.head_hash):
        tally.note("chain", _("Seal %(seal)s does not follow the one before it."), seal=seal.number)
    if hash_of(content) != bytes(seal.hash):
        tally.note("chain", _("Seal %(seal)s was altered."), seal=seal.number)
    elif (tree is None or tree.keys) and mark_of(bytes(seal.hash)) != seal.mark:
        tally.note("forged", _("Seal %(seal)s was not made with the keys of this node."), seal=seal.number)
    ids, hashes, others = leaves.take((content.last.era, content.last.transaction, str(content.last.entry)))
    if len(hashes) != content.count or root_of(hashes) != content.root:
        others = _note_leaves(seal, ids, others, tree, tally)
    if tree:
        tree.take(seal, others)
    tally.seals += 1
    tally.head_number, tally.head_hash = seal.number, bytes(seal.hash)


def _note_leaves(
    seal: Seal, ids: Sequence[str], made: list[bytes], tree: TreeCheck | None, tally: Tally
) -> list[bytes]:
    """Say what is wrong with the leaves of a seal, and return those that were sealed, where the tiles still have them.

    So a missing entry is told once, and not by every head that follows.
    """
    stored = tree.stored_leaves(seal.count) if tree else []
    strange, gone = differences(made, stored)
    is_there = len(stored) == seal.count and all(stored)
    entry = ids[strange[0]] if is_there and strange else None
    tally.note("leaves", _leaves_sentence(len(made), seal.count, entry), seal=seal.number, entry=entry)
    return stored if is_there and (gone or strange or len(made) != seal.count or stored != made) else made


def _leaves_sentence(found: int, sealed: int, entry: str | None) -> str:
    if found < sealed:
        return _("Seal %(seal)s: entries were deleted.")
    if found > sealed:
        return _("Seal %(seal)s: entries were slipped in.")
    if entry is not None:
        return _("Seal %(seal)s: entry %(entry)s is not the one that was sealed.")
    return _("Seal %(seal)s: entries were replaced or put in another order.")


def _hold_against(noted: Head, tree: TreeCheck | None, tally: Tally) -> None:
    """Compare with a head that was kept elsewhere."""
    if tree is None or noted.origin != tree.row.origin or noted.hash != tree.row.hash:
        tally.note("head", _("The noted head is that of another ledger."))
    elif noted.size > tree.tree.size:
        tally.note("head", _("Seal %(seal)s was noted and is gone: the end of the ledger was removed."),
                   seal=noted.number)  # fmt: skip
    elif root_at(noted.size, tree.tree.digest) != noted.root:
        tally.note("head", _("Seal %(seal)s is not the one that was noted."), seal=noted.number)


def _hold_one_snapshot() -> None:
    """Let entries and seals be read as of one moment. A transaction that has begun already is left as it is."""
    if len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
