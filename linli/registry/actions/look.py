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
from linli.registry.queries.cards import Memory, brief_of, card_of
from linli.registry.queries.graph import graph_around
from linli.registry.queries.identities import survivor_of
from linli.registry.queries.listing import Wanted, page_of
from linli.registry.queries.proposed import proposals_for
from linli.registry.queries.purposes import Offer, offer_for, warrant_over
from linli.registry.queries.sight import SEE, acting_over, heads_seen
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
        trust.record(
            by=by, action="list", purpose=FIND, subjects=entity.subjects, object_kind=entity.kind,
            object_id=entity.id, elements=["name_masked", "address"], now=now, holding=acting_over(by, [entity]),
        )  # fmt: skip
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
    with trust.sight(by, SEE):
        found = {row.id: row for row in heads_seen(by, entity_ids)}
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
    look = _opened(entity_id, by, purpose=purpose, now=now, as_of=as_of, case=case)
    card = _card(look)
    trust.record(**_use_of_card(look, card))
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
    look = _opened(entity_id, by, purpose=purpose, now=now, as_of=as_of, case=case)
    graph = _picture(look, steps)
    trust.record(**_use_of_picture(look, graph))
    return graph


@transaction.atomic
def open_card_and_around(
    *,
    entity_id: UUID,
    by: accounts.Actor,
    purpose: str,
    now: datetime,
    steps: int = 2,
    as_of: AsOf = NOW,
    case: str = "",
) -> tuple[Card, Graph]:
    """Return both for one purpose, as `open_card` and `around` do; two entries in the ledger, written together."""
    look = _opened(entity_id, by, purpose=purpose, now=now, as_of=as_of, case=case)
    card, graph = _card(look), _picture(look, steps)
    trust.record_all([trust.compose(**_use_of_card(look, card)), trust.compose(**_use_of_picture(look, graph))])
    return card, graph


@dataclass(frozen=True, slots=True)
class _Look:
    """A record opened for a purpose: what its card and its picture share."""

    entity: Entity
    by: accounts.Actor
    warrant: trust.Warrant
    purpose: str
    on: date
    known_at: datetime
    now: datetime
    memory: Memory


def _opened(entity_id: UUID, by: accounts.Actor, *, purpose: str, now: datetime, as_of: AsOf, case: str) -> _Look:
    entity = _seen(entity_id, by)
    warrant = warrant_over(entity, by, purpose=purpose, now=now, case=case)
    on, known_at = as_of.at(now)
    return _Look(entity, by, warrant, purpose, on, known_at, now, {})


def _card(look: _Look) -> Card:
    entity, by = look.entity, look.by
    with trust.sight(by, SEE):
        card = card_of(
            entity, viewer=by, warrant=look.warrant, on=look.on, known_at=look.known_at, now=look.now,
            memory=look.memory,
        )  # fmt: skip
        tagged = replace(card.brief, tags=names_of_tags([entity], by).get(entity.id, ()))
    return replace(card, brief=tagged, proposed=proposals_for(entity, by))


def _picture(look: _Look, steps: int) -> Graph:
    with trust.sight(look.by, SEE):
        return graph_around(
            brief_of(look.entity), viewer=look.by, steps=steps, on=look.on, known_at=look.known_at, memory=look.memory
        )


def _use_of_card(look: _Look, card: Card) -> trust.UseContent:
    read = [ledger_word(look.entity.kind, line.code, line.way) for line in card.lines]
    return _use(look, "card", subjects=look.entity.subjects, elements=read)


def _use_of_picture(look: _Look, graph: Graph) -> trust.UseContent:
    people = [node.id for node in graph.nodes if node.brief and node.brief.kind == PERSON]
    return _use(look, "around", subjects=_subjects(people), elements=["relations"])


def _use(look: _Look, action: str, *, subjects: Sequence[str], elements: Sequence[str]) -> trust.UseContent:
    return {
        "by": look.by, "action": action, "purpose": f"registry.{look.purpose}", "subjects": subjects,
        "object_kind": look.entity.kind, "object_id": look.entity.id, "elements": elements, "now": look.now,
        "case": look.warrant.ref, "holding": _acting(look.warrant),
    }  # fmt: skip


def _seen(entity_id: UUID, by: accounts.Actor) -> Entity:
    """Return the entity where the actor may see it, one that was merged as what it became.

    Whoever was merged has no area any more, so where the id leads is asked outside the wall. Raises NotAllowed, Hidden.
    """
    trust.require(by, SEE)
    entity = _standing(entity_id, by) or _standing(survivor_of(entity_id), by)
    if entity is None:
        raise trust.Hidden(SEE)
    return entity


def _standing(entity_id: UUID, by: accounts.Actor) -> Entity | None:
    """Return the entity where the actor may see it and it was not merged."""
    with trust.sight(by, SEE):
        return next((row for row in heads_seen(by, [entity_id]) if row.merged_into_id is None), None)


def _acting(warrant: trust.Warrant) -> accounts.ActorHolding | None:
    """Return the post in which somebody looks: the first that allows it."""
    return warrant.holdings[0] if warrant.holdings else None


def _subjects(ids: Iterable[UUID]) -> list[str]:
    return [subject_of(one) for one in ids]
