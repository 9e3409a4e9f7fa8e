"""Lists that are worked off by a grant 批量核对: sealed, done in parts, each counted and recorded with it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange import facts
from linli.exchange.actions.use import Call, charge, check_open, digest_of, errand_of, line_of, note_refusal, reach_of
from linli.exchange.models import Batch, BatchPart, Grant, Use
from linli.exchange.queries.exporting import BATCH as FILE
from linli.exchange.queries.exporting import lines_kept
from linli.exchange.rules.sharing_refusals import KeyUsedError, QuotaSpentError, RefusedError, TermsRefusedError
from linli.exchange.rules.terms import BATCH
from linli.kernel import facts as journal
from linli.registry import api as registry
from linli.trust import api as trust

MOST, AT_ONCE = 5000, 200


class TooLongError(TermsRefusedError):
    """More lines than one list may have."""

    status = 413


def hand_in(*, call: Call, whom: Sequence[registry.Whom], elements: Sequence[str] = ()) -> Batch:
    """Keep a list that a job works off, 1 to 5,000 lines. With a key that came before it is the list of then.

    Raises NotAllowed, RefusedError.
    """
    if not whom:
        raise TermsRefusedError("whom", _("The list is empty."))
    if len(whom) > MOST:
        raise TooLongError("whom", _("A list has at most 5,000 lines; divide it."))
    digest = digest_of(["batch", [dict(one) for one in whom], sorted(elements), call.purpose])
    try:
        with transaction.atomic():
            grant = check_open(call=call, way=BATCH, elements=elements)
            if grant.used + len(whom) > grant.quota:
                raise QuotaSpentError
            return _kept(grant, call, digest, whom, tuple(elements) or tuple(grant.elements))
    except RefusedError:
        note_refusal(call, BATCH, elements)
        raise


def work_off(*, batch_id: UUID, now: datetime) -> int:
    """Go on with a list where it stopped, 200 lines to a transaction; return how many lines were done.

    The grant is checked and counted for each part: where it has closed meanwhile, the list ends there.
    """
    done = 0
    while part := _next_part(batch_id, now):
        done += part
    return done


def take_file(*, batch: Batch, by: accounts.Actor, now: datetime) -> trust.Taken:
    """Take out the file of a list that is done, as long as its grant is open. Raises NotAllowed, RefusedError."""
    check_open(call=_call(batch.grant, by, now), way=BATCH, elements=batch.elements)
    return trust.take_out(kind=FILE, wanted={"batch": str(batch.pk)}, by=by, now=now)


def lines_of(batch: Batch, *, by: accounts.Actor, now: datetime) -> list[dict[str, Any]]:
    """Return the lines of a list that is done, as long as its grant is open. Raises NotAllowed, RefusedError."""
    check_open(call=_call(batch.grant, by, now), way=BATCH, elements=batch.elements)
    return lines_kept(batch)


def _kept(grant: Grant, call: Call, digest: str, whom: Sequence[registry.Whom], elements: Sequence[str]) -> Batch:
    holding = next((held for held in call.by.holdings if held.unit_id == grant.unit_id), None)
    values = {
        "digest": digest, "asked": json.dumps([dict(one) for one in whom], ensure_ascii=False), "total": len(whom),
        "elements": list(elements), "made_at": call.now, "holding_id": holding and holding.holding_id,
    }  # fmt: skip
    if call.key is None:
        batch, is_new = Batch.objects.create(grant=grant, **values), True
    else:
        batch, is_new = Batch.objects.get_or_create(grant=grant, key=call.key, defaults=values)
    if batch.digest != digest:
        raise KeyUsedError
    if is_new:
        journal.publish(facts.BatchWanted(batch_id=batch.pk), now=call.now)
    return batch


@transaction.atomic
def _next_part(batch_id: UUID, now: datetime) -> int:
    """Do the next lines and return how many; 0 where nothing is left or somebody else is at it."""
    batch = Batch.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        pk=batch_id, state=Batch.State.WAITING
    ).select_related("grant").first()  # fmt: skip
    if batch is None:
        return 0
    whom = json.loads(batch.asked.reveal())[batch.done : batch.done + AT_ONCE]
    call = _call(batch.grant, _actor(batch, now), now)
    try:
        with transaction.atomic():
            grant = charge(call=call, way=BATCH, elements=batch.elements, people=len(whom))
            _do(batch, grant, call, whom)
    except (RefusedError, trust.NotAllowed):
        note_refusal(call, BATCH, batch.elements)
        batch.state, batch.ended_at = Batch.State.CUT, now
        batch.save(update_fields=["state", "ended_at"])
        return 0
    if batch.done >= batch.total:
        batch.state, batch.ended_at = Batch.State.DONE, now
    batch.save(update_fields=["done", "state", "ended_at"])
    return len(whom)


def _do(batch: Batch, grant: Grant, call: Call, whom: Sequence[registry.Whom]) -> None:
    lines = _lines(batch, grant, call, whom)
    found = sum(bool(line["found"]) for line in lines)
    BatchPart.objects.create(batch=batch, first=batch.done, lines=json.dumps(lines, ensure_ascii=False))
    Use.objects.create(grant=grant, at=call.now, way=BATCH, people=len(whom), found=found)
    batch.done += len(whom)


def _lines(batch: Batch, grant: Grant, call: Call, whom: Sequence[registry.Whom]) -> list[dict[str, object]]:
    """Ask for all at once; a line that cannot be read is named and does not hold the others."""
    good: list[registry.Whom] = []
    places: list[int] = []
    lines: list[dict[str, object]] = []
    for place, one in enumerate(whom):
        problem = registry.problem_of(kind=grant.kind, whom=one, now=call.now)
        lines.append({"found": False, "subject": None, "values": {}, "problem": problem})
        if not problem:
            good.append(one)
            places.append(place)
    errand = errand_of(grant, call, BATCH)
    given = registry.release(reach=reach_of(grant, batch.elements), whom=good, errand=errand, now=call.now)
    for place, found in zip(places, given, strict=True):
        lines[place] |= line_of(found, grant)
    return lines


def _call(grant: Grant, by: accounts.Actor, now: datetime) -> Call:
    return Call(grant=grant.number, purpose=grant.purpose, by=by, now=now)


def _actor(batch: Batch, now: datetime) -> accounts.Actor:
    """Return who handed the list in, with what they may do today; nobody where the post has ended."""
    found = accounts.actor_in(batch.holding_id, on=timezone.localdate(now), at=now) if batch.holding_id else None
    return found or accounts.GUEST
