"""Values that leave the base under a contract 按约提供: whole, for one recipient; each entity stands in the ledger."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.registry.models import Entity
from linli.registry.models.entity import AREA_COLUMNS
from linli.registry.queries.dictionary import elements_of
from linli.registry.rules.masks import ledger_word
from linli.trust import api as trust

AREA_CODE = "area_code"


@dataclass(frozen=True, slots=True)
class ReleasedState:
    """What a recipient is told of one entity: what it is now, that it left the slice, or that it is gone."""

    id: UUID
    kind: str
    state: Literal["is", "left", "gone"]
    values: Mapping[str, Any]


@transaction.atomic
def release_values(
    *,
    ids: Iterable[UUID],
    elements: Mapping[str, Collection[str]],
    divisions: Collection[int],
    purpose: str,
    contract: object,
    now: datetime,
) -> dict[UUID, ReleasedState]:
    """Return what is known of these entities, as far as a contract reaches: its `elements` by kind, its `divisions`.

    Elements that are not shared, or retired, are left out, whatever the contract says. Two queries and the ledger.
    """
    rows = Entity.objects.filter(pk__in=list(ids)).defer("terms", "origins")
    found = {row.id: _released(row, elements, set(divisions)) for row in rows}
    for row in _not_agreed(rows, purpose, now):
        found[row.id] = ReleasedState(row.id, row.kind, "left", {})
    told = [row for row in rows if found[row.id].state == "is"]
    if told:
        words = sorted({ledger_word(row.kind, code, "plain") for row in told for code in found[row.id].values})
        subjects = [one for row in told for one in row.subjects]
        trust.record(
            by=accounts.SYSTEM, action="release", purpose=purpose, subjects=subjects,
            object_kind="feed_page", object_id=f"{len(told)} rows", elements=words, now=now, case=contract,
        )  # fmt: skip
    return found


def _not_agreed(rows: Iterable[Entity], purpose: str, now: datetime) -> list[Entity]:
    """Return those who have not agreed, where the purpose rests on consent: to a recipient they have left."""
    asked = {token for row in rows for token in row.subjects}
    agreed = trust.consenting(purpose, asked, on=timezone.localdate(now))
    return [] if agreed is None else [row for row in rows if not set(row.subjects) & set(agreed)]


def _released(row: Entity, elements: Mapping[str, Collection[str]], divisions: set[int]) -> ReleasedState:
    if row.kind not in elements or not {getattr(row, name) for name in AREA_COLUMNS if name != "grid_id"} & divisions:
        return ReleasedState(row.id, row.kind, "left", {})
    whole = row.whole()
    known = elements_of(row.kind)
    may = {code for code in elements[row.kind] if code in known and known[code].sharing != "none"}
    values = {code: whole[code] for code in sorted(may) if code in whole}
    if AREA_CODE in may and row.community_id:
        values[AREA_CODE] = regions.division(row.community_id).code
    return ReleasedState(row.id, row.kind, "is", values)
