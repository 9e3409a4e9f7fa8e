"""Whom a source means 身份识别: by its key, by what was decided, by an identifying number, by likeness, else new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from linli.kernel import api as kernel
from linli.registry.models import Identifier, Identity
from linli.registry.queries.identities import decided
from linli.registry.slots import Draft, Finding, matchers

Tokens = Iterable[tuple[str, str]]


@dataclass
class Identified:
    """The entity for each key, which of them are new, and what matchers found about keys seen for the first time."""

    ids: dict[str, UUID]
    new: set[UUID] = field(default_factory=set)
    findings: dict[str, Finding] = field(default_factory=dict)


def identify(source: str, kind: str, drafts: Sequence[tuple[Draft, Tokens]]) -> Identified:
    """Return whom each draft means. A fixed number of queries for all, two where every key is known.

    Drafts come with their identifying (element, token) pairs. The identities of keys seen for the first time are
    written by `remember`, once the entities have rows.
    """
    keys = [draft.key for draft, _tokens in drafts]
    rows = Identity.objects.filter(source_id=source, kind=kind, key__in=keys)
    done = Identified(dict(rows.values_list("key", "entity_id")))
    unknown = {draft.key: (draft, tuple(tokens)) for draft, tokens in drafts if draft.key not in done.ids}
    if not unknown:
        return done
    pinned, banned = decided(kind, source, list(unknown))
    by_token = _owners(kind, [token for _draft, tokens in unknown.values() for _code, token in tokens])
    open_ones = [
        draft for draft, tokens in unknown.values()
        if draft.key not in pinned and not any(one in by_token for one in tokens)
    ]  # fmt: skip
    done.findings = _matched(kind, open_ones)
    for key, (_draft, tokens) in unknown.items():
        finding = done.findings.get(key, Finding())
        wanted = (
            pinned.get(key),
            *(by_token.get(one) for one in tokens),
            finding.entity_id,
            done.ids.get(finding.like),
        )
        owner = next((one for one in wanted if one is not None and one not in banned.get(key, ())), None)
        if owner is None:
            owner = kernel.uuid7()
            done.new.add(owner)
        done.ids[key] = owner
        by_token.update({one: owner for one in tokens if one not in by_token})
    return done


def remember(source: str, kind: str, ids: dict[str, UUID], now: datetime) -> None:
    """Keep whom the keys of a source mean; what is known already stays."""
    rows = [Identity(source_id=source, kind=kind, key=key, entity_id=entity, since=now) for key, entity in ids.items()]
    Identity.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def let_matchers_know(
    source: str, kind: str, drafts: Sequence[Draft], findings: dict[str, Finding], now: datetime
) -> None:
    """Let those who find by likeness remember what was said."""
    for matcher in matchers.all():
        if kind in matcher.kinds:
            matcher.keep(source=source, kind=kind, drafts=drafts, findings=findings, now=now)


def found_by(kind: str, owners: Iterable[tuple[UUID, Tokens]]) -> None:
    """Let entities be identified by these (element, token) pairs before their golden records are written."""
    rows = [
        Identifier(entity_id=owner, kind=kind, element=code, token=token)
        for owner, tokens in owners for code, token in tokens
    ]  # fmt: skip
    Identifier.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def _matched(kind: str, drafts: Sequence[Draft]) -> dict[str, Finding]:
    found: dict[str, Finding] = {}
    for matcher in matchers.all():
        if kind in matcher.kinds and drafts:
            found = {**matcher.match(kind=kind, drafts=drafts), **found}
    return found


def _owners(kind: str, tokens: Sequence[str]) -> dict[tuple[str, str], UUID]:
    if not tokens:
        return {}
    rows = Identifier.objects.filter(token__in=tokens, kind=kind).order_by("-entity_id")
    return {(code, token): entity for code, token, entity in rows.values_list("element", "token", "entity_id")}
