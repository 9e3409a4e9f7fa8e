"""The picture of who belongs to whom, as numbers for an SVG: nodes with their words, lines with theirs."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import pgettext

from linli.registry import api as registry

WIDE, TALL, EDGE = 150, 34, 12  # of a node and around the picture, in its units
SHOWN = 10  # characters of a title


def picture_of(graph: registry.Graph) -> dict[str, Any]:
    """Return view box, nodes and lines, and how much there is."""
    spots = {spot.node.id: spot for spot in registry.laid_out(graph)}
    return {
        "box": _box(spots.values()),
        "wide": WIDE,
        "tall": TALL,
        "nodes": [_node(spot) for spot in spots.values()],
        "lines": _lines(graph, spots),
        "is_cut": graph.is_cut,
        "people": sum(1 for spot in spots.values() if spot.node.brief and spot.node.brief.kind == "person"),
        "count": len(spots),
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


def _box(spots: Collection[registry.Spot]) -> str:
    """Return the view box: what is drawn, and an edge around it."""
    left, right = min(spot.x for spot in spots) - WIDE / 2, max(spot.x for spot in spots) + WIDE / 2
    top, bottom = min(spot.y for spot in spots) - TALL / 2, max(spot.y for spot in spots) + TALL / 2
    return f"{left - EDGE:.0f} {top - EDGE:.0f} {right - left + 2 * EDGE:.0f} {bottom - top + 2 * EDGE:.0f}"


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
