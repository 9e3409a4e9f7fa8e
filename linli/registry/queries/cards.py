"""Cards and briefs: what one viewer may read of entities. Whoever calls writes the look into the ledger."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import DateField, DateTimeField, Q, QuerySet, UUIDField
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry.models import Entity, Relation
from linli.registry.queries.dictionary import elements_of, owners_of
from linli.registry.queries.purposes import narrowed
from linli.registry.queries.saying import sayings_of
from linli.registry.queries.sight import clearance_over, heads_seen
from linli.registry.rules.cards import Bonded, Brief, Card, Line
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.heads import NO_NAME
from linli.registry.rules.kinds import BONDS, HOUSEHOLD, KINDS, PERSON, RESIDENCE
from linli.registry.rules.masks import LIST, Clearance, freshness, masked, shown
from linli.registry.rules.survivorship import Believed, Said, project
from linli.trust import api as trust

MOST_BONDS = 100
_OTHER_WORDS = {"flag", "area"}  # types that are said in other words than kept, besides codes of a table
Memory = dict[UUID, Brief | None]
_BOND_ORDER = list(BONDS)
_HINTS = {
    PERSON: ("sex", "address"),
    HOUSEHOLD: ("address",),
    "organisation": ("address",),
    "thing": ("type", "address"),
}


def brief_of(entity: Entity) -> Brief:
    """Return one row of a list. Names of people stand behind their mask, whoever looks: a list has no purpose."""
    elements = elements_of(entity.kind)
    title = elements.get(KINDS[entity.kind].title)
    label = str(shown(title, entity.label, LIST)[1]) if title and entity.label != NO_NAME else entity.label
    hints = [said_of(elements[code], entity.attributes[code]) for code in _HINTS.get(entity.kind, ())
             if code in elements and code in entity.attributes and LIST.of(elements[code]) == "plain"]  # fmt: skip
    return Brief(entity.id, entity.kind, label, " · ".join(hints), entity.community_id, entity.is_apart)


def said_of(element: ElementInfo, value: Any) -> str:
    """Return a value in words: the label of a code, yes or no, the text."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if element.type == "area":
        return _area_words(str(value))
    return kernel.code_label(element.table, str(value)) if element.table else str(value)


def in_words(*, kind: str, code: str, value: Any) -> str:
    """Return a value of an element in words; the value itself where the element is gone."""
    return words_of(kind=kind, code=code)(value)


def words_of(*, kind: str, code: str) -> Callable[[Any], str]:
    """Return what puts the values of an element in words, for thousands of them."""
    element = elements_of(kind).get(code)
    has_words = element and (element.table or element.type in _OTHER_WORDS)
    return partial(said_of, element) if element and has_words else str


def card_of(
    entity: Entity,
    *,
    viewer: accounts.Actor,
    warrant: trust.Warrant,
    on: date,
    known_at: datetime,
    now: datetime,
    memory: Memory | None = None,
) -> Card:
    """Return the card of an entity in the viewer's sight: the state of a day as the base knew it at a moment."""
    purpose = warrant.activity.code.partition(".")[2]
    clearance = narrowed(clearance_over(viewer, entity, warrant.holdings), entity.kind, warrant.activity)
    said = sayings_of([entity.id]).get(entity.id, [])
    believed = project(said, owners_of(entity.kind), on=on, known_at=known_at)
    lines, hidden = _lines(entity.kind, believed, clearance, now)
    title = next((one.text for one in lines if one.code == KINDS[entity.kind].title), brief_of(entity).title)
    bonds = bonds_of(entity.id, viewer=viewer, on=on, known_at=known_at, memory=memory)
    return Card(
        brief=brief_of(entity), title=title, purpose=purpose, on=on, known_at=known_at, lines=lines,
        hidden=hidden, bonds=bonds, area=area_name(entity),
    )  # fmt: skip


def lines_of(entity: Entity, said: Sequence[Said], viewer: accounts.Actor, now: datetime) -> tuple[Line, ...]:
    """Return what some of the statements about an entity would make of it today, as a viewer may read it."""
    believed = project(said, owners_of(entity.kind), on=timezone.localdate(now), known_at=now)
    return _lines(entity.kind, believed, clearance_over(viewer, entity), now)[0]


