"""What is past its time, which deletions wait or were done, and which tombstone a record that came again recalls."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import CharField, QuerySet, UUIDField
from django.utils import timezone

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Deletion, Entity, RetentionRule
from linli.registry.queries.dictionary import elements_of
from linli.registry.rules.retention import limit_day, limit_of
from linli.trust import api as trust

DELETE = "registry.delete"
MOST = 500
AGAIN = timedelta(days=365)  # after which what was kept is proposed once more
_OPEN = """
  AND NOT EXISTS (SELECT FROM registry_deletion d WHERE d.entity_id = e.id AND d.element = %(element)s
                  AND (d.state = 'proposed' OR d.decided_at > %(again)s))
"""
_SEEN = """
SELECT DISTINCT e.id FROM registry_entity e CROSS JOIN LATERAL jsonb_each(e.origins) o
JOIN registry_sourcerecord r ON r.id = o.key::uuid
WHERE e.kind = %(kind)s AND jsonb_exists(e.attributes, %(element)s) AND jsonb_exists(o.value, %(element)s)
  AND r.confirmed_at < %(limit)s
"""
_UNHEARD = """
SELECT e.id FROM registry_entity e WHERE e.kind = %(kind)s
  AND NOT EXISTS (SELECT FROM registry_sourcerecord r WHERE r.entity_id = e.id AND r.confirmed_at >= %(limit)s)
"""
_DIED = """
SELECT e.id FROM registry_entity e WHERE e.kind = %(kind)s AND e.attributes ->> 'died_on' < %(day)s
"""
_QUERIES = {"seen": _SEEN, "unheard": _UNHEARD, "died": _DIED}


def past_their_time(rule: RetentionRule, now: datetime) -> list[UUID]:
    """Return at most 500 entities of which something is past its time by a rule, and not proposed yet."""
    values: dict[str, Any] = {
        "kind": rule.kind, "element": rule.element, "limit": limit_of(rule.months, now),
        "day": limit_day(rule.months, timezone.localdate(now)).isoformat(), "most": MOST, "again": now - AGAIN,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(f"{_QUERIES[rule.after]}{_OPEN} LIMIT %(most)s", values)
        return [row[0] for row in cursor.fetchall()]


def deletions_seen_by(actor: accounts.Actor, state: str) -> "QuerySet[Deletion]":
    """Return the deletions of the area in one state, newest first."""
    return trust.visible(actor, DELETE, Deletion.objects.filter(state=state)).order_by("-proposed_at", "-id")


def tombstones_at(entity_id: UUID) -> list[Deletion]:
    """Return the deletions of records that bore the same identifying number as this one, newest first."""
    marks = [mark for entity in _NUMBERED.rows(id=entity_id) for mark in marks_of(entity)]
    return _DELETED.rows(marks=marks) if marks else []


_ID, _MARKS = kernel.given("id", UUIDField()), kernel.given("marks", ArrayField(CharField(max_length=64)))
_NUMBERED = kernel.Compiled(lambda: Entity.objects.filter(pk=_ID).only("id", "kind", "attributes", "sealed"))
_DELETED = kernel.Compiled(
    lambda: Deletion.objects.filter(marks__overlap=_MARKS, state="done").order_by("-decided_at")[:5]
)


def marks_of(entity: Entity) -> list[str]:
    """Return the tombstone marks of what identifies an entity: tokens that serve for nothing else."""
    whole = entity.whole()
    return [
        kernel.keyed_token(f"{entity.kind}.{code}:{str(whole[code]).upper()}", context="registry.tombstone")
        for code, element in elements_of(entity.kind).items() if element.identifies and code in whole
    ]  # fmt: skip
