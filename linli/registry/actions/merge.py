"""Two entities turn out to be one 合并, or one turns out to be two 拆分. Both are kept, and a merge can be undone."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.registry import facts
from linli.registry.actions.project import one_at_a_time, project_entities
from linli.registry.actions.rows import copy_rows
from linli.registry.models import Entity, Identifier, Identity, IdentityDeed, Relation, SourceRecord
from linli.registry.models.deed import MERGE, SPLIT
from linli.registry.queries.identities import forbidden_between
from linli.registry.rules.heads import NO_NAME, subject_of
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.refusals import MergeRefusedError
from linli.trust import api as trust

Moved = tuple[Sequence[int], list[list[Any]]]  # identities, and pairs of relations
LINK, PURPOSE = "registry.link", "registry.linking"
LEDGER = {MERGE: "merge_records", SPLIT: "split_record"}
_EMPTY: dict[str, Any] = {
    "label": NO_NAME, "sort": "", "attributes": {}, "sealed": None, "origins": {}, "county": None, "street": None,
    "community": None, "grid": None, "registered_street": None, "registered_community": None, "terms": [],
    "is_apart": False, "is_due": False,
}  # fmt: skip


@transaction.atomic
def merge_entities(
    *, survivor: UUID, absorbed: UUID, by: accounts.Actor, now: datetime, reason: str = ""
) -> IdentityDeed:
    """Let what sources say about two speak of one. Records, keys and relations follow; the old id leads there.

    Both stay known to the ledger. Raises NotAllowed, and MergeRefusedError where they are of two kinds, merged already
    or never to be one.
    """
    trust.require(by, LINK)
    kind = _locked(survivor, absorbed)
    rows = list(Identity.objects.filter(entity_id=absorbed))
    kept = Identity.objects.filter(entity_id=survivor).values_list("source_id", "key")
    if forbidden_between(kind, [(row.source_id, row.key) for row in rows], list(kept)):
        raise MergeRefusedError(_("Somebody has decided that these are two. Take that decision back first."))
    identities = [row.id for row in rows]
    Identity.objects.filter(pk__in=identities).update(entity_id=survivor)
    SourceRecord.objects.filter(entity_id=absorbed).update(entity_id=survivor)
    relations = _follow(absorbed, survivor, by=by, now=now)
    Identifier.objects.filter(entity_id=absorbed).delete()
    Entity.objects.filter(pk=absorbed).update(**_EMPTY, merged_into=survivor, changed_at=now)
    project_entities(kind=kind, ids=[survivor], now=now)
    deed = _noted(MERGE, kind, (absorbed, survivor), (identities, relations), by=by, now=now, reason=reason)
    journal.publish(facts.EntitiesMerged(deed.id, kind, survivor, absorbed, by.name), now=now)
    return deed


@transaction.atomic
def undo_merge(*, deed_id: UUID, by: accounts.Actor, now: datetime, reason: str = "") -> IdentityDeed:
    """Take two apart again that were merged: the keys that came with the absorbed one leave with it, so do relations.

    Raises NotAllowed, and MergeRefusedError where that is done already or the survivor was merged further.
    """
    trust.require(by, LINK)
    merge = IdentityDeed.objects.select_for_update().get(pk=deed_id, act=MERGE)
    one_at_a_time(merge.kind)
    there = Entity.objects.filter(pk=merge.origin_id, merged_into=merge.target_id).exists()
    if IdentityDeed.objects.filter(undoes=merge).exists() or not there:
        raise MergeRefusedError(_("This was undone already."))
    if Entity.objects.filter(pk=merge.target_id).exclude(merged_into=None).exists():
        raise MergeRefusedError(_("The record was merged further since; undo that first."))
    Entity.objects.filter(pk=merge.origin_id).update(merged_into=None)
    moved = _move(merge.target_id, merge.origin_id, merge.identities)
    relations = _restore(merge.relations, by=by, now=now)
    project_entities(kind=merge.kind, ids=[merge.target_id, merge.origin_id], now=now)
    deed = _noted(SPLIT, merge.kind, (merge.target_id, merge.origin_id), (moved, relations), by=by, now=now,
                  reason=reason, undoes=merge)  # fmt: skip
    journal.publish(facts.EntitySplit(deed.id, merge.kind, merge.target_id, merge.origin_id, by.name), now=now)
    return deed


@transaction.atomic
def split_identity(
    *, entity: UUID, identities: Sequence[int], by: accounts.Actor, now: datetime, reason: str = "",
    relations: Collection[UUID] = (),
) -> IdentityDeed:  # fmt: skip
    """Let some keys of sources speak of somebody new, with these relations of the entity; the others stay.

    Raises NotAllowed, and MergeRefusedError where no key would go or none would stay.
    """
    trust.require(by, LINK)
    kind = _locked(entity)
    there = set(Identity.objects.filter(entity_id=entity).values_list("id", flat=True))
    if not there & set(identities) or there <= set(identities):
        raise MergeRefusedError(_("Choose some of the sources: those that speak of somebody else."))
    target = kernel.uuid7()
    copy_rows([Entity(id=target, kind=kind, label=NO_NAME, changed_at=now)])
    moved = _move(entity, target, sorted(there & set(identities)))
    pairs = _follow(entity, target, by=by, now=now, only=set(relations))
    project_entities(kind=kind, ids=[entity, target], now=now)
    deed = _noted(SPLIT, kind, (entity, target), (moved, pairs), by=by, now=now, reason=reason)
    journal.publish(facts.EntitySplit(deed.id, kind, entity, target, by.name), now=now)
    return deed


def _locked(*ids: UUID) -> str:
    """Return the kind of these entities and keep others from writing it."""
    rows = dict(Entity.objects.filter(pk__in=ids).values_list("id", "kind"))
    if len(set(ids)) != len(ids) or len(rows) != len(ids) or len(set(rows.values())) != 1:
        raise MergeRefusedError(_("Only two different records of one kind can be merged."))
    (kind,) = set(rows.values())
    one_at_a_time(kind)
    if Entity.objects.filter(pk__in=ids).exclude(merged_into=None).exists():
        raise MergeRefusedError(_("One of these was merged already; open the list anew."))
    return kind


def _move(origin: UUID, target: UUID, identities: Iterable[int]) -> list[int]:
    """Move those of these keys that still mean the origin, with what was said under them."""
    rows = list(Identity.objects.filter(pk__in=list(identities), entity_id=origin))
    Identity.objects.filter(pk__in=[row.id for row in rows]).update(entity_id=target)
    said = Q(pk__in=[])
    for row in rows:
        said |= Q(source_id=row.source_id, key=row.key)
    SourceRecord.objects.filter(said, entity_id=origin).update(entity_id=target)
    return [row.id for row in rows]


def _follow(
    origin: UUID, target: UUID, *, by: accounts.Actor, now: datetime, only: Collection[UUID] | None = None
) -> list[list[Any]]:
    """Retract the relations of the origin and open the same for the target; return pairs of both ids."""
    rows = list(Relation.objects.filter(Q(start_id=origin) | Q(end_id=origin), retracted_at=None).select_for_update())
    if only is not None:
        rows = [row for row in rows if row.id in only]
    known = {
        (row.start_id, row.bond, row.end_id, row.valid_from)
        for row in Relation.objects.filter(Q(start_id=target) | Q(end_id=target), retracted_at=None)
    }
    pairs: list[list[Any]] = []
    opened = []
    for row in rows:
        start, end = (target if one == origin else one for one in (row.start_id, row.end_id))
        if start == end or (start, row.bond, end, row.valid_from) in known:
            pairs.append([str(row.id), None])
            continue
        opened.append(_again(row, start, end, by=by, now=now))
        pairs.append([str(row.id), str(opened[-1].id)])
    _retract([row.id for row in rows], now)
    copy_rows(opened)
    return pairs


def _restore(pairs: Sequence[Sequence[Any]], *, by: accounts.Actor, now: datetime) -> list[list[Any]]:
    """Take back the relations that a merge opened and open again those that it retracted."""
    rows = Relation.objects.select_for_update().in_bulk([one for pair in pairs for one in pair if one])
    found, opened = [], []
    for old, new in pairs:
        if new is not None and rows[UUID(new)].retracted_at is not None:
            continue  # what was ended since stays ended
        before = rows[UUID(old)]
        opened.append(_again(before, before.start_id, before.end_id, by=by, now=now))
        found.append([new or old, str(opened[-1].id)])
    _retract([UUID(new) for _old, new in pairs if new], now)
    copy_rows(opened)
    return found


def _again(row: Relation, start: UUID, end: UUID, *, by: accounts.Actor, now: datetime) -> Relation:
    return Relation(
        bond=row.bond, start_id=start, end_id=end, source_id=row.source_id, details=row.details,
        valid_from=row.valid_from, valid_to=row.valid_to, recorded_at=now, by=by.name,
    )  # fmt: skip


def _retract(ids: Collection[UUID], now: datetime) -> None:
    Relation.objects.filter(pk__in=ids, retracted_at=None).update(retracted_at=now)


def _noted(
    act: str, kind: str, ends: tuple[UUID, UUID], moved: Moved, *, by: accounts.Actor, now: datetime, reason: str,
    undoes: IdentityDeed | None = None,
) -> IdentityDeed:  # fmt: skip
    """Append what was done to the history, and to the ledger under the names of both."""
    (origin, target), (identities, relations) = ends, moved
    people = [subject_of(one) for one in ends] if kind == PERSON else []
    trust.record(
        by=by, action=LEDGER[act], purpose=PURPOSE, subjects=people, object_kind=kind, object_id=target,
        elements=["identity"], now=now,
    )  # fmt: skip
    return IdentityDeed.objects.create(
        act=act, kind=kind, origin_id=origin, target_id=target, identities=list(identities), relations=relations,
        undoes=undoes, reason=reason, by=by.name, at=now,
    )  # fmt: skip
