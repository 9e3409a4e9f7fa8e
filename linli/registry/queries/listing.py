"""The list of one kind: what the viewer may see, narrowed by words, a page at a time and never counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Entity, Tag
from linli.registry.models.tag import SENSITIVE
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.lists import listed
from linli.registry.queries.searching import condition_of_page, search_condition
from linli.registry.queries.sight import SEE, SENSITIVE_TAGS, parts_seen_by
from linli.registry.queries.tags import marks_of, names_of_tags, tags_seen_by
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.masks import LIST
from linli.registry.rules.tagging import tag_term
from linli.trust import api as trust

ORDER, SIZE, COUNTED = ("sort", "id"), 30, 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list is narrowed: the kind, words, a division or grid in the area, or only those who live elsewhere.

    `register` narrows to one list that communities keep, see `states.REGISTERS`; `tag_id` to those who bear a tag;
    `where` to those of whom a data element (one that lists show plainly) is so; `done` to those bearers of the tag
    with whom what it was made for is done, or is not.
    """

    kind: str = PERSON
    words: str = ""
    community_id: int | None = None
    grid_id: int | None = None
    elsewhere: bool = False
    register: str = ""
    tag_id: UUID | None = None
    where: tuple[str, str] = ("", "")
    done: bool | None = None


def grades_of_lists(lists: Sequence[Wanted]) -> list[int]:
    """Return the grades of lists by what narrows each: that of its highest element and tag; they rise with them.

    Words are compared with what is searched by pieces; numbers are in no list that is kept. One query at most.
    """
    ids = {one.tag_id for one in lists if one.tag_id}
    tags = dict(Tag.objects.filter(pk__in=ids).values_list("pk", "grade")) if ids else {}
    return [trust.highest_grade(_grades(one, tags)) for one in lists]


def _grades(wanted: Wanted, tags: Mapping[UUID, int]) -> Iterator[int]:
    elements, code = elements_of(wanted.kind), wanted.where[0]
    if wanted.words:
        yield from (one.grade for one in elements.values() if one.search == "fragment")
    if code:
        yield elements[code].grade if code in elements else SENSITIVE
    if wanted.tag_id:
        yield tags.get(wanted.tag_id, SENSITIVE)


def page_of(
    *, viewer: accounts.Actor, wanted: Wanted, cursor: str | None = None
) -> tuple[kernel.Page[Entity], Mapping[UUID, tuple[str, ...]]]:
    """Return a page in the order of the addresses, and the names of the tags on each row. Raises CursorError.

    Read within the second wall: one query, one or two more with words, and one more for tags where there are any.
    """
    parts, terms = _before_words(viewer, wanted, SEE)
    if parts and (wanted.words.strip() or terms):
        found = condition_of_page(
            wanted.words, wanted.kind, viewer, parts, also=terms, order=ORDER, cursor=cursor, size=SIZE
        )
        parts = [part.filter(found) for part in parts]
    with trust.sight(viewer, SEE):
        page = page_among(parts, wanted, cursor)
        return page, names_of_tags(page.items, viewer)


def page_among(parts: "list[QuerySet[Entity]]", wanted: Wanted, cursor: str | None) -> kernel.Page[Entity]:
    """Return a page of what is in any of these parts; one query. Raises CursorError."""
    if not parts:
        return kernel.Page((), None, None)
    rows = parts[0] if len(parts) == 1 else Entity.objects.filter(kind=wanted.kind)
    heads = rows.defer("terms", "sealed", "origins")
    return kernel.keyset_page(heads, order=ORDER, cursor=cursor, size=SIZE, among=parts if len(parts) > 1 else ())


def count_of(*, viewer: accounts.Actor, wanted: Wanted) -> int:
    """Return how many there are, at most 1,000: beyond that nobody reads the number."""
    parts = rows_of(viewer, wanted)
    if not parts:
        return 0
    with trust.sight(viewer, SEE):
        return kernel.count_among(parts, limit=COUNTED)


def rows_of(viewer: accounts.Actor, wanted: Wanted, capability: str = SEE) -> "list[QuerySet[Entity]]":
    """Return the wanted entities in the viewer's sight, in parts that have no row in common; none for no right.

    Words become ids here, outside the second wall, where the index of terms can be used; rows are read within it.
    """
    parts, terms = _before_words(viewer, wanted, capability)
    if parts and (wanted.words.strip() or terms):
        found = search_condition(wanted.words, wanted.kind, viewer, also=terms)
        parts = [part.filter(found) for part in parts]
    return parts


def _before_words(
    viewer: accounts.Actor, wanted: Wanted, capability: str
) -> "tuple[list[QuerySet[Entity]], list[int]]":
    """Return the parts narrowed by all but words, and the terms that the index is asked for besides them."""
    parts = parts_seen_by(viewer, wanted.kind, capability)
    tag = tags_seen_by(viewer, wanted.kind).filter(pk=wanted.tag_id).first() if parts and wanted.tag_id else None
    if wanted.tag_id and tag is None:
        return [], []
    if tag and tag.grade == SENSITIVE:
        open_to = trust.visible(viewer, SENSITIVE_TAGS, Entity.objects.filter(kind=wanted.kind)).values("pk")
        parts = [part.filter(pk__in=open_to) for part in parts]
    return [_narrowed(part, wanted) for part in parts], [tag_term(tag.id)] if tag else []


def _narrowed(rows: "QuerySet[Entity]", wanted: Wanted) -> "QuerySet[Entity]":
    if wanted.community_id:
        rows = rows.filter(community_id=wanted.community_id)
    if wanted.grid_id:
        rows = rows.filter(grid_id=wanted.grid_id)
    if wanted.register:
        rows = rows.filter(listed(wanted.register))
    if wanted.tag_id and wanted.done is not None:
        rows = rows.filter(
            Exists(marks_of(wanted.tag_id).filter(entity=OuterRef("pk"), done_at__isnull=not wanted.done))
        )
    code, value = wanted.where
    element = elements_of(wanted.kind).get(code)
    if code:
        is_open = element is not None and LIST.of(element) == "plain"
        rows = rows.filter(**{f"attributes__{code}": value}) if is_open else rows.none()
    return rows.filter(is_apart=True) if wanted.elsewhere else rows
