"""To which records paths lead from others 路径终点: who is asked for what a form lacks of a household or an owner."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from linli.accounts import api as accounts
from linli.registry.queries.filling import among, followed, visits_to
from linli.registry.queries.sight import SEE, entities_seen_by
from linli.registry.rules.filling import End
from linli.registry.rules.ways import WAYS, along
from linli.trust import api as trust

SAME_DOOR = frozenset({"household", "head", "home"})  # who is there is met at the same door as whoever the row is about


def ends_of(
    *, ids: Sequence[UUID], paths: Iterable[str], viewer: accounts.Actor, on: date
) -> dict[str, dict[UUID, End]]:  # fmt: skip
    """Return for each path that leads to another record, and for each of these, where it leads; nobody out of sight."""
    found: dict[str, dict[UUID, End]] = {}
    by_way: dict[tuple[str, tuple[str, ...]], dict[UUID, End]] = {}
    for path in paths:
        led = along(path)
        if led is None or not led[0]:
            continue
        way = path.partition(".")[0], led[0]
        if way not in by_way:
            by_way[way] = _ends(way[0], led[0], ids, viewer, on)
        found[path] = by_way[way]
    return found


def _ends(
    kind: str, words: tuple[str, ...], ids: Sequence[UUID], viewer: accounts.Actor, on: date
) -> dict[UUID, End]:  # fmt: skip
    first, starts = kind, {str(one): str(one) for one in ids}
    ends: Mapping[str, str] = starts
    for word in words:
        way = WAYS[kind, word]
        ends, kind = followed(ends, way, on), way.kind
    with trust.sight(viewer, SEE):
        rows = entities_seen_by(viewer, kind).filter(among("id", set(ends.values())), merged_into=None)
        seen = {str(key): (key, place) for key, *place in rows.values_list("pk", "community_id", "grid_id")}
    same_door = set(words) <= SAME_DOOR
    visits = (
        visits_to(first, list(ids), on) if same_door else visits_to(kind, [key for key, _place in seen.values()], on)
    )
    found = {}
    for row, end in ends.items():
        if end in seen:
            entity, (community, grid) = seen[end]
            found[UUID(row)] = End(entity, (community, grid), visits[UUID(row) if same_door else entity])
    return found
