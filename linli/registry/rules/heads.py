"""The head row of an entity, written from what is believed about it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.kinds import KINDS, PERSON
from linli.registry.rules.masks import masked
from linli.registry.rules.survivorship import Believed
from linli.registry.rules.terms import name_terms, scope_term, sort_key, text_terms

NO_NAME = "—"
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


def head_of(
    entity_id: object,
    kind: str,
    elements: Mapping[str, ElementInfo],
    values: Mapping[str, Any],
    origins: dict[str, list[str]],
    *,
    area: Mapping[str, int | None],
    address: str,
) -> Head:
    """Return the head row of an entity from the believed values of its elements and what `origins_of` says of them.

    `area` are its area columns, `address` that of its home ("" for none).
    """
    whole = {code: value for code, value in values.items() if elements[code].is_sealed}
    label = str(values.get(KINDS[kind].title) or NO_NAME)
    tokens = [
        (code, token_of(elements[code], str(value)))
        for code, value in values.items()
        if elements[code].search == "exact"
    ]
    return Head(
        label=label[:200],
        sort=_sort(kind, label, address or str(values.get("address", ""))),
        attributes={code: masked(elements[code], value) if code in whole else value for code, value in values.items()},
        sealed=json.dumps(whole, ensure_ascii=False) if whole else "",
        origins=origins,
        subjects=_subjects(entity_id, kind, values),
        terms=sorted(_terms(elements, values, address) | set(scope_terms(kind, area))),
        tokens=tokens,
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


def _terms(elements: Mapping[str, ElementInfo], values: Mapping[str, Any], address: str) -> set[int]:
    found = text_terms(address)
    for code, value in values.items():
        if elements[code].search == "fragment":
            found |= name_terms(str(value)) if elements[code].mask == "name" else text_terms(str(value))
    return found


def _subjects(entity_id: object, kind: str, values: Mapping[str, Any]) -> list[str]:
    if kind != PERSON:
        return []
    own = values.get("phone")
    phones = [accounts.phone_token(str(own))] if own and accounts.mobile_number(str(own)) else []
    return [subject_of(entity_id), *phones]


__all__ = ["Head", "head_of", "origins_of", "scope_terms", "subject_of", "token_of", "tokens_of_query"]
