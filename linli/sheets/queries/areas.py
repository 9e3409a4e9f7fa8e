"""The rows of a table by area: those that the issuer wrote into it, else the areas below the one it is filled for."""

from collections.abc import Iterator, Mapping, Sequence

from linli.regions import api as regions
from linli.sheets.models import Column, Part
from linli.sheets.rules.counting import TOTAL, key_of
from linli.sheets.rules.grids import Grid
from linli.sheets.rules.reading import read_book
from linli.sheets.rules.scopes import Scope, speaks_of_grids

SELF, STREET, COMMUNITY, GRID = "self", "street", "community", "grid"
LEVELS = {STREET: 4, COMMUNITY: 5}
NAMES = {level: name for name, level in LEVELS.items()} | {3: "county"}
Row = tuple[str, str]  # key and name


def area_rows(part: Part, scope: Scope, columns: Sequence[Column]) -> list[Row]:
    """Return the rows of a table by area, each as (key, name).

    A name of the issuer's that no area bears, or several, keeps its row under a key of its own: a hand fills it.
    """
    top = scope.division_id or part.form.division_id
    if named := _prefilled(part, columns):
        known, seen = [*_below(top), *_itself(top)], set[str]()
        rows = []
        for place, name in enumerate(named):
            key = key_of(name, known)
            rows.append((f"row:{place}" if not key or key in seen else key, name))
            seen.add(key)
        return rows
    return list(_itself(top) if scope.level == SELF else _of_level(top, scope.level))


def level_for(part: Part, words: Sequence[str], division_id: int) -> str:
    """Return what a row most likely is, by the words of a form and the room that it leaves."""
    said, level = " ".join(words), regions.division(division_id).level
    if speaks_of_grids(said):
        return GRID
    if part.last == part.first and level == LEVELS[COMMUNITY]:
        return SELF
    return GRID if level == LEVELS[COMMUNITY] else COMMUNITY


def level_of(key: str) -> tuple[str, int]:
    """Return the level and id of an area from its key; ("", 0) for a row that is no area."""
    what, _colon, number = key.partition(":")
    if what == GRID:
        return GRID, int(number)
    if what != "division":
        return "", 0
    return NAMES.get(regions.division(int(number)).level, ""), int(number)


def grid_of(part: Part, content: bytes = b"") -> Grid:
    """Return the sheet of the issuer's own file (`content` where it is at hand) in which a table stands."""
    if not content:
        with part.form.file.storage.open(str(part.form.file.name)) as file:
            content = bytes(file.read())
    return read_book(content, part.form.file_name).grids[part.grid]


def _prefilled(part: Part, columns: Sequence[Column]) -> list[str]:
    """Return the names that the issuer wrote into the rows to fill."""
    column = next((one for one in columns if one.transform["kind"] == "area"), None)
    if column is None or part.last < part.first:
        return []
    grid = grid_of(part)
    names = [grid.value(row, column.index) for row in range(part.first, part.last + 1)]
    words = ["" if one is None else str(one).strip() for one in names]
    return words if words and all(words) else []


def _itself(division_id: int) -> Iterator[Row]:
    one = regions.division(division_id)
    yield f"division:{one.id}", one.name


def _of_level(division_id: int, level: str) -> Iterator[Row]:
    wanted = LEVELS.get(level)
    yield from (row for row in _below(division_id) if _is_of(row[0], wanted))


def _is_of(key: str, wanted: int | None) -> bool:
    what, _colon, number = key.partition(":")
    return (what == GRID) if wanted is None else what == "division" and regions.division(int(number)).level == wanted


def _below(division_id: int) -> Iterator[Row]:
    """Yield everything below a division in the order of the tree, each community before its grids; one query."""
    grids: dict[int, list[Row]] = {}
    rows = regions.Grid.objects.filter(community_id__in=regions.descendants(division_id), retired_at=None)
    for key, name, community in rows.order_by("code").values_list("pk", "name", "community_id"):
        grids.setdefault(community, []).append((f"{GRID}:{key}", name))
    yield from _walked(division_id, grids)


def _walked(division_id: int, grids: Mapping[int, Sequence[Row]]) -> Iterator[Row]:
    for one in regions.children(division_id):
        yield f"division:{one.id}", one.name
        yield from _walked(one.id, grids)
    yield from grids.get(division_id, ())


__all__ = ["COMMUNITY", "GRID", "SELF", "STREET", "TOTAL", "area_rows", "grid_of", "level_for", "level_of"]
