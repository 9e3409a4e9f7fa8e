"""What is proposed about entities and not confirmed 待核实, as one viewer may read it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from linli.accounts import api as accounts
from linli.registry import slots
from linli.registry.models import Entity
from linli.registry.queries.cards import said_of
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.sight import clearance_over
from linli.registry.rules.cards import Unconfirmed
from linli.registry.rules.masks import masked


def proposals_for(entity: Entity, viewer: accounts.Actor) -> tuple[Unconfirmed, ...]:
    """Return the proposals about an entity, each behind the mask of its element. One query for each source."""
    clearance, known = clearance_over(viewer, entity), elements_of(entity.kind)
    shown = []
    for one in _asked([entity.id], viewer).get(entity.id, ()):
        element = known.get(one.element)
        if element is None or (way := clearance.of(element)) == "hidden":
            continue
        text = said_of(element, one.value) if way == "plain" else masked(element, one.value)
        shown.append(Unconfirmed(one.element, element.label, text, one.said_by, one.since, one.due, one.number))
    return tuple(shown)


def proposed_since(ids: Iterable[UUID], viewer: accounts.Actor) -> dict[UUID, datetime]:
    """Return for those entities of a list about which something is proposed since when. One query for each source."""
    return {key: min(one.since for one in some) for key, some in _asked(list(ids), viewer).items() if some}


def _asked(ids: list[UUID], viewer: accounts.Actor) -> Mapping[UUID, list[slots.Proposal]]:
    found: dict[UUID, list[slots.Proposal]] = {}
    for source in slots.proposals.all() if ids else ():
        for key, some in source.about(ids, viewer=viewer).items():
            found.setdefault(key, []).extend(some)
    return found
