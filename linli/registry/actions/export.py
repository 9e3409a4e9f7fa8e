"""A list leaves as a table 导出: the columns are the dictionary's, the values stand behind the masks of who exports."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

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

MOST_ROWS = 5000


@transaction.atomic
def export_entities(*, wanted: Wanted, by: accounts.Actor, purpose: str, now: datetime) -> Iterator[list[Any]]:
    """Return a heading and the lines of a list, at most 5,000, for a purpose of the register; the ledger names all.

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
    trust.record(
        by=by, action="export", purpose=f"registry.{purpose}", object_kind=f"{wanted.kind}_list",
        subjects=[token for row in rows for token in row.subjects], object_id=f"{len(rows)} rows",
        elements=[ledger_word(wanted.kind, one.code, clearance.of(one)) for one in columns], now=now,
    )  # fmt: skip
    return _lines(rows, columns, clearance)


def _narrowest(by: accounts.Actor) -> Clearance:
    """Return what every post that exports may read: a list may reach over the areas of several."""
    each = [clearance_of(held.capabilities) for held in by.holdings_with(EXPORT)] or [clearance_of([SENSITIVE])]
    return Clearance(min(one.step for one in each))


def _lines(rows: list[Entity], columns: list[ElementInfo], clearance: Clearance) -> Iterator[list[Any]]:
    yield [one.label for one in columns]
    for row in rows:
        values = row.whole()
        yield [_cell(one, values, clearance) for one in columns]


def _cell(element: ElementInfo, values: Mapping[str, Any], clearance: Clearance) -> Any:
    if element.code not in values:
        return ""
    value = values[element.code]
    said = said_of(element, value) if clearance.of(element) == "plain" else masked(element, value)
    return kernel.safe_cell(said) if isinstance(said, str) else said
