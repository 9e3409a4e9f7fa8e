"""A copy of my data 个人信息副本: what every domain holds about a person, with its source; made when it is opened."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.trust import slots
from linli.trust.actions.record import record
from linli.trust.queries.looks import oneself
from linli.trust.queries.rights_of import open_copy
from linli.trust.rules.refusals import Hidden
from linli.trust.states import rights as states


@transaction.atomic
def read_copy(
    *, by: accounts.Actor, now: datetime, ward: UUID | None = None
) -> Sequence[tuple[str, Sequence[slots.Held]]]:
    """Return what is held about who asks, or about their ward, by domain; it is made anew while it is open.

    Raises Hidden where no copy was asked for within the last seven days, or the person is not confirmed any more.
    """
    me = oneself(by, now=now, ward=ward)
    asked = open_copy(me, now)
    if asked is None or asked.subject != me.token:
        raise Hidden(states.ANSWER)
    parts = [(str(holder.label), holder.held(by, now=now, ward=ward)) for holder in slots.holders.all()]
    record(
        by=by, action="right_copy", purpose="trust.rights", subjects=[asked.subject], object_kind="right",
        object_id=asked.id, elements=["right.copy"], case=asked.number, basis=me.basis, now=now,
    )  # fmt: skip
    return [(label, rows) for label, rows in parts if rows]
