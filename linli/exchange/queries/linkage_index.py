"""The index of linkage: whatever shares a key with some new rows, found by a b-tree and opened; never a scan."""

import json
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from psycopg import Cursor

from linli.exchange.models import LinkageModel
from linli.exchange.models.linkage import CONTEXT
from linli.exchange.rules.linkage_address import NO_OLD_NAMES, OldNames
from linli.exchange.rules.linkage_findings import Known
from linli.exchange.rules.linkage_kinds import PERSON, block_keys, unpacked
from linli.exchange.rules.linkage_rows import Array, named_before, named_today
from linli.exchange.rules.linkage_weights import Weights, from_json
from linli.kernel import api as kernel
from linli.regions import api as regions

REVISION, KEY = "exchange.linkage", "exchange.linkage.key"
SHIPPED = Path(__file__).resolve().parents[1] / "sample" / "linkage_person.json"
MOST = 400  # entities looked at for one batch row; a key that more share says nothing
NEAR = """
WITH near AS MATERIALIZED (
    SELECT DISTINCT i.entity_id FROM exchange_linkagekey k JOIN registry_identity i ON i.id = k.entry_id
    WHERE k.key = ANY(%s::bigint[]) LIMIT %s
)
SELECT i.entity_id, i.id, e."row" FROM near JOIN registry_identity i ON i.entity_id = near.entity_id
JOIN exchange_linkageentry e ON e.identity_id = i.id
"""


def known_near(kind: str, rows: Array) -> Known:
    """Return what is known of every entity that shares a key with one of these rows. One query.

    What was put into the index before a former name was known is found under it, and compared under that of today.
    """
    names = old_names()
    keys = {key for some in (rows, named_before(rows, names)) if len(some) for row in keyed(kind, some) for key in row}
    found: list[tuple[UUID, int, Any]] = []
    if keys:
        connection.ensure_connection()
        with Cursor(connection.connection) as cursor:  # prepared on the server: planning takes longer than running
            wanted = f"{{{','.join(map(str, sorted(keys)))}}}"  # as text: a list is looked through to find its type
            cursor.execute(NEAR, [wanted, MOST + 8 * len(rows)], prepare=True)
            found = cursor.fetchall()
    texts = kernel.unseal_all([blob for _entity, _identity, blob in found], context=CONTEXT)
    return Known(named_today(unpacked(texts), names), [one[0] for one in found], [one[1] for one in found])


def keyed(kind: str, rows: Array) -> list[list[int]]:
    """Return the keys of each row as the index holds them: signed 64-bit numbers made with the key of the node.

    Quick for a few rows, as `keyed_pairs` is for thousands.
    """
    plain = [[key for key in row if key] for row in block_keys(kind, rows).tolist()]
    digests = iter(kernel.keyed_digests((f"{kind}:{key}" for row in plain for key in row), context=KEY))
    return [[int.from_bytes(digest[:8]) - 2**63 for digest in islice(digests, len(row))] for row in plain]


def keyed_pairs(kind: str, rows: Array) -> tuple[Array, Array]:
    """Return the same keys as two columns: the place of a row, in order, and one of its keys."""
    plain = block_keys(kind, rows)
    there = plain != 0
    texts = [f"{kind}:{key}" for key in plain[there].tolist()]
    digests = kernel.keyed_digests(texts, context=KEY)
    keys = np.frombuffer(b"".join([digest[:8] for digest in digests]), dtype=">u8").astype("u8")
    return np.nonzero(there)[0], (keys ^ np.uint64(2**63)).view("i8")


def old_names() -> OldNames:
    """Return how former streets, estates and villages are called today, compiled once for each revision."""
    global _compiled  # noqa: PLW0603  one table for each process
    table = regions.former_names()
    if _compiled[0] is not table:
        _compiled = (table, OldNames(table))
    return _compiled[1]


def model_in_force(kind: str = PERSON) -> tuple[Weights, int]:
    """Return the weights in use and the number of records they count with: the newest learned, else what ships."""
    return _model(kind, kernel.revision(REVISION))


_compiled: tuple[object, OldNames] = (None, NO_OLD_NAMES)


@lru_cache(maxsize=4)
def _model(kind: str, revision: int) -> tuple[Weights, int]:  # noqa: ARG001  another revision is another model
    row = LinkageModel.objects.filter(kind=kind).order_by("-id").first()
    if row is None:
        said = json.loads(SHIPPED.read_text(encoding="utf-8"))
        return from_json(said), int(said["records"])
    return from_json(row.weights), row.records
