"""Whom a source means 身份识别: by its own key, else by an identifying number, else somebody new."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from linli.kernel import api as kernel
from linli.registry.models import Identifier, Identity

Tokens = Iterable[tuple[str, str]]


def identify(source: str, kind: str, drafts: Sequence[tuple[str, Tokens]]) -> tuple[dict[str, UUID], set[UUID]]:
    """Return the entity for each key, and which of them are new. At most two queries for all.

    `drafts` are keys with their identifying (element, token) pairs. The identities of keys seen for the first time are
    written by `remember`, once the entities have rows.
    """
    keys = [key for key, _tokens in drafts]
    rows = Identity.objects.filter(source_id=source, kind=kind, key__in=keys)
    known: dict[str, UUID] = dict(rows.values_list("key", "entity_id"))
    unknown = [(key, tuple(tokens)) for key, tokens in drafts if key not in known]
    by_token = _owners(kind, [token for _key, tokens in unknown for _code, token in tokens])
    new: set[UUID] = set()
    for key, tokens in unknown:
        if key in known:
            continue
        owner = next((by_token[one] for one in tokens if one in by_token), None)
        if owner is None:
            owner = kernel.uuid7()
            new.add(owner)
        known[key] = owner
        by_token.update(dict.fromkeys(tokens, owner))
    return known, new


def remember(source: str, kind: str, ids: dict[str, UUID], now: datetime) -> None:
    """Keep whom the keys of a source mean; what is known already stays."""
    rows = [Identity(source_id=source, kind=kind, key=key, entity_id=entity, since=now) for key, entity in ids.items()]
    Identity.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def found_by(kind: str, owners: Iterable[tuple[UUID, Tokens]]) -> None:
    """Let entities be identified by these (element, token) pairs before their golden records are written."""
    rows = [
        Identifier(entity_id=owner, kind=kind, element=code, token=token)
        for owner, tokens in owners for code, token in tokens
    ]  # fmt: skip
    Identifier.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def _owners(kind: str, tokens: Sequence[str]) -> dict[tuple[str, str], UUID]:
    if not tokens:
        return {}
    rows = Identifier.objects.filter(token__in=tokens, kind=kind).order_by("-entity_id")
    return {(code, token): entity for code, token, entity in rows.values_list("element", "token", "entity_id")}
