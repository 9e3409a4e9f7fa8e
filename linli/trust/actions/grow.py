"""Lets the tree grow by the leaves of each seal, and keeps its tiles; begins it over what was sealed before."""

from collections.abc import Sequence
from uuid import uuid4

import psycopg
from django.db import connection

from linli.trust.models import LedgerTree, Seal, TreeHead
from linli.trust.queries.leaves import Waiting, content_of, kept_leaves
from linli.trust.queries.tiles import tree_at
from linli.trust.rules.merkle import HASHES, Tree
from linli.trust.rules.setup import ledger_hash
from linli.trust.rules.tree import leaf_hash

FEW = 1000  # tiles in one statement


def open_tree(*, last: Seal | None) -> tuple[LedgerTree, Tree]:
    """Return the tree as it stands; where there is none yet, begin it and take in what was sealed before, streamed."""
    row = LedgerTree.objects.first()
    if row is None:
        since = last.number + 1 if last else 1
        row = LedgerTree.objects.create(origin=f"linli/{uuid4().hex}", hash=ledger_hash(), since=since)
        tree = Tree(HASHES[row.hash])
        _take_in(tree)
        return row, tree
    return row, tree_at(row, last.number if last else 0)


def grow(tree: Tree, leaves: Sequence[Waiting], number: int) -> TreeHead:
    """Add the leaves of a seal, keep the tiles they fill, and return the head."""
    for leaf in leaves:
        tree.append(leaf_hash(leaf.place.era, leaf.place.transaction, leaf.digest, tree.digest))
    keep_tiles(tree.drain())
    return TreeHead.objects.create(number=number, size=tree.size, root=tree.root())


def keep_tiles(tiles: dict[tuple[int, int], bytes]) -> None:
    """Keep tiles that were begun or grew."""
    rows = list(tiles.items())
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:  # in binary: written out as text, tiles took most of sealing
        for start in range(0, len(rows), FEW):
            part = rows[start : start + FEW]
            cursor.execute(
                "INSERT INTO trust_tile (level, number, hashes)"
                " SELECT * FROM unnest(%b::smallint[], %b::bigint[], %b::bytea[])"
                " ON CONFLICT (level, number) DO UPDATE SET hashes = EXCLUDED.hashes",
                [[key[0] for key, _hashes in part], [key[1] for key, _ in part], [hashes for _key, hashes in part]],
            )


def _take_in(tree: Tree) -> None:
    """Grow the tree over the seals that were made before there was a tree; their heads stay unsigned."""
    leaves, heads = kept_leaves(), []
    leaf = next(leaves, None)
    for seal in Seal.objects.order_by("number").iterator(chunk_size=FEW):
        last = content_of(seal).last
        while leaf is not None and leaf[:3] <= (last.era, last.transaction, str(last.entry)):
            tree.append(leaf_hash(leaf.era, leaf.transaction, leaf.digest, tree.digest))
            leaf = next(leaves, None)
        heads.append(TreeHead(number=seal.number, size=tree.size, root=tree.root()))
        if len(tree.filled) >= FEW:
            keep_tiles(tree.full_tiles())
    keep_tiles(tree.drain())
    TreeHead.objects.bulk_create(heads, batch_size=FEW)
