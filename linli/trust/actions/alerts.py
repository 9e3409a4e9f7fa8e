"""Alerts are raised once and counted, told to the security administrators, taken and closed with an outcome."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.trust import slots
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import AlertStep, SecurityAlert, WatchMark, WatchSettings
from linli.trust.queries.alerts import LIMITS, WATCH, limits_in_force
from linli.trust.rules.alerts import Sighting
from linli.trust.rules.refusals import Hidden, TrustRefusedError
from linli.trust.rules.watch_limits import Limits, limits_from
from linli.trust.states import alerts as states

PURPOSE = "trust.watch"
log = logging.getLogger(__name__)


class AlertRefusedError(TrustRefusedError):
    """A step about an alert that can't be taken."""


class AlertClosedError(AlertRefusedError):
    """The alert was closed already."""

    sentence = gettext_lazy("This alert is closed. If it happens again, a new one stands on the page.")


class NoOutcomeError(AlertRefusedError):
    """It was not said how it ended, or not why."""

    sentence = gettext_lazy("Choose how it ended, and say in a sentence what you found.")


def raise_alerts(*, sightings: Iterable[Sighting], now: datetime) -> list[SecurityAlert]:
    """Raise an alert for each new sighting, count those whose alert is open; return the alerts that are new.

    A sighting whose key is not newer than the last one of its kind and subject is known and does nothing. The security
    administrators are told of each new alert once.
    """
    return [alert for one in sightings if (alert := _sight(one, now)) is not None]


@transaction.atomic
def take_alert(*, alert_id: UUID, by: accounts.Actor, now: datetime) -> SecurityAlert:
    """Take an alert, also over from somebody else. Raises Hidden, NotAllowed, AlertClosedError."""
    alert = _locked(alert_id, "take", by)
    alert.state, alert.taken_by = states.TAKEN, by.person_id
    alert.save(update_fields=["state", "taken_by"])
    note_step(alert, "take", by=by, now=now)
    return alert


@transaction.atomic
def close_alert(*, alert_id: UUID, outcome: str, words: str, by: accounts.Actor, now: datetime) -> SecurityAlert:
    """Close an alert: `outcome` is true, false or exercise. Raises Hidden, NotAllowed, AlertRefusedError."""
    alert = _locked(alert_id, "close", by)
    if outcome not in states.OUTCOMES or not words.strip():
        raise NoOutcomeError
    alert.state, alert.outcome, alert.closed_at = states.CLOSED, outcome, now
    alert.taken_by = alert.taken_by or by.person_id
    alert.save(update_fields=["state", "outcome", "closed_at", "taken_by"])
    note_step(alert, "close", by=by, now=now, words=words)
    return alert


def note_step(alert: SecurityAlert, step: str, *, by: accounts.Actor, now: datetime, words: str = "") -> None:
    """Append a step to the history of an alert, and record it."""
    AlertStep.objects.create(alert=alert, step=step, at=now, by=by.person_id, words=words.strip())
    record(
        by=by, action="change", purpose=PURPOSE, subjects=(), object_kind="trust.alert", object_id=alert.pk,
        elements=[step], now=now,
    )  # fmt: skip


@transaction.atomic
def save_watch_limits(*, content: Any, by: accounts.Actor, now: datetime) -> Limits:
    """Put new limits in force, as the next version. Raises NotAllowed, LimitsRefusedError."""
    require(by, WATCH)
    limits = limits_from(content)
    if limits == limits_in_force(now=now):
        return limits
    row = WatchSettings.objects.create(
        part=LIMITS, content=dict(limits), begins_on=timezone.localdate(now), made_at=now, made_by=by.person_id
    )
    record(
        by=by, action="change", purpose=PURPOSE, subjects=(), object_kind="trust.watch_limits", object_id=row.pk,
        elements=(), now=now,
    )  # fmt: skip
    return limits


def remember(*, code: str, content: dict[str, Any], now: datetime) -> None:
    """Remember something under a name until the next time, such as the newest backup."""
    WatchMark.objects.update_or_create(pk=code, defaults={"at": now, "content": content})


def forget_marks(*, codes: Iterable[str]) -> None:
    """Remember these names no more."""
    WatchMark.objects.filter(pk__in=list(codes)).delete()


def tell_watchers(*, text: str, key: str, now: datetime) -> int:
    """Tell the units of the security administrators, at their addresses; return how many messages those are."""
    today = timezone.localdate(now)
    units = {held.unit_id for actor in accounts.actors_with(WATCH, on=today) for held in actor.holdings_with(WATCH)}
    return sum(
        accounts.tell_unit(unit_id=unit_id, text=text, key=f"{key}:{unit_id}", now=now, kind="alert")
        for unit_id in sorted(units)
    )


@transaction.atomic
def _sight(one: Sighting, now: datetime) -> SecurityAlert | None:
    kind = slots.alert_kinds.get(one.kind)
    rows = SecurityAlert.objects.select_for_update().filter(kind=one.kind, subject=one.subject)
    last = rows.order_by("-first_at", "-id").first()
    if last is not None and one.key <= last.last_key:
        return None
    if last is not None and last.closed_at is None:
        last.count, last.last_key, last.last_at = last.count + 1, one.key, now
        last.seen, last.level = dict(one.seen), max(last.level, one.level)
        last.save(update_fields=["count", "last_key", "last_at", "seen", "level"])
        return None
    alert = SecurityAlert.objects.create(
        kind=one.kind, subject=one.subject, level=one.level, seen=dict(one.seen), last_key=one.key, first_at=now,
        last_at=now,
    )  # fmt: skip
    AlertStep.objects.create(alert=alert, step="seen", at=now)
    log.warning("Security alert: %s", one.kind)
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Security alert: %(label)s. What to do stands at /console/security.") % {"label": kind.label}
        tell_watchers(text=words, key=f"alert:{alert.pk}", now=now)
    return alert


def _locked(alert_id: UUID, step: str, by: accounts.Actor) -> SecurityAlert:
    alert = SecurityAlert.objects.select_for_update().filter(pk=alert_id).first()
    if alert is None:
        raise Hidden(WATCH)
    require(by, WATCH, alert)
    if step not in states.possible(alert.state):
        raise AlertClosedError
    return alert
