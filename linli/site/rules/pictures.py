"""The picture of who belongs to whom, as numbers for an SVG: nodes with their words, lines with theirs."""

from typing import Any

from linli.registry import api as registry

WIDE, TALL = 132, 34  # of a node, in units of the picture
SHOWN = 11  # characters of a title


def picture_of(graph: registry.Graph) -> dict[str, Any]:
    """Return view box, nodes and lines, and how much there is."""
    spots = {spot.node.id: spot for spot in registry.laid_out(graph)}
    reach_x = max((abs(spot.x) for spot in spots.values()), default=0) + WIDE
    reach_y = max((abs(spot.y) for spot in spots.values()), default=0) + TALL * 1.5
    return {
        "box": f"{-reach_x:.0f} {-reach_y:.0f} {2 * reach_x:.0f} {2 * reach_y:.0f}",
        "nodes": [_node(spot) for spot in spots.values()],
        "lines": [_line(edge, spots) for edge in graph.edges],
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


def _line(edge: registry.Edge, spots: dict[Any, registry.Spot]) -> dict[str, Any]:
    start, end = spots[edge.start], spots[edge.end]
    return {
        "x1": f"{start.x:.1f}", "y1": f"{start.y:.1f}", "x2": f"{end.x:.1f}", "y2": f"{end.y:.1f}",
        "mx": f"{(start.x + end.x) / 2:.1f}", "my": f"{(start.y + end.y) / 2 - 3:.1f}",
        "label": registry.BONDS[edge.bond].label,
    }  # fmt: skip
