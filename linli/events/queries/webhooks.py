"""Webhooks: those somebody looks after, those that are told of an event, and what waits to be sent."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from linli.accounts import api as accounts
from linli.events.models import Delivery, Event, HotIssue, Webhook
from linli.events.queries.hot import hot_issues_seen_by
from linli.events.queries.sight import events_seen_by
from linli.events.rules.webhooks import HOT
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.trust import api as trust

INTERFACES = "events.interfaces"
PAGE = 50
SHOWN_WITH = ("matter", "lead_unit", "street", "community", "grid")
WAITING = Delivery.State.WAITING


def webhooks_seen_by(actor: accounts.Actor) -> "QuerySet[Webhook]":
    """Return the webhooks that somebody looks after, ended ones too, the newest first."""
    rows = trust.visible(actor, INTERFACES, Webhook.objects.all())
    return rows.select_related("holding__person", "holding__post", "division").order_by("-id")


def with_counts(rows: "QuerySet[Webhook]") -> "QuerySet[Webhook]":
    """Add to each webhook how many deliveries wait and how many were given up."""
    states = {"waiting": Q(deliveries__state=WAITING), "dead": Q(deliveries__state=Delivery.State.DEAD)}
    return rows.annotate(**{name: Count("deliveries", filter=state) for name, state in states.items()})


def deliveries_page(webhook: Webhook, *, state: str, cursor: str | None) -> kernel.Page[Delivery]:
    """Return a page of what was sent or waits, the newest first; of one state where one is named."""
    rows = Delivery.objects.filter(webhook=webhook)
    if state in Delivery.State.values:
        rows = rows.filter(state=state)
    return kernel.keyset_page(rows, order=("-id",), cursor=cursor, size=PAGE)


def webhooks_open() -> list[Webhook]:
    """Return the webhooks that have not ended, in the order they were opened."""
    return list(Webhook.objects.filter(ended_at=None).order_by("id"))


def reached(webhook: Webhook, event_ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Return those of the events of which this webhook may be told: what its holding sees, within its division."""
    actor = _speaker(webhook, now)
    if actor is None:
        return set()
    rows = events_seen_by(actor).filter(_inside(webhook), id__in=event_ids)
    return set(rows.values_list("id", flat=True))


def reached_issues(webhook: Webhook, issue_ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Return those of the hot issues of which this webhook may be told."""
    if HOT not in webhook.kinds or (actor := _speaker(webhook, now)) is None:
        return set()
    rows = hot_issues_seen_by(actor).filter(_inside(webhook), id__in=issue_ids)
    return set(rows.values_list("id", flat=True))


def told_events(event_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return what a message says of each event: its marks, nothing that anybody said, no address, no point."""
    rows = Event.objects.filter(id__in=event_ids).select_related(*SHOWN_WITH)
    return {event.id: _told(event) for event in rows}


def told_issues(issue_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return what a message says of each hot issue: how many, since when and where, not what about."""
    rows = HotIssue.objects.filter(id__in=issue_ids).select_related("street", "community")
    return {issue.id: _told_issue(issue) for issue in rows}


def waiting_of(webhook: Webhook) -> "QuerySet[Delivery]":
    """Return what waits to be sent to this webhook, in order."""
    return Delivery.objects.filter(webhook=webhook, state=WAITING).order_by("id")


def due_webhooks(now: datetime) -> list[UUID]:
    """Return the webhooks for which something waits and which may be tried now."""
    waits = Exists(Delivery.objects.filter(webhook=OuterRef("pk"), state=WAITING))
    ready = Q(next_try_at=None) | Q(next_try_at__lte=now)
    return list(Webhook.objects.filter(ready, waits, ended_at=None, paused_at=None).values_list("id", flat=True))


def _speaker(webhook: Webhook, now: datetime) -> accounts.Actor | None:
    """Return who the webhook speaks for, while they look after interfaces."""
    actor = accounts.actor_in(webhook.holding_id, on=timezone.localdate(now), at=now)
    return actor if actor is not None and actor.can(INTERFACES) else None


def _inside(webhook: Webhook) -> Q:
    if not webhook.division_id:
        return Q()
    inside = regions.descendants(webhook.division_id)
    return Q(community_id__in=inside) | Q(street_id__in=inside) | Q(county_id__in=inside)


def _told_issue(issue: HotIssue) -> dict[str, Any]:
    return {
        "issue_id": str(issue.id),
        "people": issue.people,
        "events": issue.size,
        "street_code": issue.street.code if issue.street else None,
        "community_code": issue.community.code if issue.community else None,
        "since": issue.since.isoformat(),
        "until": issue.until.isoformat(),
    }


def _told(event: Event) -> dict[str, Any]:
    told = {
        "event_id": str(event.id),
        "number": event.number,
        "state": event.state,
        "channel": event.channel,
        "grade": event.grade,
        "matter_code": event.matter.code if event.matter else None,
        "matter": event.matter.name if event.matter else None,
        "unit_code": event.lead_unit.code,
        "unit": event.lead_unit.name,
        "street_code": event.street.code if event.street else None,
        "community_code": event.community.code if event.community else None,
        "grid": event.grid.name if event.grid else None,
        "reported_at": event.reported_at.isoformat(),
        "handle_due": event.handle_due.isoformat(),
        "closed_at": event.closed_at.isoformat() if event.closed_at else None,
        "close_reason": event.close_reason or None,
    }
    address = f"{settings.PUBLIC_URL.rstrip('/')}/api/v1/events/{event.number}" if settings.PUBLIC_URL else None
    return {**told, "url": address}
