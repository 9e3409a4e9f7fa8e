"""The head row of an entity, written from what is believed about it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.kinds import KINDS, PERSON
from linli.registry.rules.masks import masked
from linli.registry.rules.survivorship import Believed
from linli.registry.rules.terms import name_terms, scope_term, sort_key, text_terms

NO_NAME = "—"
_written = json.JSONEncoder(ensure_ascii=False).encode
SCOPES = ("grid", "community", "street", "registered_community", "registered_street")


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of an entity that follow from its records, and the tokens by which it is found."""

    label: str
    sort: str
    attributes: dict[str, Any]
    sealed: str
    origins: dict[str, list[str]]
    subjects: list[str]
    terms: list[int]
    tokens: list[tuple[str, str]]


class Part(NamedTuple):
    """What one value adds to a head: how a list shows it, how JSON writes it, and what it is found by."""

    shown: Any
    written: str
    is_sealed: bool
    terms: tuple[int, ...]
    token: str


def part_of(element: ElementInfo, value: Any) -> Part:
    """Return what a believed value of an element adds to a head; it is the same for everybody."""
    text, is_sealed = str(value), element.is_sealed
    return Part(
        shown=masked(element, value) if is_sealed else value,
        written=f'"{element.code}": {_written(value)}',
        is_sealed=is_sealed,
        terms=tuple(_terms_of(element, text)) if element.search == "fragment" else (),
        token=token_of(element, text) if element.search == "exact" else "",
    )


def written(parts: Iterable[Part]) -> str:
    """Return values as a JSON object."""
    return "{" + ", ".join([part.written for part in parts]) + "}"


def head_of(
    entity_id: object,
    kind: str,
    values: Mapping[str, Any],
    parts: Mapping[str, Part],
    origins: dict[str, list[str]],
    *,
    area: Mapping[str, int | None],
    address: str,
) -> Head:
    """Return the head row of an entity from the believed values of its elements and what `origins_of` says of them.

    `parts` are what `part_of` says of each value, `area` its area columns, `address` that of its home ("" for none).
    """
    sealed = [part for part in parts.values() if part.is_sealed]
    label = str(values.get(KINDS[kind].title) or NO_NAME)
    found = text_terms(address).union(scope_terms(kind, area), *[part.terms for part in parts.values() if part.terms])
    return Head(
        label=label[:200],
        sort=_sort(kind, label, address or str(values.get("address", ""))),
        attributes={code: part.shown for code, part in parts.items()},
        sealed=written(sealed) if sealed else "",
        origins=origins,
        subjects=_subjects(entity_id, kind, values, parts),
        terms=sorted(found),
        tokens=[(code, part.token) for code, part in parts.items() if part.token],
    )


def origins_of(believed: Mapping[str, Believed]) -> dict[str, list[str]]:
    """Return which source record each value comes from: {record: [codes]}."""
    origins: dict[str, list[str]] = {}
    for code, one in believed.items():
        origins.setdefault(str(one.said.id), []).append(code)
    return origins


def token_of(element: ElementInfo, value: str) -> str:
    """Return the token under which a whole value is found; telephones have that of accounts."""
    if element.type == "phone" and accounts.mobile_number(value):
        return accounts.phone_token(value)
    return kernel.keyed_token(value.upper(), context="registry.exact")


def tokens_of_query(query: str) -> list[str]:
    """Return the tokens of what somebody typed, as a whole value of any element."""
    text = "".join(query.split())
    check = kernel.check_citizen_id(text)
    found = {kernel.keyed_token((check.canonical or text).upper(), context="registry.exact")}
    if accounts.mobile_number(text):
        found.add(accounts.phone_token(text))
    return sorted(found)


def scope_terms(kind: str, area: Mapping[str, int | None]) -> Iterable[int]:
    """Yield the terms that say in which areas an entity of this kind is found."""
    for column in SCOPES:
        if key := area.get(f"{column}_id"):
            yield scope_term(kind, column.removeprefix("registered_"), key)


def subject_of(entity_id: object) -> str:
    """Return the token under which the ledger knows a person of the base."""
    return kernel.keyed_token(str(entity_id), context="registry.person")


def _sort(kind: str, label: str, address: str) -> str:
    """People and households are listed by their door, so that those of one home stand together."""
    return sort_key(f"{address} {label}" if kind in {PERSON, "household"} else label)


def _terms_of(element: ElementInfo, text: str) -> set[int]:
    return name_terms(text) if element.mask == "name" else text_terms(text)


def _subjects(entity_id: object, kind: str, values: Mapping[str, Any], parts: Mapping[str, Part]) -> list[str]:
    if kind != PERSON:
        return []
    own = values.get("phone")
    is_known = bool(own) and bool(accounts.mobile_number(str(own)))
    phones = [parts["phone"].token or accounts.phone_token(str(own))] if is_known else []
    return [subject_of(entity_id), *phones]


__all__ = ["Head", "Part", "head_of", "origins_of", "part_of", "scope_terms", "subject_of", "token_of",
           "tokens_of_query", "written"]  # fmt: skip
