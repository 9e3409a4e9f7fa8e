"""The place named in a text, from an index of all names in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from linli.regions.models import Division, FormerName, Grid, PlaceAlias, PlaceName
from linli.regions.queries import places
from linli.regions.queries import tree as trees
from linli.regions.queries.place_names import heirs_of
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
    today = [*_division_names(tree, entries), *_grid_names(entries), *_alias_names(entries)]
    borne = {name for name, certain, _entry in today if certain}
    known = {(name, entry.division_id): entry for name, _certain, entry in today if entry.level == "place"}
    before = (*_before(tree, entries), *_other_names(entries, known))
    return Gazetteer((*today, *(one for one in before if one[0] not in borne)))


def place_from_text(text: str) -> TextPlace | None:
    """Return the street, community, grid or known place that the text names, or None.

    The longest and most specific name wins. A name that several places bear is resolved by a street or community also
    named; if different places remain, the street that holds them all, else None.
    """
    return _gazetteer.get().find(text)


_gazetteer = Snapshot(load_gazetteer, names=("divisions", "grids", "aliases", "names"))


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


def _before(tree: trees.Tree, entries: dict[int, Entry]) -> Iterator[Named]:
    """Yield what divisions were called before: renamed, moved, merged and split, and names that somebody wrote down."""
    heirs = heirs_of()
    renamed = FormerName.objects.values_list("name", "division_id")
    said = PlaceName.objects.filter(withdrawn_at=None, address=None).values_list("name", "division_id")
    closed = ((tree.by_id[old].name, old) for old in heirs)
    for name, pk in [*renamed, *said, *closed]:
        for one in heirs.get(pk or 0, [pk]):
            if one in entries and tree.by_id[one].name != name:
                yield from _forms(name, replace(entries[one], today=tree.by_id[one].name))


def _forms(name: str, entry: Entry) -> Iterable[Named]:
    forms = names.community_forms if entry.level == "community" else names.street_forms
    return [(form, certain, entry) for form, certain in forms(name)]


def _other_names(entries: dict[int, Entry], known: dict[tuple[str, int], Entry]) -> Iterator[Named]:
    """Yield the other names of roads, estates and villages; one known as a place already keeps its point and grid."""
    heirs = heirs_of()
    rows = PlaceName.objects.filter(withdrawn_at=None, address__parent=None)
    fields = ("name", "address_id", "address__name", "address__division_id")
    for name, pk, today, division_id in rows.order_by("id").values_list(*fields):
        for one in heirs.get(division_id, [division_id]):
            if one in entries:
                here = entries[one]
                made = Entry(f"a{pk}", "place", one, (*here.chain, f"a{pk}"))
                yield name, True, replace(known.get((today, one), made), today=today)
