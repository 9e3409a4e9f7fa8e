"""The owner's own data answer a correction 主管数据已更新: the proposed value came, or yet another one."""

import json
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange import facts, states
from linli.exchange.actions.correct_wire import tell_origin
from linli.exchange.actions.step import step_on
from linli.exchange.models import Correction
from linli.exchange.queries.corrections import here_to_answer
from linli.kernel import facts as journal
from linli.registry import api as registry


@transaction.atomic
def follow_owners(*, entity_ids: Collection[UUID], now: datetime) -> int:
    """End corrections about these entities that the owner's data answered since they were proposed; return how many.

    The same value again is no answer. One query where nothing waits.
    """
    waiting = here_to_answer().filter(state=states.PROPOSED, entity_id__in=list(entity_ids)).order_by("id")
    return sum(_follow(row, now) for row in waiting.select_for_update(of=("self",)))


def _follow(row: Correction, now: datetime) -> bool:
    said = registry.said_since(entity_id=row.entity_id, element=row.element, department=row.owner, moment=row.made_at)
    if not said.is_new:
        return False
    is_same = said.since == json.loads(row.value.reveal())
    row.answer = (
        _("The value came with the owner's own data.")
        if is_same
        else _("The owner's data have changed and say something else. Look at the record; propose again if needed.")
    )
    step_on(row, "arrive" if is_same else "overtake", by=accounts.SYSTEM, now=now, words=row.answer)
    row.answered_at = now
    row.save(update_fields=["state", "answer", "answered_at"])
    if row.peer_ref:
        tell_origin(row, now=now)
    told = facts.CorrectionArrived if is_same else facts.CorrectionOvertaken
    journal.publish(
        told(row.pk, row.number, row.entity_id, row.element, row.unit_id, row.owner_unit_id), now=now
    )  # fmt: skip
    return True
