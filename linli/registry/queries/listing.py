"""The list of one kind: what the viewer may see, narrowed by words, a page at a time and never counted."""

from dataclasses import dataclass

from django.db.models import QuerySet

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Entity
from linli.registry.queries.searching import search_condition
from linli.registry.queries.sight import SEE, parts_seen_by
from linli.registry.rules.kinds import PERSON

ORDER, SIZE, COUNTED = ("sort", "id"), 30, 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list is narrowed: the kind, words, a division or grid in the area, or only those who live elsewhere."""

    kind: str = PERSON
    words: str = ""
    community_id: int | None = None
    grid_id: int | None = None
    elsewhere: bool = False


def page_of(*, viewer: accounts.Actor, wanted: Wanted, cursor: str | None = None) -> kernel.Page[Entity]:
    """Return a page in the order of the addresses; two queries with words, else one. Raises CursorError."""
    parts = rows_of(viewer, wanted)
    if not parts:
        return kernel.Page((), None, None)
    rows = parts[0] if len(parts) == 1 else Entity.objects.filter(kind=wanted.kind)
    heads = rows.defer("terms", "sealed", "origins")
    return kernel.keyset_page(heads, order=ORDER, cursor=cursor, size=SIZE, among=parts if len(parts) > 1 else ())


def count_of(*, viewer: accounts.Actor, wanted: Wanted) -> int:
    """Return how many there are, at most 1,000: beyond that nobody reads the number."""
    parts = rows_of(viewer, wanted)
    return kernel.count_among(parts, limit=COUNTED) if parts else 0


def rows_of(viewer: accounts.Actor, wanted: Wanted, capability: str = SEE) -> "list[QuerySet[Entity]]":
    """Return the wanted entities in the viewer's sight, in parts that have no row in common; none for no right."""
    parts = parts_seen_by(viewer, wanted.kind, capability)
    if parts and wanted.words.strip():
        found = search_condition(wanted.words, wanted.kind, viewer)
        parts = [part.filter(found) for part in parts]
    return [_narrowed(part, wanted) for part in parts]


def _narrowed(rows: "QuerySet[Entity]", wanted: Wanted) -> "QuerySet[Entity]":
    if wanted.community_id:
        rows = rows.filter(community_id=wanted.community_id)
    if wanted.grid_id:
        rows = rows.filter(grid_id=wanted.grid_id)
    return rows.filter(is_apart=True) if wanted.elsewhere else rows
