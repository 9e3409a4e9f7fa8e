"""Curing the source 源头治理: the same matter again and again at one place raises an event of its own, exactly once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
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
from linli.events.rules.near import METRES_PER_DEGREE, NearRules, Seen, metres_between, recurring, rules_for
from linli.kernel import facts as journal
from linli.regions import api as regions

FIELDS = ("id", "lng", "lat", "reported_at", "matter__code", "county_id", "community_id")
WITHIN_A_PER_CENT = 1.01  # how well distances are known

_REPORTED_BEFORE = """
    SELECT fresh.id, other.id, other.lng, other.lat, other.reported_at
    FROM events_event fresh
    JOIN events_matteritem of_fresh ON of_fresh.id = fresh.matter_id
    JOIN events_matteritem of_other ON of_other.code = of_fresh.code
    JOIN events_event other ON other.matter_id = of_other.id AND other.community_id = fresh.community_id
        AND other.reported_at BETWEEN fresh.reported_at - %(within)s AND fresh.reported_at AND other.id <> fresh.id
        AND other.lat BETWEEN fresh.lat - %(degrees)s AND fresh.lat + %(degrees)s
        AND abs(other.lng - fresh.lng) * greatest(0.01, cos(radians(fresh.lat))) <= %(degrees)s
    WHERE fresh.id = ANY(%(ids)s) AND fresh.channel <> %(source)s AND fresh.state <> %(rejected)s
        AND other.channel <> %(source)s AND other.state NOT IN (%(rejected)s, %(merged)s)
"""


def cure_sources(*, event_ids: Sequence[UUID], now: datetime) -> int:
    """Look whether what was reported recurs, and raise or add to an event to cure the source; return how many rose.

    Doing it twice changes nothing: an event is the cause of one source event at most.
    """
    policy = group_rules(now)
    wanted = [rules for code in (*policy, None) if (rules := rules_for(policy, code)).recur_count]
    if not wanted:
        return 0
    before = _reported_before(event_ids, wanted)
    fewest = min(rules.recur_count for rules in wanted)
    often = [key for key in event_ids if len(before[key]) + 1 >= fewest]
    raised = 0
    for row in Event.objects.filter(id__in=often).order_by("id").values(*FIELDS):
        rules = rules_for(policy, row["matter__code"])
        newest = Seen(row["id"], row["lng"], row["lat"], row["reported_at"])
        if keys := recurring(newest, before[row["id"]], rules):
            raised += _one(row, keys, rules, now)
    return raised


def _reported_before(event_ids: Sequence[UUID], wanted: Sequence[NearRules]) -> dict[UUID, list[Seen]]:
    """Return what was reported before each of these events, of its matter, as near and as lately as any rule counts."""
    values: dict[str, Any] = {
        "ids": list(event_ids), "source": SOURCE, "rejected": states.REJECTED, "merged": states.MERGED,
        "within": timedelta(days=max(rules.recur_days for rules in wanted)),
        "degrees": WITHIN_A_PER_CENT * max(rules.recur_radius_m for rules in wanted) / METRES_PER_DEGREE,
    }  # fmt: skip
    before: dict[UUID, list[Seen]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_REPORTED_BEFORE, values)
        for event_id, *other in cursor:
            before[event_id].append(Seen(*other))
    return before


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
