"""Looking at people 查阅: every brief, card, picture and export of people is in the ledger, in the same transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Entity
from linli.registry.queries.cards import brief_of, card_of
from linli.registry.queries.graph import graph_around
from linli.registry.queries.identities import survivor_of
from linli.registry.queries.listing import Wanted, page_of
from linli.registry.queries.proposed import proposals_for
from linli.registry.queries.purposes import Offer, offer_for, warrant_over
from linli.registry.queries.sight import SEE, acting_over, entities_seen_by
from linli.registry.queries.tags import names_of_tags
from linli.registry.rules.cards import Brief, Card
from linli.registry.rules.graphs import Graph
from linli.registry.rules.heads import subject_of
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.masks import ledger_word
from linli.trust import api as trust

FIND = "registry.find"


@dataclass(frozen=True, slots=True)
class AsOf:
    """Two clocks: the day whose state is asked, and the moment of the base it is read from. None: now."""

    on: date | None = None
    known_at: datetime | None = None

    def at(self, now: datetime) -> tuple[date, datetime]:
        """Return both with now filled in."""
        return self.on or timezone.localdate(now), self.known_at or now


NOW = AsOf()


@transaction.atomic
def look_through(
    *, wanted: Wanted, by: accounts.Actor, now: datetime, cursor: str | None = None
) -> "kernel.Page[Brief]":
    """Return a page of masked briefs; whose they are stands in the ledger. Raises NotAllowed, CursorError."""
    trust.require(by, SEE)
    page, tags = page_of(viewer=by, wanted=wanted, cursor=cursor)
    subjects = [token for row in page.items for token in row.subjects]
    if subjects:
        trust.record(
            by=by, action="list", purpose=FIND, subjects=subjects, object_kind=f"{wanted.kind}_list",
            object_id=f"{len(page.items)} rows", elements=["name_masked", "address"], now=now,
            holding=acting_over(by, page.items),
        )  # fmt: skip
    briefs = tuple(replace(brief_of(row), tags=tags.get(row.id, ())) for row in page.items)
    return kernel.Page(briefs, page.next_cursor, page.previous_cursor)


@transaction.atomic
def look_at(*, entity_id: UUID, by: accounts.Actor, now: datetime) -> Brief:
    """Return the masked brief of one entity, before a purpose is chosen. Raises NotAllowed and Hidden."""
    entity = _seen(entity_id, by)
    with trust.sight(by, SEE):
        tags = names_of_tags([entity], by)
    if entity.subjects:
        _note(by, "list", "find", entity, elements=["name_masked", "address"], now=now)
    return replace(brief_of(entity), tags=tags.get(entity.id, ()))


def offered(*, entity_id: UUID, by: accounts.Actor, now: datetime, with_cases: bool = True) -> Offer:
    """Return for which purposes and open cases somebody may open a record. Raises NotAllowed and Hidden.

    Cases are asked of every domain that has some: `with_cases=False` leaves them out where none is to be chosen.
    """
    return offer_for(_seen(entity_id, by), by, now=now, with_cases=with_cases)


@transaction.atomic
def look_at_some(
    *, entity_ids: Iterable[UUID], by: accounts.Actor, now: datetime, purpose: str = "find"
) -> dict[UUID, Brief]:
    """Return the masked briefs of those of these entities that the actor may see. Raises NotAllowed."""
    trust.require(by, SEE)
    rows = entities_seen_by(by).filter(pk__in=list(entity_ids)).defer("terms", "sealed", "origins")
    with trust.sight(by, SEE):
        found = {row.id: row for row in rows}
    subjects = [token for row in found.values() for token in row.subjects]
    if subjects:
        trust.record(
            by=by, action="list", purpose=f"registry.{purpose}", subjects=subjects, object_kind="person_list",
            object_id=f"{len(found)} rows", elements=["name_masked", "address"], now=now,
            holding=acting_over(by, found.values()),
        )  # fmt: skip
    return {key: brief_of(row) for key, row in found.items()}


@transaction.atomic
def open_card(
    *, entity_id: UUID, by: accounts.Actor, purpose: str, now: datetime, as_of: AsOf = NOW, case: str = ""
) -> Card:
    """Return the card of an entity for a purpose of the register, masked for who asks; the look stands in the ledger.

    `case` is the open business it is needed for, as `kind:number`. Raises NotAllowed, Hidden (as for one that is not
    there) and PurposeMissingError (with the reason).
    """
    entity = _seen(entity_id, by)
    warrant = warrant_over(entity, by, purpose=purpose, now=now, case=case)
    on, known_at = as_of.at(now)
    with trust.sight(by, SEE):
        card = card_of(entity, viewer=by, warrant=warrant, on=on, known_at=known_at, now=now)
        tagged = replace(card.brief, tags=names_of_tags([entity], by).get(entity.id, ()))
    card = replace(card, brief=tagged, proposed=proposals_for(entity, by))
    read = [ledger_word(entity.kind, line.code, line.way) for line in card.lines]
    _note(by, "card", purpose, entity, elements=read, now=now, warrant=warrant)
    return card


@transaction.atomic
def around(
    *,
    entity_id: UUID,
    by: accounts.Actor,
    purpose: str,
    now: datetime,
    steps: int = 2,
    as_of: AsOf = NOW,
    case: str = "",
) -> Graph:
    """Return who and what lies 1 to 4 steps around an entity; everybody in it stands in the ledger.

    Raises NotAllowed, Hidden and PurposeMissingError.
    """
    entity = _seen(entity_id, by)
    warrant = warrant_over(entity, by, purpose=purpose, now=now, case=case)
    on, known_at = as_of.at(now)
    with trust.sight(by, SEE):
        graph = graph_around(brief_of(entity), viewer=by, steps=steps, on=on, known_at=known_at)
    people = [node.id for node in graph.nodes if node.brief and node.brief.kind == PERSON]
    trust.record(
        by=by, action="around", purpose=f"registry.{purpose}", subjects=_subjects(people), object_kind=entity.kind,
        object_id=entity.id, elements=["relations"], now=now, case=warrant.ref, holding=_acting(warrant),
    )  # fmt: skip
    return graph


def _seen(entity_id: UUID, by: accounts.Actor) -> Entity:
    """Return the entity where the actor may see it, one that was merged as what it became.

    Whoever was merged has no area any more, so where the id leads is asked outside the wall. Raises NotAllowed, Hidden.
    """
    trust.require(by, SEE)
    seen = entities_seen_by(by).filter(merged_into=None).defer("terms", "sealed", "origins")
    with trust.sight(by, SEE):
        entity = seen.filter(pk=entity_id).first()
    if entity is None:
        survivor = survivor_of(entity_id)
        with trust.sight(by, SEE):
            entity = seen.filter(pk=survivor).first()
    if entity is None:
        raise trust.Hidden(SEE)
    return entity


def _note(
    by: accounts.Actor,
    action: str,
    purpose: str,
    entity: Entity,
    *,
    elements: Sequence[str],
    now: datetime,
    warrant: trust.Warrant | None = None,
) -> None:
    trust.record(
        by=by, action=action, purpose=f"registry.{purpose}", subjects=entity.subjects, object_kind=entity.kind,
        object_id=entity.id, elements=elements, now=now, case=warrant.ref if warrant else None,
        holding=_acting(warrant) if warrant else acting_over(by, [entity]),
    )  # fmt: skip


def _acting(warrant: trust.Warrant) -> accounts.ActorHolding | None:
    """Return the post in which somebody looks: the first that allows it."""
    return warrant.holdings[0] if warrant.holdings else None


def _subjects(ids: Iterable[UUID]) -> list[str]:
    return [subject_of(one) for one in ids]
