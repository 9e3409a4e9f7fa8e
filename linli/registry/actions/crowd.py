"""A crowd of entities for measuring: copies of the base that is there, spread over the grids of a county, by SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from linli.kernel import api as kernel
from linli.registry.models import Entity, Identifier, Relation, SourceRecord
from linli.registry.rules.kinds import KINDS, PERSON
from linli.registry.rules.terms import scope_term

FILLED = (Entity, Identifier, SourceRecord, Relation)
LEVELS = ("grid", "community", "street")


@dataclass(frozen=True, slots=True)
class CrowdGrid:
    """A grid with the divisions above it."""

    grid_id: int
    community_id: int
    street_id: int
    county_id: int


def crowd_registry(*, people: int, grids: Sequence[CrowdGrid]) -> int:
    """Add whole copies of the base until it holds so many people; return how many. For measuring only.

    Each copy has ids, tokens and places of its own and the same names; homes stay with their residents. No ledger, no
    facts. Indexes and foreign keys are taken off meanwhile and made again at the end.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        there = Entity.objects.filter(kind=PERSON).count()
        copies = max(0, -(-people // max(1, there)) - 1)
        with kernel.without_indexes(cursor, *FILLED):
            _lay_out(cursor, grids, copies)
            for statement in (_ENTITIES, _IDENTIFIERS, _RECORDS, _RELATIONS):
                cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in FILLED)}")  # noqa: SLF001  documented
    return Entity.objects.filter(kind=PERSON).count()


def _lay_out(cursor: Any, grids: Sequence[CrowdGrid], copies: int) -> None:
    """Put grids with their scope terms, and the numbers of the copies, into temporary tables."""
    cursor.execute(
        "CREATE TEMP TABLE crowd_grid (k int, kind text, grid_id bigint, community_id bigint, street_id bigint,"
        " county_id bigint, terms int[]) ON COMMIT DROP"
    )
    rows = [
        (k, kind, one.grid_id, one.community_id, one.street_id, one.county_id,
         [scope_term(kind, level, getattr(one, f"{level}_id")) for level in LEVELS])
        for k, one in enumerate(grids) for kind in KINDS
    ]  # fmt: skip
    with cursor.copy("COPY crowd_grid FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute("ANALYZE crowd_grid")
    cursor.execute("CREATE TEMP TABLE crowd_copy ON COMMIT DROP AS SELECT n FROM generate_series(1, %s) n", [copies])
    cursor.execute(
        "CREATE TEMP TABLE crowd_base ON COMMIT DROP AS SELECT e.*, g.k, g.terms AS scope FROM registry_entity e"
        " JOIN crowd_grid g ON g.grid_id = e.grid_id AND g.kind = e.kind"
    )
    cursor.execute("ANALYZE crowd_copy, crowd_base")


# A copy of an id is made from the id and the number of the copy, so relations of a copy meet its own entities.
_ID = "md5({0}::text || '/' || c.n)::uuid"
_ENTITIES = f"""
INSERT INTO registry_entity (id, kind, label, sort, attributes, sealed, origins, county_id, street_id, community_id,
    grid_id, registered_street_id, registered_community_id, subjects, terms, is_apart, is_due, changed_at)
SELECT {_ID.format("b.id")}, b.kind, b.label, b.sort, b.attributes, b.sealed, b.origins, g.county_id, g.street_id,
    g.community_id, g.grid_id, NULL, NULL, ARRAY(SELECT md5(s || c.n) || md5(s || -c.n) FROM unnest(b.subjects) s),
    ARRAY(SELECT unnest(b.terms) EXCEPT SELECT unnest(b.scope)) || g.terms, b.is_apart, false, b.changed_at
FROM crowd_copy c CROSS JOIN crowd_base b
JOIN crowd_grid g ON g.kind = b.kind AND g.k = (b.k + c.n) % (SELECT max(k) + 1 FROM crowd_grid)
"""  # noqa: S608  our own words
_IDENTIFIERS = f"""
INSERT INTO registry_identifier (entity_id, kind, element, token)
SELECT {_ID.format("b.id")}, i.kind, i.element, md5(i.token || c.n) || md5(i.token || -c.n)
FROM crowd_copy c CROSS JOIN crowd_base b JOIN registry_identifier i ON i.entity_id = b.id
"""  # noqa: S608  the same
_RECORDS = f"""
INSERT INTO registry_sourcerecord (id, source_id, key, entity_id, payload, digest, problems, is_verified, observed_at,
    confirmed_at, recorded_at, valid_from, valid_to, run, by)
SELECT {_ID.format("r.id")}, r.source_id, r.key || '/' || c.n, {_ID.format("b.id")}, r.payload, r.digest, r.problems,
    r.is_verified, r.observed_at, r.confirmed_at, r.recorded_at, r.valid_from, r.valid_to, r.run, r.by
FROM crowd_copy c CROSS JOIN crowd_base b JOIN registry_sourcerecord r ON r.entity_id = b.id
"""  # noqa: S608  the same
_RELATIONS = f"""
INSERT INTO registry_relation (id, bond, start_id, end_id, source_id, details, valid_from, valid_to, recorded_at,
    retracted_at, by)
SELECT {_ID.format("r.id")}, r.bond, {_ID.format("r.start_id")}, {_ID.format("r.end_id")}, r.source_id, r.details,
    r.valid_from, r.valid_to, r.recorded_at, r.retracted_at, r.by
FROM crowd_copy c CROSS JOIN registry_relation r
JOIN crowd_base s ON s.id = r.start_id JOIN crowd_base e ON e.id = r.end_id
"""  # noqa: S608  the same
