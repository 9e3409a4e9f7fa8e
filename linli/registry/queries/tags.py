"""Tags in force, who may see them, and who bears them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, UUIDField

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import slots
from linli.registry.models import Entity, SavedList, Tag, TagMark
from linli.registry.models.tag import SENSITIVE
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.sight import SEE, SENSITIVE_TAGS, covers
from linli.registry.rules.tagging import TagRule, TagRuleError, read_rule

REVISION = "registry.tags"
MOST_SAVED, MOST_TO_CHOOSE = 50, 60


@dataclass(frozen=True, slots=True)
class TagInfo:
    """A tag in force, as the projection asks it."""

    id: UUID
    division_id: int
    rule: TagRule | None
    expires_on: date | None
    areas: tuple[int, ...] = ()

    def reaches(self, area: Mapping[str, Any]) -> bool:
        """Tell whether area columns of an entity lie where the tag holds."""
        return lies_in(self.division_id, area) and (not self.areas or any(lies_in(one, area) for one in self.areas))


_held: tuple[int, dict[str, list[TagInfo]]] = (-1, {})


def tags_in_force(kind: str) -> list[TagInfo]:
    """Return the tags of a kind that are not retired, from memory."""
    global _held  # noqa: PLW0603  the index is one per process
    present = kernel.revision(REVISION)
    if _held[0] != present:
        found: dict[str, list[TagInfo]] = {}
        for row in Tag.objects.filter(retired_at=None).order_by("id"):
            info = TagInfo(row.id, row.division_id, _rule(row), row.expires_on, tuple(row.areas))
            found.setdefault(row.kind, []).append(info)
        _held = (present, found)
    return _held[1].get(kind, [])


def tags_seen_by(viewer: accounts.Actor, kind: str = "") -> "QuerySet[Tag]":
    """Return the tags that somebody may know of: those of the areas above and below the own, sensitive ones with right.

    A sensitive tag is known where the capability for it reaches.
    """
    rows = Tag.objects.filter(retired_at=None, **({"kind": kind} if kind else {})).order_by("kind", "name", "id")
    if viewer.kind == "system":
        return rows
    plain = Q(grade__lt=SENSITIVE, division_id__in=_around(viewer, SEE))
    return rows.filter(plain | Q(grade=SENSITIVE, division_id__in=_around(viewer, SENSITIVE_TAGS)))


def tags_to_choose(viewer: accounts.Actor, kind: str, *, by_hand: bool = False) -> list[Tag]:
    """Return the tags of a kind that somebody may know of, at most 60; `by_hand` those that people give now.

    One query, none where nobody has made a tag of the kind.
    """
    if not tags_in_force(kind):
        return []
    rows = tags_seen_by(viewer, kind)
    return list((rows.filter(rule=None, ended_at=None) if by_hand else rows)[:MOST_TO_CHOOSE])


def names_of_tags(entities: Collection[Entity], viewer: accounts.Actor) -> Mapping[UUID, tuple[str, ...]]:
    """Return the names of the tags that the viewer may see on each entity. One query for all, none without tags."""
    if not any(tags_in_force(kind) for kind in {one.kind for one in entities}):
        return {}
    by_id = {one.id: one for one in entities}
    found: dict[UUID, list[str]] = {}
    rows = TagMark.objects.filter(entity_id__in=by_id, ended_at=None, tag__retired_at=None)
    for key, name, grade in rows.order_by("tag__name").values_list("entity_id", "tag__name", "tag__grade"):
        if grade < SENSITIVE or may_see_sensitive(viewer, by_id[key]):
            found.setdefault(key, []).append(name)
    return {key: tuple(names) for key, names in found.items()}


def may_see_sensitive(viewer: accounts.Actor, entity: Entity) -> bool:
    """Tell whether sensitive tags of an entity at hand may be seen: the post that allows it covers the entity."""
    return viewer.kind == "system" or any(covers(held, entity) for held in viewer.holdings_with(SENSITIVE_TAGS))


def marked_by(kind: str, ids: Collection[UUID], today: date) -> dict[UUID, dict[UUID, bool]]:
    """Return the marks in force of these entities: {entity: {tag: given by its rule}}. One query, none without tags."""
    if not tags_in_force(kind):
        return {}
    rows = TagMark.objects.filter(Q(until=None) | Q(until__gte=today), entity_id__in=ids, ended_at=None)
    found: dict[UUID, dict[UUID, bool]] = {}
    for entity, tag, is_ruled in rows.values_list("entity_id", "tag_id", "is_ruled"):
        found.setdefault(entity, {})[tag] = is_ruled
    return found


def exempt_marks(ids: Collection[UUID], tags: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Return for which of these entities a person decided that the rule of which of these tags does not fit."""
    rows = TagMark.objects.filter(entity_id__in=ids, tag_id__in=tags, is_exempt=True)
    return list(rows.values_list("entity_id", "tag_id"))


def marks_of(tag_id: UUID) -> "QuerySet[TagMark]":
    """Return the marks of a tag that have not ended."""
    return TagMark.objects.filter(tag_id=tag_id, ended_at=None)


def tags_on(occasion: str, key: str, *, viewer: accounts.Actor) -> list[Tag]:
    """Return the tags made on an occasion that somebody may know of, by kind and name."""
    return list(tags_seen_by(viewer).filter(occasion=occasion, occasion_key=key))


def happening_of(tag: Tag, viewer: accounts.Actor) -> slots.Happening | None:
    """Return the occasion of a tag where the viewer may know of it."""
    return (
        slots.occasions.get(tag.occasion).known([tag.occasion_key], viewer=viewer).get(tag.occasion_key)
        if tag.occasion
        else None
    )


def passing_tags(viewer: accounts.Actor, today: date) -> list[Tag]:
    """Return the tags of tasks and events that somebody may know of now, what is over soonest first."""
    rows = tags_seen_by(viewer).exclude(about=Tag.About.STANDING)
    begun = Q(begins_on=None) | Q(begins_on__lte=today)
    going_on = Q(expires_on=None) | Q(expires_on__gte=today)
    return list(rows.filter(begun & going_on).order_by(F("expires_on").asc(nulls_last=True), "name", "id")[:MOST_SAVED])


def lies_in(division_id: int, area: Mapping[str, Any]) -> bool:
    """Tell whether area columns of an entity lie in a division."""
    own = area.get("community_id") or area.get("street_id") or area.get("county_id")
    return bool(own) and division_id in regions.division(int(own)).path  # type: ignore[arg-type]


def saved_lists(viewer: accounts.Actor) -> list[SavedList]:
    """Return the lists that somebody saved, by name."""
    return _SAVED.rows(person=viewer.person_id) if viewer.person_id else []


_PERSON = kernel.given("person", UUIDField())
_SAVED = kernel.Compiled(lambda: SavedList.objects.filter(person_id=_PERSON).order_by("name")[:MOST_SAVED])


def _around(viewer: accounts.Actor, capability: str) -> set[int]:
    found: set[int] = set()
    for held in viewer.holdings_with(capability):
        found |= set(regions.division(held.division_id).path) | regions.descendants(held.division_id)
    return found


def _rule(row: Tag) -> TagRule | None:
    """Return the rule of a tag; one whose element was retired in the meantime holds for nobody."""
    if row.rule is None:
        return None
    try:
        return read_rule(row.rule, elements_of(row.kind))
    except TagRuleError:
        return TagRule("or", ())
