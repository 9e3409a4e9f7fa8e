"""Who speaks with an API key. On the hot path of intake: one prepared statement, no ORM."""

import hashlib
from datetime import datetime
from functools import lru_cache
from typing import Any

import psycopg
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from linli.accounts.queries.actors import remember_actor
from linli.accounts.rules.actor import Actor, ActorHolding
from linli.kernel import api as kernel

_SQL = """
SELECT t.id, p.id, p.name, p.username, h.id, h.unit_id, u.name, u.kind, o.code, o.name, h.division_id, h.grid_id,
       o.capabilities
FROM accounts_apitoken t
JOIN accounts_holding h ON h.id = t.holding_id
JOIN accounts_person p ON p.id = h.person_id
JOIN accounts_post o ON o.id = h.post_id
JOIN accounts_unit u ON u.id = h.unit_id
WHERE t.token_hash = %(hash)s AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > %(now)s)
  AND p.is_active AND h.ended_at IS NULL AND h.ends_at IS NULL AND h.lent_by_id IS NULL AND u.closed_at IS NULL
  AND h.valid_from <= %(day)s AND (h.valid_to IS NULL OR h.valid_to >= %(day)s)
"""


class TokenAuth(HttpBearer):
    """Lets django-ninja take `Authorization: Bearer <key>`; `request.auth` and `actor_of(request)` are the actor.

    A process asks about a key once a second: one that was revoked is dead everywhere within a second.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the actor behind the key, or None (django-ninja answers 401)."""
        actor = _actor_this_second(token, now=kernel.now().replace(microsecond=0))
        if actor is not None:
            remember_actor(request, actor)
        return actor


def actor_by_token(raw: str, *, now: datetime) -> Actor | None:
    """Return who speaks with this key; None once it is revoked or expired, the holding ended or the person disabled."""
    day = timezone.localdate(now)
    with _raw_cursor() as cursor:
        cursor.execute(_SQL, {"hash": token_hash(raw), "now": now, "day": day}, prepare=True)
        row = cursor.fetchone()
    return _actor(row) if row else None


@lru_cache(maxsize=1000)
def _actor_this_second(raw: str, *, now: datetime) -> Actor | None:
    return actor_by_token(raw, now=now)


def token_hash(raw: str) -> str:
    """Return the hash under which a key is kept. Keys have 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(raw.encode()).hexdigest()


def _raw_cursor() -> psycopg.Cursor[tuple[Any, ...]]:
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return psycopg.Cursor(connection.connection)


def _actor(row: tuple[Any, ...]) -> Actor:
    token_id, person_id, name, username, holding_id, unit_id, unit_name, unit_kind, code, post_name, *rest = row
    division_id, grid_id, capabilities = rest
    holding = ActorHolding(
        holding_id=holding_id,
        unit_id=unit_id,
        unit_name=unit_name,
        unit_kind=unit_kind,
        post_code=code,
        post_name=post_name,
        division_id=division_id,
        grid_id=grid_id,
        capabilities=frozenset(capabilities),
    )
    return Actor(person_id=person_id, name=name or username, kind="staff", holdings=(holding,), token_id=token_id)
