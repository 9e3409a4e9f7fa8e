"""What a large load brings goes into the index of linkage 装载后入索引, by COPY."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.db import connection

from linli.exchange.actions.link_online import look_up
from linli.exchange.models import LinkageEntry, LinkageKey
from linli.exchange.models.linkage import CONTEXT
from linli.exchange.queries.linkage_index import keyed_pairs, old_names
from linli.exchange.rules.linkage_kinds import KINDS, packed, rows_from
from linli.kernel import api as kernel

FILLED = (LinkageEntry, LinkageKey)
_KEYS = np.dtype([("fields", ">i2"), ("long", ">i4"), ("entry", ">i8"), ("wide", ">i4"), ("key", ">i8")])
copying = kernel.copying


def alike(kind: str, said: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the places of what speaks, perhaps, of somebody the base knows, or of an earlier one."""
    if kind not in KINDS or not said:
        return []
    found = look_up(kind, rows_from(kind, said, old_names()))
    return [place for place, one in enumerate(found) if one.entity or one.doubts or one.like is not None]


def index_loaded(kind: str, identities: Sequence[int], said: Sequence[Mapping[str, Any]]) -> None:
    """Let new identities be found by what was said of them, in the caller's transaction."""
    if kind not in KINDS or not said:
        return
    rows = rows_from(kind, said, old_names())
    sealed = kernel.seal_all([packed(row) for row in rows], context=CONTEXT)
    entries = copying.rows(map(copying.big, identities), map(copying.blob, sealed))
    places, keys = keyed_pairs(kind, rows)
    pairs = np.zeros(len(keys), dtype=_KEYS)
    pairs["fields"], pairs["long"], pairs["wide"] = 2, 8, 8
    pairs["entry"], pairs["key"] = np.array(identities)[places], keys
    with connection.cursor() as cursor:
        copying.into(cursor, "exchange_linkageentry", 'identity_id, "row"', entries)
        copying.into(cursor, "exchange_linkagekey", "entry_id, key", pairs.tobytes())