def bonds_of(
    entity_id: UUID, *, viewer: accounts.Actor, on: date, known_at: datetime, memory: Memory | None = None
) -> tuple[Bonded, ...]:
    """Return the relations of an entity on a day, as the base knew them at a moment. Two queries, at most 100 rows."""
    found = _BONDS.rows(entity=entity_id, on=on, known=known_at)
    found.sort(key=lambda row: _BOND_ORDER.index(row.bond))
    others = briefs_seen({_other(row, entity_id) for row in found}, viewer, memory)
    return tuple(_bonded(row, entity_id, others.get(_other(row, entity_id))) for row in found)


def briefs_seen(ids: Iterable[UUID], viewer: accounts.Actor, memory: Memory | None = None) -> dict[UUID, Brief]:
    """Return the briefs of those entities that the viewer may see. One query, none where the memory knows them all.

    The memory is of one look: it keeps who was found, and with None who is out of sight.
    """
    wanted, known = list(ids), {} if memory is None else memory
    if new := [one for one in wanted if one not in known]:
        known.update(dict.fromkeys(new))
        known.update({row.id: brief_of(row) for row in heads_seen(viewer, new)})
    return {one: brief for one in wanted if (brief := known[one])}


def area_name(entity: Entity) -> str:
    """Return street and community of an entity in one line."""
    ids: Sequence[int | None] = (entity.street_id, entity.community_id)
    return "".join(regions.division(one).name for one in ids if one)


def _area_words(code: str) -> str:
    """Return a division or grid code with the names of street and community before it, where they are known."""
    found = regions.division_by_code(code[:12])
    if found is None:
        return code
    above = [one.name for one in regions.ancestors(found.id) if one.level == regions.Level.STREET]
    return f"{''.join(above)}{found.name} {code}"


def _lines(
    kind: str, believed: Mapping[str, Believed], clearance: Clearance, now: datetime
) -> tuple[tuple[Line, ...], int]:
    lines, hidden = [], 0
    for code, element in elements_of(kind).items():
        known = believed.get(code)
        if known is None:
            continue
        way = clearance.of(element)
        if way == "hidden":
            hidden += 1
            continue
        text = said_of(element, known.value) if way == "plain" else masked(element, known.value)
        said = known.said
        lines.append(
            Line(
                code=code, label=element.label, text=text, way=way, source=said.source_name,
                department=said.department, observed_at=said.observed_at, is_verified=said.is_verified,
                freshness=freshness(element, said.observed_at, now),
                is_owner=bool(element.owner) and element.owner == said.department,
            )
        )  # fmt: skip
    return tuple(lines), hidden


def _bonds() -> "QuerySet[Relation]":
    entity, on = kernel.given("entity", UUIDField()), kernel.given("on", DateField())
    moment = kernel.given("known", DateTimeField())
    known = Q(recorded_at__lte=moment) & (Q(retracted_at=None) | Q(retracted_at__gt=moment))
    holds = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    rows = Relation.objects.filter(Q(start_id=entity) | Q(end_id=entity), known, holds)
    return rows.select_related("source").order_by("bond", "valid_from", "id")[:MOST_BONDS]


_BONDS = kernel.Compiled(_bonds)


def _other(row: Relation, entity_id: UUID) -> UUID:
    return row.end_id if row.start_id == entity_id else row.start_id


def _bonded(row: Relation, entity_id: UUID, other: Brief | None) -> Bonded:
    bond = BONDS[row.bond]
    elements = elements_of(RESIDENCE)
    details = tuple((elements[code].label, said_of(elements[code], value))
                    for code, value in row.details.items() if code in elements)  # fmt: skip
    return Bonded(
        id=row.id, bond=row.bond, label=str(bond.label if row.start_id == entity_id else bond.back), other=other,
        source=row.source.name, valid_from=row.valid_from, valid_to=row.valid_to, details=details,
    )  # fmt: skip
