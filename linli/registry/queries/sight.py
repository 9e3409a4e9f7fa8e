"""Which entities somebody may see. Lists, search, counts, cards, graphs and exports all begin here."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Q, QuerySet, UUIDField

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry.models import Entity
from linli.registry.rules.masks import Clearance, clearance_of
from linli.registry.rules.terms import scope_term
from linli.trust import api as trust

SEE, REVEAL, SENSITIVE, EXPORT = "registry.see", "registry.reveal", "registry.sensitive", "registry.export"
KEEP, TAGS, SENSITIVE_TAGS = "registry.keep", "registry.tags", "registry.tags.sensitive"
FIELD_OF_LEVEL = {3: "county_id", 4: "street_id", 5: "community_id"}
SCOPED = {4: "street", 5: "community"}


def entities_seen_by(actor: accounts.Actor, kind: str = "") -> "QuerySet[Entity]":
    """Return the entities that somebody may see, of one kind or of all."""
    return trust.visible(actor, SEE, _of_kind(kind))


def heads_seen(actor: accounts.Actor, ids: Iterable[UUID]) -> list[Entity]:
    """Return those of these entities that somebody may see, of all kinds, without search terms and sealed values."""
    wanted = list(ids)
    return _heads(actor, kernel.revision("divisions")).rows(ids=wanted) if wanted else []


@lru_cache(maxsize=512)
def _heads(actor: accounts.Actor, _divisions: int) -> "kernel.Compiled[Entity]":
    """Return the query of one actor, as long as the posts and the divisions that it is made of stay what they are."""
    these = kernel.IsAnyOf(F("id"), kernel.given("ids", ArrayField(UUIDField())))
    return kernel.Compiled(lambda: entities_seen_by(actor).filter(these).defer("terms", "sealed", "origins"))


def parts_seen_by(actor: accounts.Actor, kind: str, capability: str = SEE) -> "list[QuerySet[Entity]]":
    """Return what a capability opens in parts, one for each way to see an entity: each has an index of its own."""
    return trust.visible_parts(actor, capability, _of_kind(kind))


def clearance_over(
    actor: accounts.Actor, entity: Entity, holdings: Iterable[accounts.ActorHolding] | None = None
) -> Clearance:
    """Return what somebody may read of one entity: only posts over its area count, of these where they are named."""
    if actor.kind == "system":
        return clearance_of([SENSITIVE])
    held = actor.holdings if holdings is None else holdings
    return clearance_of(code for one in held if covers(one, entity) for code in one.capabilities)


def covers(holding: accounts.ActorHolding, entity: Entity) -> bool:
    """Tell of an entity at hand whether `in_area` holds for it, without asking the database."""
    if holding.only_id:
        return entity.id == holding.only_id
    if holding.grid_id:
        return bool(entity.grid_id == holding.grid_id)
    division = regions.division(holding.division_id)
    field = FIELD_OF_LEVEL.get(division.level)
    if field is None:
        return entity.county_id in regions.descendants(division.id)
    fields = [field, f"registered_{field}"] if division.level in SCOPED else [field]
    return any(getattr(entity, one) == division.id for one in fields)


def acting_over(by: accounts.Actor, entities: Iterable[Entity]) -> accounts.ActorHolding | None:
    """Return the lent or short post without which somebody would not see one of these; None where none is needed."""
    lent = [held for held in by.holdings_with(SEE) if held.basis]
    own = [held for held in by.holdings_with(SEE) if not held.basis]
    for entity in entities if lent else ():
        if not any(covers(held, entity) for held in own):
            return next((held for held in lent if covers(held, entity)), None)
    return None


def terms_of_sight(actor: accounts.Actor, kind: str) -> list[int] | None:
    """Return search terms of which every entity in sight has one; None where no term says it."""
    terms = [_term(holding, kind) for holding in actor.holdings_with(SEE)]
    return None if None in terms or actor.kind == "system" else [term for term in terms if term is not None]


def in_area(holding: accounts.ActorHolding, *, of: str = "") -> Q:
    """Return the condition "lives, lies or is registered in the area of this holding".

    `of` is the path from another table to the entity, such as `left__entity__`.
    """
    return Q(**{f"{of}grid_id": holding.grid_id}) if holding.grid_id else inside(holding.division_id, of=of)


def inside(division_id: int, *, of: str = "") -> Q:
    """Return the condition "lives, lies or is registered in this division"."""
    division = regions.division(division_id)
    field = FIELD_OF_LEVEL.get(division.level)
    if field is None:
        return Q(**{f"{of}county_id__in": regions.descendants(division.id)})
    here = Q(**{f"{of}{field}": division.id})
    return here | Q(**{f"{of}registered_{field}": division.id}) if division.level in SCOPED else here


def living_in(division_id: int) -> Q:
    """Return the condition "lives or lies in this division", wherever it is registered: so divisions add up."""
    division = regions.division(division_id)
    field = FIELD_OF_LEVEL.get(division.level)
    return Q(**{field: division.id}) if field else Q(county_id__in=regions.descendants(division.id))


def address_in_area(holding: accounts.ActorHolding) -> Q:
    """Return the condition "stands in the area of this holding" for standard addresses; a grid has its community's."""
    return Q(division_id__in=_divisions_of(holding))


def place_name_in_area(holding: accounts.ActorHolding) -> Q:
    """Return the same condition for the names of places: of addresses in the area, and of its divisions."""
    ids = _divisions_of(holding)
    return Q(address__division_id__in=ids) | Q(division_id__in=ids)


def _divisions_of(holding: accounts.ActorHolding) -> frozenset[int]:
    place = regions.place_of_grid(holding.grid_id) if holding.grid_id else None
    return regions.descendants(place.community_id if place and place.community_id else holding.division_id)


def _term(holding: accounts.ActorHolding, kind: str) -> int | None:
    if holding.only_id:
        return None
    if holding.grid_id:
        return scope_term(kind, "grid", holding.grid_id)
    level = SCOPED.get(regions.division(holding.division_id).level)
    return scope_term(kind, level, holding.division_id) if level else None


def _of_kind(kind: str) -> "QuerySet[Entity]":
    return Entity.objects.filter(kind=kind) if kind else Entity.objects.all()
