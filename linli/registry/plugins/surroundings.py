"""What the base knows around a look: own family and home, neighbours of the building, who stands side by side."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from linli.accounts import api as accounts
from linli.registry.models import Entity, Identifier, Relation
from linli.registry.queries.bindings import bound_by_telephone
from linli.registry.queries.guardians import guardians_and_wards
from linli.registry.rules.kinds import LIVES_IN, MEMBER_OF, PERSON
from linli.trust import slots as trust

AREAS = ("county_id", "street_id", "community_id", "registered_street_id", "registered_community_id")
HOME_BONDS = (LIVES_IN, MEMBER_OF, "guards")


class BaseSurroundings(trust.Surroundings):
    """Finds people by the object that was opened, else by their telephone; officers by that of their account."""

    code = "registry"

    def around(self, sights: Sequence[trust.Sight]) -> Mapping[trust.Sight, trust.Around]:
        """Answer with seven queries, whatever the number of sights."""
        officers = accounts.staff_tokens({sight.person_id for sight in sights})
        holders = _by_telephone({*officers.values(), *(token for sight in sights for token in sight.subjects)})
        by_token = {token: min(some) for token, some in holders.items()}
        seen = {sight: _entity_of(sight, by_token) for sight in sights}
        bound = bound_by_telephone(officers.values())
        own = {who: holders[token] | bound[token] for who, token in officers.items()}
        people = {one for one in [*seen.values(), *(one for some in own.values() for one in some)] if one is not None}
        rows = {row.pk: row for row in Entity.objects.filter(pk__in=people, kind=PERSON).only("label", *AREAS)}
        homes = _Homes(rows)
        return {
            sight: trust.Around(
                tie=homes.tie(own.get(sight.person_id, frozenset()), one),
                alike=homes.alike(rows[one]),
                divisions=frozenset(area for name in AREAS if (area := getattr(rows[one], name)) is not None),
            )
            for sight, one in seen.items()
            if one in rows
        }


class _Homes:
    """Who lives where, belongs to which household, guards whom; as it is believed now."""

    def __init__(self, people: Collection[UUID]) -> None:
        ties = Q(start__in=people, bond__in=HOME_BONDS) | Q(end__in=people, bond="guards")
        rows = Relation.objects.filter(ties, retracted_at=None, valid_to=None).values_list("start_id", "bond", "end_id")
        self._houses: dict[UUID, set[UUID]] = defaultdict(set)
        self._family: dict[UUID, set[UUID]] = defaultdict(set)
        for start, bond, end in rows:
            self._family[start].add(end)
            if bond == LIVES_IN:
                self._houses[start].add(end)
            if bond == "guards":
                self._family[end].add(start)
        for guardian, ward in guardians_and_wards(people):
            self._family[guardian].add(ward)
            self._family[ward].add(guardian)
        houses = {house for some in self._houses.values() for house in some}
        parts = Relation.objects.filter(start__in=houses, bond="part_of", retracted_at=None, valid_to=None)
        self._building: dict[UUID, UUID] = dict(parts.values_list("start_id", "end_id"))

    def tie(self, own: Collection[UUID], seen: UUID | None) -> str:
        """Return how somebody stands to an officer, who is in the base as `own`.

        Family is also the officer, and whoever has their telephone; else by home, household or guardianship.
        """
        if seen is None:
            return ""
        if seen in own or any(seen in self._family[one] or self._family[one] & self._family[seen] for one in own):
            return trust.FAMILY
        return trust.NEIGHBOUR if any(self._buildings(one) & self._buildings(seen) for one in own) else ""

    def alike(self, one: Entity) -> frozenset[str]:
        """Return the keys that somebody shares with those beside them: buildings, and the surname in a community."""
        buildings = {f"building:{key}" for key in self._buildings(one.pk)}
        return frozenset({*buildings, f"surname:{one.community_id}:{one.label[:1]}"})

    def _buildings(self, one: UUID) -> set[UUID]:
        return {self._building[house] for house in self._houses[one] if house in self._building}


def _by_telephone(tokens: Iterable[str]) -> dict[str, frozenset[UUID]]:
    rows = Identifier.objects.filter(kind=PERSON, element="phone", token__in=list(tokens))
    found: dict[str, frozenset[UUID]] = defaultdict(frozenset)
    for token, entity in rows.values_list("token", "entity_id"):
        found[token] |= {entity}
    return found


def _entity_of(sight: trust.Sight, by_token: Mapping[str, UUID]) -> UUID | None:
    if sight.object_kind == PERSON:
        try:
            return UUID(sight.object_id)
        except ValueError:
            return None
    return next((by_token[token] for token in sight.subjects if token in by_token), None)
