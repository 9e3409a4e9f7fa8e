"""Whom a form is about: those of an area who are on a list, bear a tag, and meet conditions, in order of address."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT

from linli.accounts import api as accounts
from linli.registry.models import Entity
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.listing import ORDER, Wanted, rows_of
from linli.registry.queries.sight import SEE, inside, living_in
from linli.registry.rules.dates import months_after
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.filling import Wish
from linli.registry.rules.masks import Clearance
from linli.registry.rules.refusals import WishRefusedError
from linli.registry.rules.tagging import Part, TagRule, TagRuleError, holds, read_rule
from linli.trust import api as trust

Conditions = tuple[tuple[str, str, str], ...]
MOST, MOST_READ = 20_000, 50_000
YEAR = 12


def ids_of(*, wish: Wish, viewer: accounts.Actor, clearance: Clearance, today: date) -> list[UUID]:
    """Return whom a wish means, in the viewer's sight, at most 20,000. Raises WishRefusedError.

    What the database can tell is asked there; what is kept sealed is opened for those who are left, at most 50,000.
    """
    rule = rule_of(wish.kind, wish.where, clearance)
    parts = [_narrowed(part, wish, rule, today) for part in rows_of(viewer, _wanted(wish))]
    unasked = TagRule("and", tuple(one for one in rule.parts if condition_of(one, _element(wish, one), today) is None))
    with trust.sight(viewer, SEE):
        found = [each for part in parts for each in _of(part, unasked, today)]
    if len(found) > MOST:
        raise WishRefusedError.too_many(MOST)
    return [key for _sort, key in (found if len(parts) == 1 else sorted(found))]  # as the database orders them


def _wanted(wish: Wish) -> Wanted:
    return Wanted(kind=wish.kind, words=wish.words, grid_id=wish.grid_id, register=wish.register, tag_id=wish.tag_id)


def rule_of(kind: str, where: Conditions, clearance: Clearance) -> TagRule:
    """Return the conditions; one over what the viewer may not read would tell it. Raises WishRefusedError."""
    if not where:
        return TagRule("and", ())
    known = elements_of(kind)
    try:
        rule = read_rule({"join": "and", "parts": where}, known)
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
        rows = rows.filter(living_in(wish.division_id) if wish.at_home else inside(wish.division_id))
    for one in rule.parts:
        if (told := condition_of(one, _element(wish, one), today)) is not None:
            rows = rows.alias(**said_as(one.element)).filter(told)
    return rows


def said_as(code: str) -> dict[str, Any]:
    """Return the value of an element under the name by which conditions ask for it."""
    return {f"said_{code}": KT(f"attributes__{code}")}


def condition_of(part: Part, element: ElementInfo, today: date) -> Q | None:
    """Return a condition as the database can ask it; None for what is kept sealed or compared as a number."""
    if element.is_sealed:
        return Q(attributes__has_key=part.element) if part.operator == "known" else None
    told = _TOLD.get(part.operator)
    return told(f"said_{part.element}", part.value, element, today) if told else None


def _is(said: str, value: str, element: ElementInfo, _today: date) -> Q:
    return Q(**{said: {"yes": "true", "no": "false"}.get(value, value) if element.type == "flag" else value})


def _is_not(said: str, value: str, element: ElementInfo, today: date) -> Q:
    return Q(**{f"{said}__gt": ""}) & ~_is(said, value, element, today)


def _years(how: str) -> Callable[[str, str, ElementInfo, date], Q | None]:
    def told(said: str, value: str, _element: ElementInfo, today: date) -> Q | None:
        if not value.isdecimal():
            return None
        return Q(**{f"{said}__{how}": months_after(today, -YEAR * int(value)).isoformat()})

    return told


_TOLD: dict[str, Callable[[str, str, ElementInfo, date], Q | None]] = {
    "known": lambda said, _value, _element, _today: Q(**{f"{said}__gt": ""}),
    "is": _is,
    "is_not": _is_not,
    "contains": lambda said, value, _element, _today: Q(**{f"{said}__contains": value}) if value else None,
    "years_from": _years("lte"),
    "years_below": _years("gt"),
}


def _of(rows: "QuerySet[Entity]", rule: TagRule, today: date) -> list[tuple[str, UUID]]:
    """Return what orders a list, and the id, of those for whom a rule holds."""
    ordered = rows.order_by(*ORDER)
    if not rule.parts:
        return list(ordered.values_list(*ORDER)[: MOST + 1])
    read = list(ordered.only("id", "sort", "attributes", "sealed")[: MOST_READ + 1])
    if len(read) > MOST_READ:
        raise WishRefusedError.too_many(MOST_READ)
    return [(row.sort, row.pk) for row in read if holds(rule, row.whole(), today)]
