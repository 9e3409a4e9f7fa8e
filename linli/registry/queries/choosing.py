"""Whom a form is about: those of an area who are on a list, bear a tag, and meet conditions, in order of address."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KT

from linli.accounts import api as accounts
from linli.registry.models import Entity
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.listing import ORDER, Wanted, rows_of
from linli.registry.queries.sight import SEE, inside
from linli.registry.rules.dates import months_after
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.filling import Wish
from linli.registry.rules.masks import Clearance
from linli.registry.rules.refusals import WishRefusedError
from linli.registry.rules.tagging import Part, TagRule, TagRuleError, holds, read_rule
from linli.trust import api as trust

MOST, MOST_READ = 20_000, 50_000
YEAR = 12


def ids_of(*, wish: Wish, viewer: accounts.Actor, clearance: Clearance, today: date) -> list[UUID]:
    """Return whom a wish means, in the viewer's sight, at most 20,000. Raises WishRefusedError.

    What the database can tell is asked there; what is kept sealed is opened for those who are left, at most 50,000.
    """
    rule = _rule(wish, clearance)
    parts = [_narrowed(part, wish, rule, today) for part in rows_of(viewer, _wanted(wish))]
    unasked = TagRule("and", tuple(one for one in rule.parts if _condition(one, _element(wish, one), today) is None))
    with trust.sight(viewer, SEE):
        found = [key for part in parts for key in _of(part, unasked, today)]
    if len(found) > MOST:
        raise WishRefusedError.too_many(MOST)
    return found if len(parts) == 1 else _in_order(found)


def _wanted(wish: Wish) -> Wanted:
    return Wanted(kind=wish.kind, grid_id=wish.grid_id, register=wish.register, tag_id=wish.tag_id)


def _rule(wish: Wish, clearance: Clearance) -> TagRule:
    """Return the conditions; one over what the viewer may not read would tell it. Raises WishRefusedError."""
    if not wish.where:
        return TagRule("and", ())
    known = elements_of(wish.kind)
    try:
        rule = read_rule({"join": "and", "parts": wish.where}, known)
    except TagRuleError as wrong:
        raise WishRefusedError from wrong
    for one in rule.parts:
        if clearance.of(known[one.element]) != "plain":
            raise WishRefusedError.not_yours(known[one.element].label)
    return rule


def _element(wish: Wish, part: Part) -> ElementInfo:
    return elements_of(wish.kind)[part.element]


def _narrowed(rows: "QuerySet[Entity]", wish: Wish, rule: TagRule, today: date) -> "QuerySet[Entity]":
    if wish.division_id:
        rows = rows.filter(inside(wish.division_id))
    for one in rule.parts:
        if (told := _condition(one, _element(wish, one), today)) is not None:
            rows = rows.alias(**{f"said_{one.element}": KT(f"attributes__{one.element}")}).filter(told)
    return rows


def _condition(part: Part, element: ElementInfo, today: date) -> Q | None:
    """Return a condition as the database can ask it; None for what is kept sealed or compared as a number."""
    if element.is_sealed:
        return Q(attributes__has_key=part.element) if part.operator == "known" else None
    said = f"said_{part.element}"
    if part.operator == "known":
        return Q(**{f"{said}__gt": ""})
    if part.operator == "is":
        value = part.value if element.type != "flag" else {"yes": "true", "no": "false"}.get(part.value, part.value)
        return Q(**{said: value})
    if part.operator in {"years_from", "years_below"} and part.value.isdecimal():
        limit = months_after(today, -YEAR * int(part.value)).isoformat()
        return Q(**{f"{said}__lte": limit}) if part.operator == "years_from" else Q(**{f"{said}__gt": limit})
    return None


def _of(rows: "QuerySet[Entity]", rule: TagRule, today: date) -> list[UUID]:
    ordered = rows.order_by(*ORDER)
    if not rule.parts:
        return list(ordered.values_list("pk", flat=True)[: MOST + 1])
    read = list(ordered.only("id", "sort", "attributes", "sealed")[: MOST_READ + 1])
    if len(read) > MOST_READ:
        raise WishRefusedError.too_many(MOST_READ)
    return [row.pk for row in read if holds(rule, row.whole(), today)]


def _in_order(found: list[UUID]) -> list[UUID]:
    """Return ids of several parts in one order of addresses."""
    ids = "{" + ",".join(map(str, found)) + "}"
    among = RawSQL("SELECT unnest(%s::uuid[])", [ids])
    return list(Entity.objects.filter(pk__in=among).order_by(*ORDER).values_list("pk", flat=True))
