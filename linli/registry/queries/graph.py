"""What lies around an entity, two to four steps away, asked in SQL."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from linli.accounts import api as accounts
from linli.registry.queries.cards import Memory, briefs_seen
from linli.registry.rules.cards import Brief
from linli.registry.rules.graphs import Edge, Graph, Node

FEWEST, FARTHEST = 1, 4
FAN, MOST = 24, 120  # relations followed from one node, nodes in one picture

# Breadth first: each step follows at most FAN relations of a node that the viewer may see, both ways. Relations that
# hold on the day, as the base knew them at the moment.
_STEP = """
SELECT found.* FROM unnest(%(from)s::uuid[]) AS near(id) CROSS JOIN LATERAL (
    (SELECT r.bond, r.start_id, r.end_id, r.valid_from, r.valid_to FROM registry_relation r
     WHERE r.start_id = near.id AND r.recorded_at <= %(known)s
       AND (r.retracted_at IS NULL OR r.retracted_at > %(known)s)
       AND r.valid_from <= %(day)s AND (r.valid_to IS NULL OR r.valid_to > %(day)s) LIMIT %(fan)s)
    UNION ALL
    (SELECT r.bond, r.start_id, r.end_id, r.valid_from, r.valid_to FROM registry_relation r
     WHERE r.end_id = near.id AND r.recorded_at <= %(known)s
       AND (r.retracted_at IS NULL OR r.retracted_at > %(known)s)
       AND r.valid_from <= %(day)s AND (r.valid_to IS NULL OR r.valid_to > %(day)s) LIMIT %(fan)s)
) found
"""


@dataclass
class _Walk:
    """How far the walk has come."""

    steps: dict[UUID, int]
    edges: dict[tuple[Any, ...], Edge]
    is_cut: bool = False


def graph_around(
    middle: Brief, *, viewer: accounts.Actor, steps: int, on: date, known_at: datetime, memory: Memory | None = None
) -> Graph:
    """Return what lies at most so many steps (1 to 4) around an entity in the viewer's sight.

    Two queries for each step, whatever the graph: one for relations, one for whom the viewer may see. Somebody out of
    sight is a node without a name, and nothing behind is followed. At most 120 nodes.
    """
    walk, near, briefs = _Walk({middle.id: 0}, {}), [middle.id], {middle.id: middle}
    for step in range(1, min(max(steps, FEWEST), FARTHEST) + 1):
        reached = _reach(walk, near, step, on, known_at)
        briefs |= briefs_seen(reached, viewer, memory)
        near = [one for one in reached if one in briefs]
    nodes = tuple(Node(key, far, briefs.get(key)) for key, far in walk.steps.items())
    edges = tuple(edge for edge in walk.edges.values() if edge.start in walk.steps and edge.end in walk.steps)
    return Graph(middle.id, nodes, edges, walk.is_cut)


def _reach(walk: _Walk, near: list[UUID], step: int, on: date, known_at: datetime) -> list[UUID]:
    """Follow the relations of the outermost nodes and return the nodes that are new."""
    with connection.cursor() as cursor:
        cursor.execute(_STEP, {"from": near, "day": on, "known": known_at, "fan": FAN})
        rows = cursor.fetchall()
    reached: list[UUID] = []
    seen: dict[UUID, int] = {}
    for bond, start, end, valid_from, valid_to in rows:
        walk.edges[bond, start, end, valid_from] = Edge(bond, start, end, valid_from, valid_to)
        for key in (start, end):
            seen[key] = seen.get(key, 0) + 1
            if key in walk.steps:
                continue
            if len(walk.steps) >= MOST:
                walk.is_cut = True
                continue
            walk.steps[key] = step
            reached.append(key)
    walk.is_cut = walk.is_cut or any(seen.get(key, 0) >= FAN for key in near)
    return reached
