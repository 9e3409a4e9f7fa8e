"""Changes within a grant are made ready to be delivered 授权推送: counted, recorded and kept in one transaction."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange import facts, states
from linli.exchange.actions.use import (
    USE,
    Call,
    charge,
    check_open,
    errand_of,
    line_of,
    note_refusal,
    reach_of,
    recipient_key,
    units_of,
)
from linli.exchange.models import Grant, Push, PushDelivery, PushTold, Use
from linli.exchange.rules.pushes import IS, message, only, state_of, without
from linli.exchange.rules.sharing_refusals import GrantClosedError, NotGrantedError, QuotaSpentError, RefusedError
from linli.exchange.rules.terms import PUSH
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.registry import api as registry
from linli.trust import api as trust

AT_ONCE, MOST = 50, 100  # entities in one delivery, deliveries made ready by one job
POST_ENDED = _("The post in whose name it was delivered has ended; make a new secret in another post.")
WAITING, FAILED, STOPPED = PushDelivery.State.WAITING, PushDelivery.State.FAILED, PushDelivery.State.STOPPED


@transaction.atomic
def begin_push(*, grant_id: UUID, by: accounts.Actor, now: datetime) -> str:
    """Make the secret that signs from now on and return it, once; with the first one delivering begins.

    It is delivered in the name of the post of who makes it. Raises NotAllowed, GrantClosedError, NotGrantedError.
    """
    push = _own(grant_id, by, now)
    holding = next(held for held in by.holdings_with(USE) if held.unit_id == push.grant.unit_id)
    secret = kernel.new_secret()
    push.secret, push.holding_id, push.error, push.next_try_at = secret, holding.holding_id, "", None
    push.save(update_fields=["secret", "holding", "error", "next_try_at"])
    _note(push, "exchange.push.secret", by, now)
    journal.publish(facts.PushWanted(grant_id=grant_id), now=now)
    return secret


def make_ready(*, grant_id: UUID, now: datetime) -> int:
    """Read on in the change log and keep a delivery of what changed within the grant; return how many were made.

    Each is counted against the quota and recorded with the people it speaks of in the transaction that keeps it. Where
    the grant does not open, the place in the log stays.
    """
    made = 0
    for _turn in range(MOST):
        told = _next(grant_id, now)
        if told is None:
            break
        made += bool(told)
    return made


@transaction.atomic
def send_again(*, delivery_id: UUID, by: accounts.Actor, now: datetime) -> None:
    """Send once more what was given up, with the same `webhook-id` and before what waits.

    Raises NotAllowed, GrantClosedError, StepNotPossibleError.
    """
    delivery = PushDelivery.objects.select_for_update().select_related("push").filter(pk=delivery_id).first()
    if delivery is None:
        raise trust.Hidden(USE)
    push = _own(delivery.push.grant_id, by, now)
    if delivery.state != FAILED:
        raise states.StepNotPossibleError
    delivery.state, delivery.attempts, delivery.error, delivery.ended_at = WAITING, 0, "", None
    delivery.save(update_fields=["state", "attempts", "error", "ended_at"])
    push.failures, push.next_try_at = 0, None
    push.save(update_fields=["failures", "next_try_at"])
    _note(push, "exchange.push.again", by, now)
    journal.publish(facts.PushWanted(grant_id=push.grant_id), now=now)


def stop_push(*, grant: Grant, now: datetime) -> int:
    """Drop what waits of a grant that is over, and what was known of whom was told; return how many were dropped."""
    push = Push.objects.filter(grant=grant).first()
    if push is None:
        return 0
    PushTold.objects.filter(push=push).delete()
    Push.objects.filter(pk=push.pk).update(secret=None, next_try_at=None)
    left = PushDelivery.objects.filter(push=push, state__in=[WAITING, FAILED])
    PushDelivery.objects.filter(push=push).exclude(entities=[]).update(entities=[])
    return left.update(state=STOPPED, body=None, ended_at=now)


def leave_elements(*, grant: Grant) -> int:
    """Take what a grant gives no more out of what waits or was given up; return how many deliveries were written."""
    rows = PushDelivery.objects.select_for_update().filter(push__grant=grant, state__in=[WAITING, FAILED])
    for row in rows:
        if row.body is not None:
            row.body = only(row.body.reveal(), grant.elements)
            row.save(update_fields=["body"])
    return len(rows)


@transaction.atomic
def take_out(*, entity_ids: Collection[UUID]) -> int:
    """Take the deleted out of what waits or was given up; return how many deliveries were written anew."""
    return _without(list(_speaking_of(entity_ids)), entity_ids)


@transaction.atomic
def leave_out(*, subject: str, purpose: str) -> int:
    """Take somebody who withdrew their consent to a purpose out of what waits for it; return how many were changed.

    `subject` is the token of the person, `purpose` that of the grants.
    """
    waiting = PushDelivery.objects.filter(state__in=[WAITING, FAILED], push__grant__purpose=purpose)
    named = {key for keys in waiting.values_list("entities", flat=True) for key in keys}
    theirs = {key for key in named if registry.subject_of(key) == subject}
    return _without(list(_speaking_of(theirs).filter(push__grant__purpose=purpose)), theirs) if theirs else 0


def forget_deliveries(*, before: datetime) -> int:
    """Delete deliveries that are over, or were given up, and older than this; return how many."""
    return PushDelivery.objects.filter(made_at__lt=before).exclude(state=WAITING).delete()[0]


@transaction.atomic
def _next(grant_id: UUID, now: datetime) -> int | None:
    """Make the next delivery and return of how many it speaks; None where nothing is left, or nothing may be told."""
    push = _held(grant_id)
    if push is None:
        return None
    grant = Grant.objects.select_for_update().get(pk=grant_id)
    call = Call(grant=grant.number, purpose=grant.purpose, by=_actor(push, now), now=now)
    try:
        check_open(call=call, way=PUSH, elements=())
        if grant.used >= grant.quota:
            raise QuotaSpentError
    except (RefusedError, trust.NotAllowed) as refused:
        _refuse(push, call, refused)
        return None
    most = min(AT_ONCE, grant.quota - grant.used)
    ids = _changed(push, grant, most)
    told = _tell(push, grant, call, ids) if ids else 0
    push.error = ""
    push.save(update_fields=["transaction", "entry", "sequence", "error"])
    return told if len(ids) == most else (told or None)


def _held(grant_id: UUID) -> Push | None:
    rows = Push.objects.select_for_update(skip_locked=True).filter(grant_id=grant_id)
    return rows.exclude(secret__isnull=True).first()


def _tell(push: Push, grant: Grant, call: Call, ids: Collection[UUID]) -> int:
    known = dict(PushTold.objects.filter(push=push, entity_id__in=ids).values_list("entity_id", "mark"))
    state = registry.release_changed(
        reach=reach_of(grant, grant.elements), ids=list(ids), errand=errand_of(grant, call, PUSH), now=call.now,
        news=lambda key, one: key in known if one is None else known.get(key) != _mark(one),
    )  # fmt: skip
    if not state:
        return 0
    charge(call=call, way=PUSH, elements=grant.elements, people=len(state))
    lines = [{"subject": recipient_key(key, grant), "state": state_of(one), **_values(grant, one)}
             for key, one in state.items()]  # fmt: skip
    found = sum(line["state"] == IS for line in lines)
    Use.objects.create(grant=grant, at=call.now, way=PUSH, people=len(state), found=found)
    push.sequence += 1
    PushDelivery.objects.create(
        push=push, sequence=push.sequence, people=len(state), entities=list(state), made_at=call.now,
        body=message(grant, push.sequence, lines, call.now),
    )  # fmt: skip
    _remember(push, state)
    return len(state)


def _changed(push: Push, grant: Grant, most: int) -> list[UUID]:
    """Return at most so many entities that may have news for the grant, and move on in the log up to them."""
    divisions, grids = registry.below(grant.division_id)
    wanted = {*grant.elements, *grant.rows}
    found: dict[UUID, None] = {}
    while rows := registry.changes_after(transaction=push.transaction, entry=push.entry):
        for one in rows:
            is_ours = one.kind == grant.kind and one.at >= grant.opens_at and registry.touches(one, wanted)
            if is_ours and registry.heard_within(one, divisions, grids) and one.entity_id not in found:
                if len(found) == most:
                    return list(found)
                found[one.entity_id] = None
            push.transaction, push.entry = one.transaction, one.id
    return list(found)


def _remember(push: Push, state: Mapping[UUID, registry.Released | None]) -> None:
    left = [key for key, one in state.items() if one is None]
    PushTold.objects.filter(push=push, entity_id__in=left).delete()
    rows = [PushTold(push=push, entity_id=key, mark=_mark(one)) for key, one in state.items() if one is not None]
    PushTold.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["push", "entity_id"], update_fields=["mark"]
    )  # fmt: skip


def _mark(one: registry.Released) -> str:
    text = json.dumps([str(one.id), sorted(one.values.items())], ensure_ascii=False)
    return kernel.keyed_token(text, context="exchange.push.told")


def _values(grant: Grant, one: registry.Released | None) -> dict[str, Any]:
    return {"values": line_of(one, grant)["values"]} if one else {}


def _refuse(push: Push, call: Call, refused: Exception) -> None:
    """Keep why nothing is made ready; the ledger is told once, until it is another reason."""
    sentence = str(POST_ENDED if isinstance(refused, trust.NotAllowed) else refused)[:300]
    if push.error != sentence:
        push.error = sentence
        push.save(update_fields=["error"])
        note_refusal(call, PUSH, ())


def _own(grant_id: UUID, by: accounts.Actor, now: datetime) -> Push:
    """Return the push of a grant of the own unit that is open, held. Raises NotAllowed, RefusedError."""
    trust.require(by, USE)
    push = Push.objects.select_for_update(of=("self",)).filter(
        grant_id=grant_id, grant__unit_id__in=units_of(by)
    ).select_related("grant").first()  # fmt: skip
    if push is None:
        raise NotGrantedError
    if push.grant.state != states.ACTIVE or push.grant.closes_at <= now:
        raise GrantClosedError
    return push


def _without(rows: Sequence[PushDelivery], entity_ids: Collection[UUID]) -> int:
    for row in rows:
        body, grant = row.body, row.push.grant
        gone = {recipient_key(key, grant) for key in set(entity_ids) & set(row.entities)}
        if body is not None:
            row.body = without(body.reveal(), gone)
            row.save(update_fields=["body"])
    return len(rows)


def _speaking_of(entity_ids: Collection[UUID]) -> "QuerySet[PushDelivery]":
    rows = PushDelivery.objects.select_for_update(of=("self",)).select_related("push__grant")
    return rows.filter(state__in=[WAITING, FAILED], entities__overlap=list(entity_ids))


def _actor(push: Push, now: datetime) -> accounts.Actor:
    """Return who made the secret, with what they may do today; nobody where the post has ended."""
    found = accounts.actor_in(push.holding_id, on=timezone.localdate(now), at=now) if push.holding_id else None
    return found or accounts.GUEST


def _note(push: Push, element: str, by: accounts.Actor, now: datetime) -> None:
    trust.record(
        by=by, action="change", purpose="exchange.sharing", subjects=[], object_kind="grant", object_id=push.grant_id,
        case=push.grant.number, elements=[element], now=now,
    )  # fmt: skip
