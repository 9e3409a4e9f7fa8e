"""Short holdings: access that ends by itself at an exact moment, over an area or one row. Trust opens them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from linli.accounts import facts
from linli.accounts.models import Holding
from linli.accounts.rules.actor import Actor
from linli.kernel import facts as journal


@transaction.atomic
def open_short_holding(
    *,
    of: UUID,
    capabilities: Iterable[str],
    division_id: int,
    ends_at: datetime,
    basis: str,
    by: Actor,
    now: datetime,
    only_kind: str = "",
    only_id: UUID | None = None,
) -> Holding:
    """Give the holder of a holding some of its capabilities elsewhere, until a moment; never what the post lacks.

    Whoever calls has checked that this may be. Raises Holding.DoesNotExist.
    """
    own = Holding.objects.select_related("post").get(Q(person_id=by.person_id), pk=of)
    row = Holding.objects.create(
        person_id=own.person_id, post=own.post, unit_id=own.unit_id, division_id=division_id,
        valid_from=timezone.localdate(now), ends_at=ends_at, basis=basis,
        capabilities=sorted(set(capabilities) & set(own.post.capabilities)), only_kind=only_kind, only_id=only_id,
    )  # fmt: skip
    told = facts.HoldingOpened(
        holding_id=row.pk, person_id=row.person_id, post_code=own.post.code, unit_id=row.unit_id,
        division_id=division_id, valid_from=row.valid_from, by_person_id=by.person_id,
    )  # fmt: skip
    journal.publish(told, now=now)
    return row


@transaction.atomic
def end_short_holding(*, holding_id: UUID, by: Actor, now: datetime) -> None:
    """End a short holding before its moment: the next request has it no more."""
    row = Holding.objects.select_for_update().get(pk=holding_id, ends_at__isnull=False)
    if row.ended_at is None:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        told = facts.HoldingEnded(holding_id=row.pk, person_id=row.person_id, by_person_id=by.person_id)
        journal.publish(told, now=now)
