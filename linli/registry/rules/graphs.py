"""A picture of who belongs to whom: the nodes and edges around one entity, and where each stands on paper."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linli.registry.rules.cards import Brief

RING, ABREAST, WIDER = 130.0, 8, 1.6  # between two rings; nodes that the innermost has room for; wider than tall


@dataclass(frozen=True, slots=True)
class Node:
    """An entity some steps away from the middle. `brief` is None for somebody the viewer may not see."""

    id: UUID
    steps: int
    brief: Brief | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes."""

    bond: str
    start: UUID
    end: UUID
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Graph:
    """What lies around an entity. `is_cut` says that there is more than is shown."""

    middle: UUID
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a node stands, in units of the picture, the middle at (0, 0)."""

    node: Node
    x: float
    y: float


def laid_out(graph: Graph) -> list[Spot]:
    """Return a place for each node: rings by steps; who hangs on the same node stands together."""
    order, reach = _beside(graph), 0.0
    spots: list[Spot] = []
    for steps in sorted({node.steps for node in graph.nodes}):
        ring = sorted((node for node in graph.nodes if node.steps == steps), key=lambda node: order[node.id])
        reach = max(reach + RING, RING * len(ring) / ABREAST) if steps else 0.0
        spots += [_spot(node, number, len(ring), reach) for number, node in enumerate(ring)]
    return spots


def _spot(node: Node, number: int, count: int, reach: float) -> Spot:
    angle = 2 * math.pi * number / count - math.pi / 2
    return Spot(node, round(WIDER * reach * math.cos(angle), 1), round(reach * math.sin(angle), 1))


def _beside(graph: Graph) -> dict[UUID, tuple[float, str]]:
    """Return for each node the position of the node nearer to the middle that it hangs on."""
    by_steps = {node.id: node.steps for node in graph.nodes}
    order: dict[UUID, tuple[float, str]] = {}
    for node in sorted(graph.nodes, key=lambda one: (one.steps, str(one.id))):
        nearer = [order[one] for one in _neighbours(graph.edges, node.id) if by_steps.get(one, 99) < node.steps]
        order[node.id] = (min(nearer)[0] if nearer else len(order), str(node.id))
    ranked = sorted(order, key=lambda key: order[key])
    return {key: (float(number), str(key)) for number, key in enumerate(ranked)}


def _neighbours(edges: Sequence[Edge], key: UUID) -> list[UUID]:
    return [edge.end if edge.start == key else edge.start for edge in edges if key in (edge.start, edge.end)]
