"""Looking at people 查阅: every brief, card, picture and export of people is in the ledger, in the same transaction."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
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
from linli.registry.queries.sight import SEE, entities_seen_by
from linli.registry.queries.tags import names_of_tags
from linli.registry.rules.cards import PURPOSES, Brief, Card
from linli.registry.rules.graphs import Graph
from linli.registry.rules.heads import subject_of
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.masks import ledger_word
from linli.registry.rules.refusals import PurposeMissingError
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
        )  # fmt: skip
    briefs = tuple(replace(brief_of(row), tags=tags.get(row.id, ())) for row in page.items)
    return kernel.Page(briefs, page.next_cursor, page.previous_cursor)


@transaction.atomic
def look_at(*, entity_id: UUID, by: accounts.Actor, now: datetime) -> Brief:
    """Return the masked brief of one entity, before a purpose is chosen. Raises NotAllowed and Hidden."""
    with _in_sight(entity_id, by) as entity:
        brief = replace(brief_of(entity), tags=names_of_tags([entity], by).get(entity.id, ()))
    if entity.subjects:
        _note(by, "list", "find", entity, elements=["name_masked", "address"], now=now, case=None)
    return brief


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
        )  # fmt: skip
    return {key: brief_of(row) for key, row in found.items()}


@transaction.atomic
def open_card(
    *, entity_id: UUID, by: accounts.Actor, purpose: str, now: datetime, as_of: AsOf = NOW, case: object = None
) -> Card:
    """Return the card of an entity for a purpose of PURPOSES, masked for who asks; the look stands in the ledger.

    `case` is the business it is needed for. Raises NotAllowed, Hidden (as for one that is not there) and
    PurposeMissingError.
    """
    on, known_at = as_of.at(now)
    with _in_sight(entity_id, by) as entity:
        if purpose not in PURPOSES:
            raise PurposeMissingError
        card = card_of(entity, viewer=by, purpose=purpose, on=on, known_at=known_at, now=now)
        tagged = replace(card.brief, tags=names_of_tags([entity], by).get(entity.id, ()))
    card = replace(card, brief=tagged, proposed=proposals_for(entity, by))
    read = [ledger_word(entity.kind, line.code, line.way) for line in card.lines]
    _note(by, "card", purpose, entity, elements=read, now=now, case=case)
    return card


@transaction.atomic
def around(
    *, entity_id: UUID, by: accounts.Actor, purpose: str, now: datetime, steps: int = 2, as_of: AsOf = NOW
) -> Graph:
    """Return who and what lies 1 to 4 steps around an entity; everybody in it stands in the ledger.

    Raises NotAllowed, Hidden and PurposeMissingError.
    """
    on, known_at = as_of.at(now)
    with _in_sight(entity_id, by) as entity:
        if purpose not in PURPOSES:
            raise PurposeMissingError
        graph = graph_around(brief_of(entity), viewer=by, steps=steps, on=on, known_at=known_at)
    people = [node.id for node in graph.nodes if node.brief and node.brief.kind == PERSON]
    trust.record(
        by=by, action="around", purpose=f"registry.{purpose}", subjects=_subjects(people), object_kind=entity.kind,
        object_id=entity.id, elements=["relations"], now=now,
    )  # fmt: skip
    return graph


@contextmanager
def _in_sight(entity_id: UUID, by: accounts.Actor) -> Iterator[Entity]:
    """Enter the second wall with the entity, one that was merged as what it became; refuse what the actor may not see.

    Whoever was merged has no area any more, so where the id leads is asked outside. Raises NotAllowed and Hidden.
    """
    trust.require(by, SEE)
    seen = entities_seen_by(by).filter(merged_into=None).defer("terms", "sealed", "origins")
    with trust.sight(by, SEE):
        if entity := seen.filter(pk=entity_id).first():
            yield entity
            return
    survivor = survivor_of(entity_id)
    with trust.sight(by, SEE):
        entity = seen.filter(pk=survivor).first()
        if entity is None:
            raise trust.Hidden(SEE)
        yield entity


def _note(
    by: accounts.Actor,
    action: str,
    purpose: str,
    entity: Entity,
    *,
    elements: Sequence[str],
    now: datetime,
    case: object,
) -> None:
    trust.record(
        by=by, action=action, purpose=f"registry.{purpose}", subjects=entity.subjects, object_kind=entity.kind,
        object_id=entity.id, elements=elements, now=now, case=case,
    )  # fmt: skip


def _subjects(ids: Iterable[UUID]) -> list[str]:
    return [subject_of(one) for one in ids]
