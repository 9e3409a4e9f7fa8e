"""Looking at what several sources say about one element 多源比对; the look stands in the ledger."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.registry.actions.fill import clearances_for
from linli.registry.queries.sides import differing_of, sides_of
from linli.registry.queries.sight import SEE
from linli.registry.rules.masks import ledger_word
from linli.registry.rules.sides import Sides
from linli.registry.rules.ways import along
from linli.trust import api as trust


def differing(
    *, kind: str, ids: Sequence[UUID], paths: Sequence[str], by: accounts.Actor, purpose: str, now: datetime
) -> dict[UUID, frozenset[str]]:
    """Return about which paths sources differ, by record. Says no value and records nothing: only beside `fill`.

    Raises NotAllowed, PurposeMissingError.
    """
    return differing_of(
        kind=kind, ids=ids, paths=paths, viewer=by, clearances=clearances_for(by, purpose, now), now=now
    )


@transaction.atomic
def look_at_sides(
    *, entity_id: UUID, path: str, by: accounts.Actor, purpose: str, now: datetime, case: str = ""
) -> Sides:
    """Return what each source says about an element, masked for who asks; recorded in the same transaction.

    Raises NotAllowed, PurposeMissingError, Hidden.
    """
    clearances = clearances_for(by, purpose, now)
    found, led = sides_of(entity_id=entity_id, path=path, viewer=by, clearances=clearances, now=now), along(path)
    if found is None or led is None:
        raise trust.Hidden(SEE)
    sides, subjects = found
    trust.record(
        by=by, action="sides", purpose=f"registry.{purpose}", subjects=subjects, object_kind=led[1],
        object_id=sides.entity_id, elements=[ledger_word(led[1], led[2], sides.way)], now=now, case=case,
    )  # fmt: skip
    return sides
