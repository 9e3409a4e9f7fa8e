"""Giving out 提供 what a contract of a domain above opens: found by identifying numbers, no more elements than granted.

Whoever calls has checked and counted the contract. Every answer stands in the use ledger, in the same transaction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.registry.models import Entity, Identifier
from linli.registry.queries.cards import said_of
from linli.registry.queries.dictionary import codes_of, elements_of
from linli.registry.queries.purposes import grade_of_purpose
from linli.registry.queries.sight import inside
from linli.registry.rules.conditions import Condition, compared_with, holds
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.heads import token_of
from linli.registry.rules.masks import LIST, Shown, ledger_word, masked
from linli.registry.rules.refusals import NotFindableError
from linli.registry.rules.values import BadValueError, Value, clean_value
from linli.trust import api as trust

Whom = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a contract opens: elements of a kind, of those who live or are registered in a division.

    `where` narrows the rows: an element and the values of which it must have one. Grades 1 and 2 are read whole, what
    is `lifted` too; grade 3 stands behind its mask, and of grade 4 nothing but that it is there.
    """

    kind: str
    elements: tuple[str, ...]
    division_id: int
    where: Mapping[str, Sequence[str]]
    lifted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Errand:
    """For whom and why something is given out: who asks, a purpose of the register, the number of the contract.

    `trace` says out of which use elsewhere it came.
    """

    by: accounts.Actor
    purpose: str
    case: str
    action: str
    trace: trust.Trace = trust.NO_TRACE


@dataclass(frozen=True, slots=True)
class Released:
    """What is given out about one entity: by element code, in words, as the contract opens it."""

    id: UUID
    values: Mapping[str, str]


@transaction.atomic
def release(*, reach: Reach, whom: Sequence[Whom], errand: Errand, now: datetime) -> list[Released | None]:
    """Return for each one asked what the contract opens; None where nobody, or nobody in reach, is meant by it.

    `whom` are values by element code; one of them must be found by its whole value, the others must agree. Three
    queries for all. Raises NotFindableError, BadValueError.
    """
    found = _agreed(_found(reach, whom, now), errand, now)
    return _given(found, reach=_capped(reach, errand, now), errand=errand, now=now)


@transaction.atomic
def release_known(*, reach: Reach, entity_id: UUID, errand: Errand, now: datetime) -> Released | None:
    """Return what a business at hand opens about an entity it is about; None where it is gone or out of reach."""
    entity = Entity.objects.filter(inside(reach.division_id), pk=entity_id, kind=reach.kind).first()
    if entity is None or _agreed([entity], errand, now) == [None]:
        return None
    return _given([entity], reach=_capped(reach, errand, now), errand=errand, now=now)[0]


@transaction.atomic
def release_changed(
    *, reach: Reach, ids: Sequence[UUID], news: Callable[[UUID, Released | None], bool], errand: Errand, now: datetime
) -> dict[UUID, Released | None]:
    """Return of these entities what the contract opens now, None for who is gone or out of reach.

    `news` says whether the recipient is told of one at all: who is not stands neither in the answer nor in the ledger.
    """
    reach = _capped(reach, errand, now)
    near = Entity.objects.filter(inside(reach.division_id), pk__in=list(ids), kind=reach.kind).defer("terms", "origins")
    elements = _elements(reach)
    agreed = _agreed([one for one in near if _in_rows(reach, one.whole())], errand, now)
    rows = {one.id: one for one in agreed if one}
    state = {key: _released(reach, elements, rows[key]) if key in rows else None for key in ids}
    told = {key: one for key, one in state.items() if news(key, one)}
    if told:
        ways = [ledger_word(reach.kind, code, _way(reach, one)) for code, one in elements.items()]
        named = [rows[key] for key in told if key in rows]
        _note(named, len(told), errand=errand, reach=reach, read=ways, now=now)
    return told


@transaction.atomic
def verify(
    *, reach: Reach, whom: Whom, asked: Condition, errand: Errand, now: datetime
) -> tuple[bool | None, UUID | None]:
    """Tell whether a condition holds for one entity, without giving the value; None where it is not known.

    Somebody who is not there or out of reach is answered as somebody of whom it is not known. The ledger keeps that it
    was asked, never the answer. Also returns whom it is about. Raises NotFindableError, BadValueError.
    """
    today = timezone.localdate(now)
    element = elements_of(reach.kind)[asked.read]
    value = compared_with(asked, element, codes=codes_of(element), today=today)
    (entity,) = _agreed(_found(reach, [whom], now), errand, now)
    read = [ledger_word(reach.kind, asked.read, "masked")]
    _note([entity] if entity else [], 1, errand=errand, reach=reach, read=read, now=now)
    if entity is None:
        return None, None
    return holds(asked, value, entity.whole().get(asked.read), today=today), entity.id


def problem_of(*, kind: str, whom: Whom, now: datetime) -> str:
    """Return why nobody can be found by these values, in a sentence; "" where one can ask."""
    try:
        _cleaned(kind, whom, now)
    except (NotFindableError, BadValueError) as refused:
        return str(refused.sentence)
    return ""


def check_value(*, kind: str, code: str, raw: Any, now: datetime) -> Value | None:
    """Return a value as an element keeps it, None for nothing. Raises BadValueError with a sentence."""
    element = elements_of(kind)[code]
    return clean_value(element, raw, codes=codes_of(element), today=timezone.localdate(now))


