"""Counting for a table by area 统计填报: numbers only; the ledger keeps what was asked."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.registry.actions.fill import clearances_for
from linli.registry.queries.tallying import tally_of
from linli.registry.rules.filling import Figure, Tally
from linli.trust import api as trust


@transaction.atomic
def tally(
    *, figures: Sequence[Figure], level: str, areas: Sequence[int], by: accounts.Actor, purpose: str, now: datetime,
    on: date | None = None, case: str = "",
) -> Tally:  # fmt: skip
    """Count figures by area for a purpose, ages as on a day; who is behind a number is looked through elsewhere.

    `areas` are grids, or divisions of one `level` (county, street, community, grid). Raises NotAllowed,
    PurposeMissingError.
    """
    found = tally_of(
        figures=figures, level=level, areas=areas, viewer=by, clearances=clearances_for(by, purpose, now),
        on=on or timezone.localdate(now),
    )  # fmt: skip
    trust.record(
        by=by, action="count", purpose=f"registry.{purpose}", subjects=[], object_kind="area_table",
        object_id=f"{len(areas)} rows", elements=found.read, now=now, case=case,
    )  # fmt: skip
    return found
