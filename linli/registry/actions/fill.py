"""Choosing whom a form is about, and reading them for its purpose 填报取数; everybody read stands in the ledger."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.registry.queries import ends as queries
from linli.registry.queries.choosing import ids_of
from linli.registry.queries.filling import found_of
from linli.registry.queries.households import others_at_home
from linli.registry.queries.purposes import narrowed, warrant_to
from linli.registry.queries.sight import SEE, SENSITIVE
from linli.registry.rules.filling import End, Found, Wish
from linli.registry.rules.kinds import KINDS
from linli.registry.rules.masks import Clearance, clearance_of
from linli.trust import api as trust

TOGETHER = 1000  # people in one entry of the ledger


@transaction.atomic
def choose_rows(*, wish: Wish, by: accounts.Actor, purpose: str, now: datetime, case: str = "") -> list[UUID]:
    """Return whom a form means, in the viewer's sight, in the order of addresses; at most 20,000.

    The ledger keeps what was asked, not who was found: that is recorded when they are read. Raises NotAllowed,
    PurposeMissingError, WishRefusedError.
    """
    clearance = clearances_for(by, purpose, now)[wish.kind]
    found = ids_of(wish=wish, viewer=by, clearance=clearance, today=wish.on or timezone.localdate(now))
    trust.record(
        by=by, action="search", purpose=f"registry.{purpose}", subjects=[], object_kind=f"{wish.kind}_list",
        object_id=f"{len(found)} rows", elements=[f"{wish.kind}.{one}" for one, _how, _value in wish.where], now=now,
        case=case,
    )  # fmt: skip
    return found


@transaction.atomic
def fill(
    *, kind: str, ids: Sequence[UUID], paths: Sequence[str], by: accounts.Actor, purpose: str, now: datetime,
    case: str = "", basis: str = "", with_origins: bool = False, action: str = "fill",
) -> Found:  # fmt: skip
    """Read records along paths for a purpose; whoever was read stands in the ledger, in the same transaction.

    `case` and `basis` name the business and by what law it is done, where that is not the post's own.
    Raises NotAllowed, PurposeMissingError.
    """
    found = look_for_form(
        kind=kind, ids=ids, paths=paths, by=by, purpose=purpose, now=now, with_origins=with_origins,
        with_visits=with_origins,
    )  # fmt: skip
    keys = list(found.rows)
    for start in range(0, len(keys), TOGETHER):
        some = keys[start : start + TOGETHER]
        trust.record(
            by=by, action=action, purpose=f"registry.{purpose}", object_kind=f"{kind}_list",
            subjects=[token for key in some for token in found.subjects[key]], object_id=f"{len(some)} rows",
            elements=found.read, now=now, case=case, basis=basis,
        )  # fmt: skip
    return found


def look_for_form(
    *, kind: str, ids: Sequence[UUID], paths: Sequence[str], by: accounts.Actor, purpose: str, now: datetime,
    with_origins: bool = False, with_visits: bool = False,
) -> Found:  # fmt: skip
    """Read as `fill` does and record nothing: only for what `trust.take_out` records. Raises the same."""
    clearances = clearances_for(by, purpose, now)
    return found_of(
        kind=kind, ids=ids, paths=paths, viewer=by, clearances=clearances, now=now, with_origins=with_origins,
        with_visits=with_visits,
    )  # fmt: skip


def members_of(
    *, kind: str, ids: Sequence[UUID], by: accounts.Actor, purpose: str, on: date, now: datetime
) -> dict[UUID, tuple[UUID, ...]]:  # fmt: skip
    """Return who shares a household with these people, or belongs to these households, on a day; see `others_at_home`.

    No value is told; whoever reads them records it. Raises NotAllowed, PurposeMissingError.
    """
    clearances_for(by, purpose, now)
    return others_at_home(kind=kind, ids=ids, viewer=by, on=on)


def ends_of(
    *, ids: Sequence[UUID], paths: Sequence[str], by: accounts.Actor, now: datetime
) -> dict[str, dict[UUID, End]]:  # fmt: skip
    """Return to which other records in sight paths lead, by path and record; see `registry.queries.ends`.

    No value is told; whoever reads them records it. Raises NotAllowed.
    """
    trust.require(by, SEE)
    return queries.ends_of(ids=ids, paths=paths, viewer=by, on=timezone.localdate(now))


def clearances_for(by: accounts.Actor, purpose: str, now: datetime) -> dict[str, Clearance]:
    """Return for each kind what every post that sees may read, no further than the purpose goes.

    Raises NotAllowed, PurposeMissingError.
    """
    trust.require(by, SEE)
    warrant = warrant_to(SEE, by, purpose=purpose, now=now)
    each = [clearance_of(held.capabilities) for held in by.holdings_with(SEE)] or [clearance_of([SENSITIVE])]
    narrowest = Clearance(min(one.step for one in each))
    return {kind: narrowed(narrowest, kind, warrant.activity) for kind in KINDS}
