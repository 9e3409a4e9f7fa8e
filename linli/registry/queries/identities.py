"""Who is who: keys of sources, what was decided about them, and where an old id leads."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from linli.registry.models import Entity, Identity, IdentityRule
from linli.registry.models.deed import PIN

Key = tuple[str, str]  # source and its key


@dataclass(frozen=True, slots=True)
class IdentityOf:
    """One key of a source and the entity it means."""

    id: int
    source: str
    key: str
    kind: str
    entity_id: UUID


def identities_of(ids: Iterable[int]) -> dict[int, IdentityOf]:
    """Return keys of sources by the number of their identity. One query."""
    return {row.id: _of(row) for row in Identity.objects.filter(pk__in=list(ids))}


def identities_by_key(kind: str, source: str, keys: Iterable[str]) -> dict[str, IdentityOf]:
    """Return what the keys of a source mean. One query."""
    rows = Identity.objects.filter(kind=kind, source_id=source, key__in=list(keys))
    return {row.key: _of(row) for row in rows}


def survivor_of(entity_id: UUID) -> UUID:
    """Return the entity that an id leads to after all merges."""
    seen = entity_id
    while (following := Entity.objects.filter(pk=seen).values_list("merged_into", flat=True).first()) is not None:
        seen = following
    return seen


def absorbed_by(ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the entities that were merged into each of these, over several steps too. One query for each step."""
    found: dict[UUID, list[UUID]] = {}
    asked = {one: one for one in ids}
    while asked:
        rows = Entity.objects.filter(merged_into__in=list(asked)).values_list("id", "merged_into")
        asked = {old: asked[into] for old, into in rows if into is not None}
        for old, last in asked.items():
            found.setdefault(last, []).append(old)
    return found


def rules_of(kind: str, keys: Collection[Key]) -> list[IdentityRule]:
    """Return what is decided about these keys, either way round. One query."""
    sources, names = {source for source, _key in keys}, {key for _source, key in keys}
    either = Q(source__in=sources, key__in=names) | Q(other_source__in=sources, other_key__in=names)
    rows = IdentityRule.objects.filter(either, kind=kind, ended_at=None)
    wanted = set(keys)
    return [row for row in rows if (row.source, row.key) in wanted or (row.other_source, row.other_key) in wanted]


def decided(kind: str, source: str, keys: Collection[str]) -> tuple[dict[str, UUID], dict[str, set[UUID]]]:
    """Return for keys not seen before whom they are pinned to, and whom they may never be. At most two queries."""
    rules = rules_of(kind, [(source, key) for key in keys])
    if not rules:
        return {}, {}
    others = {_other(row, source, keys)[1] for row in rules}
    owners = _owners(kind, others)
    pinned: dict[str, UUID] = {}
    banned: dict[str, set[UUID]] = {}
    for row in rules:
        key, other = _other(row, source, keys)
        if other not in owners:
            continue
        if row.verdict == PIN:
            pinned[key] = owners[other]
        else:
            banned.setdefault(key, set()).add(owners[other])
    return pinned, banned


def forbidden_between(kind: str, one: Collection[Key], other: Collection[Key]) -> bool:
    """Tell whether any key of the one may never be one with any of the other. One query."""
    these, those = set(one), set(other)
    for row in rules_of(kind, one):
        a, b = (row.source, row.key), (row.other_source, row.other_key)
        if row.verdict != PIN and ((a in these and b in those) or (a in those and b in these)):
            return True
    return False


def decided_pairs(kind: str, whom: Collection[IdentityOf]) -> set[tuple[int, int]]:
    """Return the pairs of these identities, the lower first, about which somebody decided. One query."""
    numbers = {(one.source, one.key): one.id for one in whom}
    rows = [((row.source, row.key), (row.other_source, row.other_key)) for row in rules_of(kind, list(numbers))]
    pairs = [(numbers[one], numbers[other]) for one, other in rows if one in numbers and other in numbers]
    return {(min(pair), max(pair)) for pair in pairs}


def _owners(kind: str, keys: Collection[Key]) -> Mapping[Key, UUID]:
    rows = Identity.objects.filter(kind=kind, key__in=[key for _source, key in keys])
    return {(row.source_id, row.key): row.entity_id for row in rows}


def _other(row: IdentityRule, source: str, keys: Collection[str]) -> tuple[str, Key]:
    if row.source == source and row.key in keys:
        return row.key, (row.other_source, row.other_key)
    return row.other_key, (row.source, row.key)


def _of(row: Identity) -> IdentityOf:
    return IdentityOf(row.id, row.source_id, row.key, row.kind, row.entity_id)
