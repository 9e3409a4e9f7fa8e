"""Verifies the tree beside the seals: makes its roots and tiles again, and checks who signed its heads."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.trust.models import HeadSignature, LedgerTree, Seal, TreeHead
from linli.trust.queries.found import Tally
from linli.trust.queries.ledger_keys import Countersigned, check_keys
from linli.trust.queries.tiles import head_of, read_tiles
from linli.trust.rules.heads import Signed, is_head_signed, text_of
from linli.trust.rules.merkle import BYTES, WIDTH, Tree

FEW = 64  # tiles compared at once
BEYOND = """
SELECT level, number FROM trust_tile
WHERE level NOT BETWEEN 0 AND 7 OR number < 0
    OR number >= ((%s::bigint >> 8 * least(greatest(level, 0), 7)) + 255) / 256
ORDER BY level, number
"""
NO_SEAL = """
SELECT number FROM (
    SELECT number FROM trust_treehead UNION SELECT number FROM trust_headsignature
    UNION SELECT number FROM trust_countersignature
) named
WHERE NOT EXISTS (SELECT FROM trust_seal s WHERE s.number = named.number) ORDER BY number
"""


class TreeCheck:
    """The tree as it must be, made from leaves in their order; what is stored is held against it."""

    def __init__(self, row: LedgerTree, tree: Tree, tally: Tally) -> None:
        """Begin where the tree stands."""
        self.row, self.tree, self._tally = row, tree, tally
        self.keys = check_keys(row, tally)
        self._witnessed = Countersigned(tally)
        self._heads: dict[int, TreeHead] = {}
        self._signed: dict[int, list[HeadSignature]] = {}

    def read_heads(self, numbers: Sequence[int]) -> None:
        """Read the heads of the seals that come next."""
        self._heads = TreeHead.objects.in_bulk(numbers)
        self._signed = {}
        for one in HeadSignature.objects.filter(number__in=numbers).order_by("number", "key"):
            self._signed.setdefault(one.number, []).append(one)
        self._witnessed.read(numbers)

    def take(self, seal: Seal, leaves: Iterable[bytes]) -> None:
        """Grow by the leaves of a seal, and compare its head."""
        for leaf in leaves:
            self.tree.append(leaf)
        if len(self.tree.filled) > FEW:
            self._compare(self.tree.full_tiles())
        head = self._heads.get(seal.number)
        if head is None:
            self._tally.note("tree", _("Seal %(seal)s has no tree head."), seal=seal.number)
        elif (head.size, bytes(head.root)) != (self.tree.size, self.tree.root()):
            self._tally.note("tree", _("The tree head of seal %(seal)s is not the one of its entries."),
                             seal=seal.number)  # fmt: skip
        if head is not None and seal.number >= self.row.since:
            self._check_signatures(seal, head)

    def stored_leaves(self, count: int) -> list[bytes]:
        """Return the next leaf hashes as the tiles keep them, as many as are there."""
        first, end = self.tree.size, self.tree.size + count
        tiles = read_tiles((0, number) for number in range(first // WIDTH, (end - 1) // WIDTH + 1))
        found: list[bytes] = []
        for index in range(first, end):
            tile = tiles.get((0, index // WIDTH), b"")
            place = index % WIDTH * BYTES
            found.append(tile[place : place + BYTES])
        return found

    def finish(self, *, whole: bool) -> None:
        """Compare the last tiles, and look for what does not belong."""
        self._compare(self.tree.drain())
        for level, number in _rows(BEYOND, [self.tree.size]) if whole else ():
            self._tally.note("tile", _("Tile %(tile)s does not belong to the tree."), tile=(level, number))
        for (number,) in _rows(NO_SEAL, []) if whole else ():
            self._tally.note("tree", _("Seal %(seal)s is not there, though its tree head or signature is."),
                             seal=number)  # fmt: skip

    def _check_signatures(self, seal: Seal, head: TreeHead) -> None:
        signed = self._signed.get(seal.number, [])
        known = [one for one in signed if one.key in self.keys]
        ids = sorted(self.keys[one.key].id() for one in known)
        text = text_of(head_of(self.row, head, seal, ids))
        good = [
            is_head_signed(text, Signed(self.row.origin, self.keys[one.key].id(), bytes(one.signature)),
                           self.keys[one.key])
            for one in known
        ]  # fmt: skip
        if not known or len(known) < len(signed) or not all(good):
            self._tally.note("signature", _("The tree head of seal %(seal)s is not signed by the keys of this node."),
                             seal=seal.number)  # fmt: skip
        self._witnessed.check(seal.number, text)

    def _compare(self, made: dict[tuple[int, int], bytes]) -> None:
        stored = read_tiles(made)
        for key, hashes in sorted(made.items()):
            there = stored.get(key)
            if there is None:
                self._tally.note("tile", _("Tile %(tile)s of the tree is gone."), tile=key)
            elif there != hashes:
                self._tally.note("tile", _("Tile %(tile)s of the tree was altered."), tile=key)


def note_lost_tree(tally: Tally) -> None:
    """Note where there are seals and the whole tree is gone, though this node has signed heads."""
    if kernel.signers() and Seal.objects.exists():
        tally.note("tree", _("The tree and its heads were removed, though this node has signed heads."))


def differences(made: Sequence[bytes], stored: Sequence[bytes]) -> tuple[list[int], int]:
    """Return at which places there are leaves that were not sealed, and how many that were sealed are gone."""
    sealed, found = set(stored), set(made)
    return [place for place, leaf in enumerate(made) if leaf not in sealed], len(sealed - found)


def _rows(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