def _given(found: Sequence[Entity | None], *, reach: Reach, errand: Errand, now: datetime) -> list[Released | None]:
    """Return what the contract opens about each, and write the read down."""
    elements = _elements(reach)
    ways = [ledger_word(reach.kind, code, _way(reach, one)) for code, one in elements.items()]
    _note([one for one in found if one], len(found), errand=errand, reach=reach, read=ways, now=now)
    return [None if one is None else _released(reach, elements, one) for one in found]


def _capped(reach: Reach, errand: Errand, now: datetime) -> Reach:
    """Return the reach as the purpose leaves it: what is graded above its highest grade is not lifted."""
    grade, known = grade_of_purpose(errand.purpose, now=now), elements_of(reach.kind)
    return replace(
        reach, lifted=frozenset(code for code in reach.lifted if code in known and known[code].grade <= grade)
    )


def _agreed(found: Sequence[Entity | None], errand: Errand, now: datetime) -> list[Entity | None]:
    """Leave out who has not agreed, where the purpose rests on consent. What rests on it lifts no sensitive value."""
    asked = {token for one in found if one for token in one.subjects}
    agreed = trust.consenting(f"registry.{errand.purpose}", asked, on=timezone.localdate(now))
    return [one if one and (agreed is None or set(one.subjects) & set(agreed)) else None for one in found]


def _elements(reach: Reach) -> dict[str, ElementInfo]:
    return {code: one for code, one in elements_of(reach.kind).items() if code in reach.elements}


def _released(reach: Reach, elements: Mapping[str, ElementInfo], entity: Entity) -> Released:
    return Released(entity.id, _values(reach, elements, entity))


def _in_rows(reach: Reach, whole: Mapping[str, Any]) -> bool:
    return all(str(whole.get(code)) in set(map(str, values)) for code, values in reach.where.items())


def _found(reach: Reach, whom: Sequence[Whom], now: datetime) -> list[Entity | None]:
    asked = [_cleaned(reach.kind, one, now) for one in whom]
    tokens = [{(code, token) for code, token in _tokens(reach.kind, one)} for one in asked]
    rows = Identifier.objects.filter(kind=reach.kind, token__in={token for pairs in tokens for _code, token in pairs})
    owners: dict[tuple[str, str], set[UUID]] = {}
    for code, token, entity_id in rows.values_list("element", "token", "entity_id"):
        owners.setdefault((code, token), set()).add(entity_id)
    meant = [set.intersection(*(owners.get(pair, set()) for pair in pairs)) for pairs in tokens]
    near = Entity.objects.filter(inside(reach.division_id), kind=reach.kind, pk__in=set().union(*meant))
    entities = {one.id: one for one in near.defer("terms", "origins")}
    return [_the_one(reach, one, [entities[key] for key in ids if key in entities])
            for one, ids in zip(asked, meant, strict=True)]  # fmt: skip


def _the_one(reach: Reach, said: Mapping[str, Value], candidates: Iterable[Entity]) -> Entity | None:
    """Return the only candidate that agrees with all that was said and lies in the rows of the contract."""
    agreeing = []
    for entity in candidates:
        whole = entity.whole()
        if _in_rows(reach, whole) and all(whole.get(code) == value for code, value in said.items()):
            agreeing.append(entity)
    return agreeing[0] if len(agreeing) == 1 else None


def _cleaned(kind: str, whom: Whom, now: datetime) -> dict[str, Value]:
    known = elements_of(kind)
    if unknown := sorted(set(whom) - set(known)):
        raise NotFindableError(_("There is no data element %(code)s.") % {"code": unknown[0]})
    said = {code: check_value(kind=kind, code=code, raw=raw, now=now) for code, raw in whom.items()}
    clean = {code: value for code, value in said.items() if value is not None}
    if not any(known[code].search == "exact" for code in clean):
        raise NotFindableError
    return clean


def _tokens(kind: str, said: Mapping[str, Value]) -> Iterable[tuple[str, str]]:
    for code, value in said.items():
        element = elements_of(kind)[code]
        if element.search == "exact":
            yield code, token_of(element, str(value))


def _way(reach: Reach, element: ElementInfo) -> Shown:
    return "plain" if element.code in reach.lifted or LIST.of(element) == "plain" else "masked"


def _values(reach: Reach, elements: Mapping[str, ElementInfo], entity: Entity) -> dict[str, str]:
    whole = entity.whole()
    return {
        code: said_of(one, whole[code]) if _way(reach, one) == "plain" else masked(one, whole[code])
        for code, one in elements.items()
        if code in whole
    }


def _note(
    entities: Sequence[Entity], asked: int, *, errand: Errand, reach: Reach, read: Sequence[str], now: datetime
) -> None:
    trust.record(
        by=errand.by, action=errand.action, purpose=f"registry.{errand.purpose}", case=errand.case, elements=read,
        subjects=[token for one in entities for token in one.subjects], object_kind=reach.kind,
        object_id=entities[0].id if asked == 1 and entities else f"{len(entities)} of {asked}",
        result="ok" if entities else "none", now=now, trace=errand.trace,
    )  # fmt: skip
