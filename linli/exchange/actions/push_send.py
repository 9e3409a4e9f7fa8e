"""Deliveries of changes go out in order, signed, once the grant is seen to be open; what fails waits ever longer."""

import time
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from linli.exchange import facts, states
from linli.exchange.actions.push import stop_push
from linli.exchange.models import Grant, Push, PushDelivery
from linli.exchange.queries.rising import risen_of
from linli.kernel import api as kernel
from linli.kernel import facts as journal

AT_ONCE, PATIENCE = 100, 10.0  # deliveries of one grant in one job; seconds for one attempt
WAITING, SENT, FAILED = PushDelivery.State.WAITING, PushDelivery.State.SENT, PushDelivery.State.FAILED


def send_waiting(*, grant_id: UUID, now: datetime) -> int:
    """Send what waits, in order, until all is sent or one attempt fails; return how many were taken.

    The grant is looked at before every attempt, at the moment of the attempt; nothing in the database is held while
    the target is asked.
    """
    sent, began = 0, time.monotonic()
    for _turn in range(AT_ONCE):
        moment = now + timedelta(seconds=time.monotonic() - began)
        push = _open(grant_id, moment)
        delivery = push and PushDelivery.objects.filter(push=push, state=WAITING).order_by("sequence").first()
        if not push or not delivery or not _attempt(push, delivery, moment):
            break
        sent += 1
    return sent


def _open(grant_id: UUID, now: datetime) -> Push | None:
    """Return what may be sent by now; what waits of a grant that is over is dropped here at the latest."""
    push = Push.objects.filter(grant_id=grant_id).select_related("grant").first()
    if push is None or push.secret is None:
        return None
    if push.grant.state in states.FINAL or push.grant.closes_at <= now:
        stop_push(grant=push.grant, now=now)
        return None
    is_open = push.grant.state == states.ACTIVE and push.grant.opens_at <= now and not risen_of(push.grant).stops
    return push if is_open and (push.next_try_at is None or push.next_try_at <= now) else None


def _attempt(push: Push, delivery: PushDelivery, now: datetime) -> bool:
    """Send one delivery and write down how it went."""
    secret, text = push.secret, delivery.body
    if secret is None or text is None:
        return False
    body = text.reveal().encode()
    headers = kernel.signed(secret.reveal(), delivery.id, now, body)
    try:
        answer = kernel.post_out(url=push.grant.push_to, body=body, headers=headers, seconds=PATIENCE)
    except kernel.OutgoingError as refused:
        error = str(refused)[:300]
    else:
        error = "" if answer.is_good else f"HTTP {answer.status}"
    _write_down(push.pk, delivery.pk, error, now)
    return not error


@transaction.atomic
def _write_down(push_id: UUID, delivery_id: UUID, error: str, now: datetime) -> None:
    push = Push.objects.select_for_update(of=("self",)).select_related("grant").get(pk=push_id)
    delivery = PushDelivery.objects.select_for_update().get(pk=delivery_id)
    delivery.attempts, delivery.tried_at, delivery.error = delivery.attempts + 1, now, error
    if error:
        push.failures += 1
        push.next_try_at = now + (kernel.pause_after(push.failures) or kernel.LONGEST_PAUSE)
        if delivery.state == WAITING and kernel.pause_after(delivery.attempts) is None:
            delivery.state, delivery.ended_at = FAILED, now
            _alarm(push.grant, now)
    else:
        delivery.state, delivery.ended_at, delivery.body, delivery.entities = SENT, now, None, []
        push.failures, push.next_try_at, push.reached_at = 0, None, now
    delivery.save(update_fields=["attempts", "tried_at", "error", "state", "ended_at", "body", "entities"])
    push.save(update_fields=["failures", "next_try_at", "reached_at"])


def _alarm(grant: Grant, now: datetime) -> None:
    told = facts.PushGivenUp(
        grant_id=grant.pk, number=grant.number, unit_id=grant.unit_id, owner_unit_id=grant.owner_unit_id
    )
    journal.publish(told, now=now)
