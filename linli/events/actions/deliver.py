"""Deliveries to webhooks: kept in order when something happens, sent one after the other, sent again when asked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.models import Delivery, Webhook
from linli.events.queries.webhooks import (
    INTERFACES,
    reached,
    reached_issues,
    told_events,
    told_issues,
    waiting_of,
    webhooks_open,
)
from linli.events.rules.webhooks import HOT, TEST, asked_of, events_of, kind_of, message, message_id
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.trust import api as trust

AT_ONCE = 200  # deliveries of one webhook in one job
PATIENCE = 10.0  # seconds for one attempt
WAITING, SENT, DEAD = Delivery.State.WAITING, Delivery.State.SENT, Delivery.State.DEAD


def keep_deliveries(*, told: Sequence[journal.Delivered[Any]], now: datetime) -> list[UUID]:
    """Keep a delivery of each fact for every webhook that may be told of it; return the webhooks that have new ones."""
    webhooks = webhooks_open()
    content = _content(told) if webhooks else {}
    made: list[Delivery] = []
    for webhook in webhooks:
        heard = [one for one in told if kind_of(one.fact.kind) in webhook.kinds]
        about = {each for one in heard for each in _about(one)}
        seen = reached(webhook, about, now) | reached_issues(webhook, about, now) if heard else set()
        made += [delivery for one in heard for delivery in _deliveries(webhook, one, content, seen)]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return list(dict.fromkeys(one.webhook_id for one in made))


def deliver_waiting(*, webhook_id: UUID, now: datetime, first: UUID | None = None) -> int:
    """Send what waits for a webhook, in order, until all is sent or one attempt fails; return how many were taken.

    After a failure nothing is sent for a growing pause, and what fails for two days is given up. `first` is tried
    though the webhook is paused or in such a pause. Nothing in the database is held while the target is asked.
    """
    sent = 0
    if first is not None:
        sent += _try_first(webhook_id, first, now)
    for _turn in range(AT_ONCE):
        webhook = Webhook.objects.filter(pk=webhook_id, ended_at=None, paused_at=None).first()
        if webhook is None or (webhook.next_try_at is not None and webhook.next_try_at > now):
            break
        delivery = waiting_of(webhook).first()
        if delivery is None or not _attempt(webhook, delivery, now):
            break
        sent += 1
    return sent


def send_test(*, webhook: Webhook, by: accounts.Actor, now: datetime) -> Delivery:
    """Send a message that says nothing, before all others, to see whether the target takes it."""
    trust.require(by, INTERFACES, webhook)
    with transaction.atomic():
        body = message(TEST, now, {}, {"words": "Linli"})
        test = Delivery.objects.create(webhook=webhook, fact_id=kernel.uuid7(), kind=TEST, payload=body, made_at=now)
        journal.publish(facts.DeliveriesWanted(webhook_id=webhook.id, delivery_id=test.id), now=now)
    return test


def replay_delivery(*, delivery: Delivery, by: accounts.Actor, now: datetime) -> None:
    """Send one delivery again, before all others and with the same `webhook-id`, whether it was taken or given up."""
    trust.require(by, INTERFACES, delivery.webhook)
    with transaction.atomic():
        _wait_again(Delivery.objects.filter(pk=delivery.pk))
        journal.publish(facts.DeliveriesWanted(webhook_id=delivery.webhook_id, delivery_id=delivery.id), now=now)
        _note(delivery.webhook, by, now)


def replay_since(*, webhook: Webhook, since: datetime, by: accounts.Actor, now: datetime, lost_only: bool) -> int:
    """Send everything again that happened since a moment, in order; only what was given up with `lost_only`.

    Returns how many wait now. The target knows by the `webhook-id` what it has already.
    """
    trust.require(by, INTERFACES, webhook)
    with transaction.atomic():
        rows = Delivery.objects.filter(webhook=webhook, made_at__gte=since).exclude(kind=TEST)
        count = _wait_again(rows.filter(state=DEAD) if lost_only else rows)
        Webhook.objects.filter(pk=webhook.pk).update(next_try_at=None)
        journal.publish(facts.DeliveriesWanted(webhook_id=webhook.id), now=now)
        _note(webhook, by, now)
    return count


def forget_deliveries(*, before: datetime) -> int:
    """Delete deliveries that are over and older than this, and return how many."""
    return Delivery.objects.filter(made_at__lt=before).exclude(state=WAITING).delete()[0]


def _content(told: Sequence[journal.Delivered[Any]]) -> dict[UUID, dict[str, Any]]:
    about = {each for one in told for each in _about(one)}
    issues = {one.fact.issue_id for one in told if kind_of(one.fact.kind) == HOT}
    return {**told_events(about - issues), **told_issues(issues)}


def _about(one: journal.Delivered[Any]) -> tuple[UUID, ...]:
    """Return the events that a fact names, or the hot issue; each must be seen by who is told of it."""
    if kind_of(one.fact.kind) == HOT:
        return (one.fact.issue_id,)
    other = getattr(one.fact, "other_id", None)
    return events_of(one.fact) + ((other,) if other else ())


def _deliveries(
    webhook: Webhook, one: journal.Delivered[Any], content: Mapping[UUID, Mapping[str, Any]], seen: Collection[UUID]
) -> Iterator[Delivery]:
    """Make a delivery for each event of a fact; what names another event is told only where both are seen."""
    kind, other = kind_of(one.fact.kind), getattr(one.fact, "other_id", None)
    asked = asked_of(kind, one.fact)
    more: dict[str, Any] = {"asked_unit_codes": [accounts.unit(unit_id).code for unit_id in asked]} if asked else {}
    if other is not None:
        if other not in seen:
            return
        more |= {"other_event_id": str(other), "other_number": content[other]["number"]}
    about = events_of(one.fact) or _about(one)
    for each in about:
        if each in seen:
            body = message(kind, one.told_at, vars(one.fact), {**content[each], **more})
            yield Delivery(
                webhook=webhook, fact_id=message_id(one.fact_id, each, len(about)), kind=kind, payload=body,
                number=content[each].get("number", ""), made_at=one.told_at,
            )  # fmt: skip


def _try_first(webhook_id: UUID, first: UUID, now: datetime) -> int:
    delivery = Delivery.objects.filter(pk=first, webhook_id=webhook_id, state=WAITING).select_related("webhook").first()
    return int(delivery is not None and delivery.webhook.ended_at is None and _attempt(delivery.webhook, delivery, now))


def _attempt(webhook: Webhook, delivery: Delivery, now: datetime) -> bool:
    """Send one delivery and write down how it went."""
    body = orjson.dumps(delivery.payload)
    headers = kernel.signed(webhook.secret.reveal(), delivery.id, kernel.now(), body)
    delivery.attempts, delivery.tried_at = delivery.attempts + 1, now
    try:
        answer = kernel.post_out(url=webhook.url, body=body, headers=headers, seconds=PATIENCE)
    except kernel.OutgoingError as refused:
        delivery.status, delivery.error = None, str(refused)[:200]
    else:
        delivery.status, delivery.error = answer.status, "" if answer.is_good else f"HTTP {answer.status}"
    _write_down(webhook, delivery, now)
    return not delivery.error


@transaction.atomic
def _write_down(webhook: Webhook, delivery: Delivery, now: datetime) -> None:
    if delivery.error:
        webhook.failures += 1
        pause = kernel.pause_after(delivery.attempts)
        delivery.state = DEAD if pause is None or delivery.kind == TEST else WAITING
        webhook.next_try_at = now + (kernel.pause_after(webhook.failures) or kernel.LONGEST_PAUSE)
    else:
        delivery.state, delivery.sent_at = SENT, now
        webhook.failures, webhook.next_try_at, webhook.reached_at = 0, None, now
    delivery.save(update_fields=["state", "attempts", "tried_at", "sent_at", "status", "error"])
    webhook.save(update_fields=["failures", "next_try_at", "reached_at"])


def _wait_again(rows: Any) -> int:
    changed: int = rows.update(state=WAITING, attempts=0, sent_at=None, error="", status=None)
    return changed


def _note(webhook: Webhook, by: accounts.Actor, now: datetime) -> None:
    trust.record(
        by=by, action="change", purpose="events.webhooks", subjects=[], object_kind="webhook", object_id=webhook.id,
        elements=["replay"], now=now,
    )  # fmt: skip
