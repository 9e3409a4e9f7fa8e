"""Curing the source 源头治理: the same matter again and again at one place raises an event of its own, exactly once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import facts, states
from linli.events.actions.intake import report_event
from linli.events.actions.link import make, one_by_one
from linli.events.actions.step import append
from linli.events.models import Event, Link
from linli.events.models.link import STANDING
from linli.events.queries.near import SOURCE, group_rules
from linli.events.rules.drafts import ReportDraft
from linli.events.rules.near import NearRules, Seen, box, metres_between, recurring, rules_for
from linli.kernel import facts as journal
from linli.regions import api as regions

NOT_COUNTED = (states.REJECTED, states.MERGED)
FIELDS = ("id", "lng", "lat", "reported_at", "matter__code", "county_id", "community_id")


def cure_sources(*, event_ids: Sequence[UUID], now: datetime) -> int:
    """Look whether what was reported recurs, and raise or add to an event to cure the source; return how many rose.

    Doing it twice changes nothing: an event is the cause of one source event at most.
    """
    policy = group_rules(now)
    if not any(row.get("recur_count") for row in policy.values()):
        return 0
    rows = Event.objects.filter(id__in=event_ids, lng__isnull=False, matter__isnull=False, community__isnull=False)
    fresh = list(rows.exclude(channel=SOURCE).exclude(state=states.REJECTED).order_by("id").values(*FIELDS))
    by_community: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in fresh:
        if rules_for(policy, row["matter__code"]).recur_count:
            by_community[row["community_id"]].append(row)
    return sum(_in_community(community, found, policy, now) for community, found in by_community.items())


def _in_community(
    community_id: int, fresh: list[dict[str, Any]], policy: dict[str, dict[str, Any]], now: datetime
) -> int:
    """Compare the new events of a community with what was reported there before: one query for all of them."""
    rules = {row["matter__code"]: rules_for(policy, row["matter__code"]) for row in fresh}
    since = min(row["reported_at"] for row in fresh) - timedelta(days=max(one.recur_days for one in rules.values()))
    before = Event.objects.filter(community_id=community_id, reported_at__gte=since, matter__code__in=rules)
    before = before.filter(_around(fresh, max(one.recur_radius_m for one in rules.values())))
    before = before.exclude(channel=SOURCE).exclude(state__in=NOT_COUNTED)
    seen: dict[str, list[Seen]] = defaultdict(list)
    for row in before.values(*FIELDS):
        seen[row["matter__code"]].append(_seen(row))
    raised = 0
    for row in fresh:
        code = row["matter__code"]
        if keys := recurring(_seen(row), seen[code], rules[code]):
            raised += _one(row, keys, rules[code], now)
    return raised


def _around(fresh: list[dict[str, Any]], metres: float) -> Q:
    """Return the condition "so near to the new events that it may count with one of them"."""
    wide = metres * 1.01  # distances are right within a per cent
    west, south, east, north = zip(*(box(row["lng"], row["lat"], wide) for row in fresh), strict=True)
    return Q(lng__range=(min(west), max(east)), lat__range=(min(south), max(north)))


def _one(row: dict[str, Any], keys: list[Any], rules: NearRules, now: datetime) -> int:
    with transaction.atomic():
        one_by_one()
        known = set(
            Link.objects.filter(STANDING, kind=Link.Kind.CAUSE, other__in=keys).values_list("other_id", flat=True)
        )
        if row["id"] in known:
            return 0
        source = _open_source(row, rules)
        raised = source is None
        if source is None:
            if len([key for key in keys if key not in known]) < rules.recur_count:
                return 0
            source = _raise(row, len(keys), rules, now)
        for event in Event.objects.filter(pk__in=[key for key in keys if key not in known]).order_by("id"):
            make(source, event, by=accounts.SYSTEM, now=now, kind=Link.Kind.CAUSE)
            append(event, step="cause", by=accounts.SYSTEM, now=now, data={"number": source.number})
        if raised:
            told = facts.SourceRaised(event_id=source.id, matter_code=row["matter__code"], causes=len(keys))
            journal.publish(told, now=now)
    return int(raised)


def _open_source(row: dict[str, Any], rules: NearRules) -> Event | None:
    """Return the source event that is at work on this matter here, if there is one."""
    sources = Event.objects.filter(channel=SOURCE, closed_at=None, matter__code=row["matter__code"])
    sources = sources.filter(county_id=row["county_id"], lng__isnull=False).order_by("-id")
    near = (
        one
        for one in sources[:200]
        if metres_between(row["lng"], row["lat"], one.lng or 0.0, one.lat or 0.0) <= 2 * rules.recur_radius_m
    )
    return next(near, None)


def _raise(row: dict[str, Any], count: int, rules: NearRules, now: datetime) -> Event:
    newest = Event.objects.select_related("matter").get(pk=row["id"])
    said = {
        "matter": newest.matter.name if newest.matter else "",
        "count": count,
        "days": rules.recur_days,
        "metres": rules.recur_radius_m,
        "place": regions.division(row["community_id"]).name,
    }
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Cure the source: %(matter)s, %(place)s") % said
        text = _("“%(matter)s” was reported %(count)d times in %(days)d days within %(metres)d m in %(place)s. "
                 "Find what causes it and end that, not only each report.") % said  # fmt: skip
    draft = ReportDraft(
        text=text, title=title, lng=row["lng"], lat=row["lat"], matter_code=row["matter__code"], channel=SOURCE
    )
    receipt = report_event(draft=draft, by=accounts.SYSTEM, now=now)
    source = Event.objects.get(pk=receipt.event_id)
    append(source, step="source", by=accounts.SYSTEM, now=now, data={"count": count})
    return source


def _seen(row: dict[str, Any]) -> Seen:
    return Seen(row["id"], row["lng"], row["lat"], row["reported_at"])
