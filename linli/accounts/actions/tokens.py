"""Keys for other systems: shown once, kept as a hash, dead at once when revoked."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.accounts import facts
from linli.accounts.actions.tell import tell
from linli.accounts.models import ApiToken, Holding
from linli.accounts.queries import authority
from linli.accounts.queries.tokens import token_hash
from linli.accounts.rules.actor import Actor

PREFIX = "linli_"


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A key just issued. `raw` is known only here: it can't be read again."""

    token: ApiToken
    raw: str


@transaction.atomic
def issue_token(
    *, holding: Holding, name: str, by: Actor, now: datetime, expires_at: datetime | None = None
) -> IssuedToken:
    """Issue a key of 256 random bits that speaks for this holding. Raises NotAllowedError."""
    authority.need_manage(by, division_id=holding.division_id)
    raw = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        holding=holding, name=name, token_hash=token_hash(raw), made_at=now, expires_at=expires_at
    )
    told = facts.TokenIssued(token_id=token.pk, holding_id=holding.pk, name=name, by_person_id=by.person_id)
    tell(told, by=by, now=now)
    return IssuedToken(token=token, raw=raw)


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Actor, now: datetime) -> None:
    """Revoke a key at once."""
    authority.need_manage(by, division_id=token.holding.division_id)
    row = ApiToken.objects.select_for_update().get(pk=token.pk)
    if row.revoked_at is not None:
        return
    row.revoked_at = token.revoked_at = now
    row.save(update_fields=["revoked_at"])
    tell(facts.TokenRevoked(token_id=row.pk, by_person_id=by.person_id), by=by, now=now)
