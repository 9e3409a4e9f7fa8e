"""The picture of who belongs to whom, as numbers for an SVG: nodes with their words, lines with theirs."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import pgettext

from linli.registry import api as registry

WIDE, TALL, EDGE = 150, 34, 12  # of a node and around the picture, in its units
SHOWN = 10  # characters of a title
DRAWN = 40  # nodes at most: more can't be read; the list has them all


def picture_of(graph: registry.Graph) -> dict[str, Any]:
    """Return view box, nodes and lines, and how much there is."""
    drawn = _nearest(graph)
    spots = {spot.node.id: spot for spot in registry.laid_out(drawn)}
    return {
        **_box(spots.values()),
        "wide": WIDE,
        "tall": TALL,
        "nodes": [_node(spot) for spot in spots.values()],
        "lines": _lines(drawn, spots),
        "is_cut": graph.is_cut or len(drawn.nodes) < len(graph.nodes),
        "count": len(graph.nodes),
        "listed": [node for node in graph.nodes if node.steps],
    }


def _node(spot: registry.Spot) -> dict[str, Any]:
    brief = spot.node.brief
    title = brief.title if brief else ""
    return {
        "left": f"{spot.x - WIDE / 2:.1f}",
        "top": f"{spot.y - TALL / 2:.1f}",
        "x": f"{spot.x:.1f}",
        "y": f"{spot.y + 5:.1f}",
        "title": title,
        "short": title if len(title) <= SHOWN else f"{title[: SHOWN - 1]}…",
        "kind": brief.kind if brief else "unseen",
        "steps": spot.node.steps,
    }


def _nearest(graph: registry.Graph) -> registry.Graph:
    """Return the part of a graph that can be drawn: the nodes with the fewest steps."""
    nodes = tuple(sorted(graph.nodes, key=lambda node: node.steps)[:DRAWN])
    kept = {node.id for node in nodes}
    edges = tuple(edge for edge in graph.edges if edge.start in kept and edge.end in kept)
    return registry.Graph(graph.middle, nodes, edges, graph.is_cut)


def _box(spots: Collection[registry.Spot]) -> dict[str, str]:
    """Return the view box, what is drawn and an edge around it, and its width."""
    left, right = min(spot.x for spot in spots) - WIDE / 2, max(spot.x for spot in spots) + WIDE / 2
    top, bottom = min(spot.y for spot in spots) - TALL / 2, max(spot.y for spot in spots) + TALL / 2
    across, down = right - left + 2 * EDGE, bottom - top + 2 * EDGE
    return {"box": f"{left - EDGE:.0f} {top - EDGE:.0f} {across:.0f} {down:.0f}", "across": f"{across:.0f}"}


def _lines(graph: registry.Graph, spots: Mapping[UUID, registry.Spot]) -> list[dict[str, Any]]:
    """Return one line for each pair; who lives where they are registered has both words on it."""
    pairs: dict[tuple[UUID, UUID], list[str]] = {}
    for edge in graph.edges:
        words = pairs.setdefault((edge.start, edge.end), [])
        if (label := str(registry.BONDS[edge.bond].label)) not in words:
            words.append(label)
    joint = pgettext("between names", ", ")
    return [_line(spots[start], spots[end], joint.join(words)) for (start, end), words in pairs.items()]


def _line(start: registry.Spot, end: registry.Spot, label: str) -> dict[str, Any]:
    return {
        "x1": f"{start.x:.1f}", "y1": f"{start.y:.1f}", "x2": f"{end.x:.1f}", "y2": f"{end.y:.1f}",
        "mx": f"{(start.x + end.x) / 2:.1f}", "my": f"{(start.y + end.y) / 2 - 3:.1f}",
        "label": label,
    }  # fmt: skip
