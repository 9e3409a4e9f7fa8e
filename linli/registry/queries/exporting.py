"""A list of the base as it would leave in a file 导出: the dictionary's columns, values behind the exporter's masks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Entity
from linli.registry.queries.cards import said_of
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.listing import ORDER, Wanted, rows_of
from linli.registry.queries.purposes import narrowed, warrant_to
from linli.registry.queries.sight import EXPORT, SENSITIVE
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.masks import Clearance, clearance_of, ledger_word, masked
from linli.trust import api as trust
from linli.trust import slots as trust_slots

MOST_ROWS = 5000


def leaving_of(*, wanted: Wanted, by: accounts.Actor, purpose: str, now: datetime) -> trust_slots.Leaving:
    """Return a heading and the lines of a list, at most 5,000, for a purpose of the register.

    What the exporter's clearance does not open stands masked, and the highest grade has no column. Raises NotAllowed
    and PurposeMissingError.
    """
    trust.require(by, EXPORT)
    warrant = warrant_to(EXPORT, by, purpose=purpose, now=now)
    clearance = narrowed(_narrowest(by), wanted.kind, warrant.activity)
    columns = [one for one in elements_of(wanted.kind).values() if clearance.of(one) != "hidden"]
    parts = rows_of(by, wanted, EXPORT)
    with trust.sight(by, EXPORT):
        rows = [row for part in parts for row in part.order_by(*ORDER)[:MOST_ROWS]][:MOST_ROWS]
    return trust_slots.Leaving(
        name=wanted.kind, heading=[one.label for one in columns],
        lines=[_line(row, columns, clearance) for row in rows],
        subjects=[token for row in rows for token in row.subjects],
        elements=[ledger_word(wanted.kind, one.code, clearance.of(one)) for one in columns],
        grades=[one.grade for one in columns], purpose=f"registry.{purpose}", object_kind=f"{wanted.kind}_list",
    )  # fmt: skip


def as_data(wanted: Wanted, purpose: str) -> dict[str, Any]:
    """Return how a list is narrowed, and for which purpose it is wanted, as data that can be kept sealed."""
    said = {name: getattr(wanted, name) for name in Wanted.__slots__}
    tag_id = str(wanted.tag_id) if wanted.tag_id else None
    return {**said, "tag_id": tag_id, "where": list(wanted.where), "purpose": purpose}


def from_data(data: Mapping[str, Any]) -> tuple[Wanted, str]:
    """Return both again."""
    said = {name: data[name] for name in Wanted.__slots__}
    tag_id = UUID(said["tag_id"]) if said["tag_id"] else None
    return Wanted(**{**said, "tag_id": tag_id, "where": tuple(said["where"])}), data["purpose"]


def _narrowest(by: accounts.Actor) -> Clearance:
    """Return what every post that exports may read: a list may reach over the areas of several."""
    each = [clearance_of(held.capabilities) for held in by.holdings_with(EXPORT)] or [clearance_of([SENSITIVE])]
    return Clearance(min(one.step for one in each))


def _line(row: Entity, columns: list[ElementInfo], clearance: Clearance) -> list[Any]:
    values = row.whole()
    return [_cell(one, values, clearance) for one in columns]


def _cell(element: ElementInfo, values: Mapping[str, Any], clearance: Clearance) -> Any:
    if element.code not in values:
        return ""
    value = values[element.code]
    said = said_of(element, value) if clearance.of(element) == "plain" else masked(element, value)
    return kernel.safe_cell(said) if isinstance(said, str) else said
