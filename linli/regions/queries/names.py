"""The place named in a text, from an index of all names in memory."""

from collections.abc import Iterator

from linli.regions.models import Division, Grid, PlaceAlias
from linli.regions.queries import places
from linli.regions.queries import tree as trees
from linli.regions.queries.snapshot import Snapshot
from linli.regions.rules import names
from linli.regions.rules.gazetteer import Entry, Gazetteer, Level, TextPlace

Named = tuple[str, bool, Entry]
_LEVELS: dict[int, Level] = {
    Division.Level.COUNTY: "county",
    Division.Level.STREET: "street",
    Division.Level.COMMUNITY: "community",
}


def load_gazetteer() -> Gazetteer:
    """Index the names of every county that is recorded down to its communities, with their grids and aliases.

    Counties known only by the national table stay out: their thousands of streets would answer for the node's own.
    """
    tree = trees.tree()
    entries = {info.id: _entry(tree, info) for info in _own_divisions(tree)}
    return Gazetteer((*_division_names(tree, entries), *_grid_names(entries), *_alias_names(entries)))


def place_from_text(text: str) -> TextPlace | None:
    """Return the street, community, grid or known place that the text names, or None.

    The longest and most specific name wins. A name that several places bear is resolved by a street or community also
    named; if different places remain, the street that holds them all, else None.
    """
    return _gazetteer.get().find(text)


_gazetteer = Snapshot(load_gazetteer, names=("divisions", "grids", "aliases"))


def _own_divisions(tree: trees.Tree) -> list[trees.DivisionInfo]:
    communities = [info for info in tree.by_code.values() if info.level == Division.Level.COMMUNITY]
    streets = {info.parent_id for info in communities if info.parent_id}
    tops = {tree.by_id[street].parent_id for street in streets}
    own = [
        info for info in tree.by_code.values() if info.id in tops or info.parent_id in tops or info.parent_id in streets
    ]
    return [info for info in own if info.level in _LEVELS]


def _entry(tree: trees.Tree, info: trees.DivisionInfo) -> Entry:
    chain = tuple(f"d{above}" for above in info.path if tree.by_id[above].level >= Division.Level.COUNTY)
    return Entry(f"d{info.id}", _LEVELS[info.level], info.id, chain)


def _division_names(tree: trees.Tree, entries: dict[int, Entry]) -> Iterator[Named]:
    forms = {"county": names.plain_forms, "street": names.street_forms, "community": names.community_forms}
    for pk, entry in entries.items():
        for form, certain in forms[entry.level](tree.by_id[pk].name):
            yield form, certain, entry


def _grid_names(entries: dict[int, Entry]) -> Iterator[Named]:
    rows = Grid.objects.filter(retired_at=None, community_id__in=entries).order_by("code")
    for pk, community_id, name in rows.values_list("id", "community_id", "name"):
        key = f"g{pk}"
        entry = Entry(key, "grid", community_id, (*entries[community_id].chain, key), grid_id=pk)
        for form, certain in names.grid_forms(name):
            yield form, certain, entry


def _alias_names(entries: dict[int, Entry]) -> Iterator[Named]:
    rows = PlaceAlias.objects.filter(division_id__in=entries).order_by("id")
    for pk, name, division_id, lng, lat in rows.values_list("id", "name", "division_id", "lng", "lat"):
        key = f"p{pk}"
        spot = places.locate(lng, lat) if lng is not None and lat is not None else None
        grid_id = spot.grid_id if spot and division_id in {spot.community_id, spot.street_id} else None
        chain = (*entries[division_id].chain, *((f"g{grid_id}",) if grid_id else ()), key)
        entry = Entry(key, "place", division_id, chain, grid_id=grid_id, lng=lng, lat=lat)
        for form, certain in names.plain_forms(name):
            yield form, certain, entry
