"""Each new key of a source is compared with the index when it comes in 在线比对; what was said goes into the index."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from linli.exchange.models import LinkageEntry, LinkageKey, LinkageReview
from linli.exchange.queries.linkage_index import keyed, known_near, model_in_force, old_names
from linli.exchange.queries.linkage_reviews import causes_of
from linli.exchange.rules.linkage_findings import Found, findings
from linli.exchange.rules.linkage_kinds import packed, rows_from
from linli.exchange.rules.linkage_rows import Array
from linli.registry import api as registry
from linli.registry import slots

Pair = tuple[int, int, float]  # two identities, the lower first, and their log2 odds


def match_drafts(*, kind: str, drafts: Sequence[slots.Draft]) -> dict[str, slots.Finding]:
    """Return whom the drafts mean, by key. Two queries for all."""
    found = look_up(kind, rows_from(kind, [draft.values for draft in drafts], old_names()))
    return {
        draft.key: slots.Finding(one.entity, "" if one.like is None else drafts[one.like].key, tuple(one.doubts))
        for draft, one in zip(drafts, found, strict=True)
    }


def look_up(kind: str, rows: Array) -> list[Found]:
    """Return whom rows mean: one index query, then comparison of the few that share a key."""
    model, among = model_in_force()
    return findings(kind, rows, known_near(kind, rows), model, among=among)


def keep_drafts(
    *, source: str, kind: str, drafts: Sequence[slots.Draft], findings: Mapping[str, slots.Finding], now: datetime
) -> None:
    """Put what was said into the index, and doubtful pairs into the queue. Five queries for all, nine with doubts."""
    whom = registry.identities_by_key(kind, source, [draft.key for draft in drafts])
    known = [draft for draft in drafts if draft.key in whom]
    if not known:
        return
    put_into_index(kind, {whom[draft.key].id: draft.values for draft in known})
    pairs = [
        (min(here, other), max(here, other), odds)
        for key, finding in findings.items() if key in whom
        for here in [whom[key].id] for other, odds in finding.doubtful
    ]  # fmt: skip
    raise_doubts(kind=kind, pairs=pairs, now=now)


def put_into_index(kind: str, said: Mapping[int, Mapping[str, Any]]) -> None:
    """Let identities be found by what was said of them last. Three queries for all."""
    put_rows(kind, list(said), rows_from(kind, list(said.values()), old_names()))


def put_rows(kind: str, identities: Sequence[int], rows: Array) -> None:
    """Let identities be found by these rows, and no more by earlier ones. Three queries for all."""
    entries = [LinkageEntry(identity_id=number, row=packed(row)) for number, row in zip(identities, rows, strict=True)]
    LinkageEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["identity"], update_fields=["row"], batch_size=1000
    )
    LinkageKey.objects.filter(entry_id__in=list(identities)).delete()
    pairs = [(number, key) for number, keys in zip(identities, keyed(kind, rows), strict=True) for key in keys]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO exchange_linkagekey (entry_id, key) SELECT * FROM unnest(%s::bigint[], %s::bigint[])",
            [[number for number, _key in pairs], [key for _number, key in pairs]],
        )


def raise_doubts(*, kind: str, pairs: Sequence[Pair], now: datetime) -> int:
    """Queue pairs that are perhaps one and return how many are new; what was decided, or queued before, stays so."""
    wanted = {(left, right): odds for left, right, odds in pairs if left != right}
    if not wanted:
        return 0
    numbers = {one for pair in wanted for one in pair}
    whom = registry.identities_of(numbers)
    queued = set(
        LinkageReview.objects.filter(Q(left__in=numbers) & Q(right__in=numbers)).values_list("left_id", "right_id")
    )
    queued |= registry.decided_pairs(kind, list(whom.values()))
    new = [
        (left, right) for left, right in wanted
        if (left, right) not in queued and whom[left].entity_id != whom[right].entity_id
    ]  # fmt: skip
    causes = causes_of(kind, new)
    rows = [
        LinkageReview(
            kind=kind, left_id=left, right_id=right, odds=wanted[left, right], cause=causes.get((left, right), ""),
            raised_at=now,
        )
        for left, right in new
    ]  # fmt: skip
    LinkageReview.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
