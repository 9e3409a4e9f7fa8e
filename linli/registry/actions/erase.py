"""Deletion that deletes 删除: records, head, identifiers, relations and what the log said; a row "deleted" remains."""

import json
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from linli.accounts import api as accounts
from linli.kernel import facts as journal
from linli.registry import facts, slots
from linli.registry.actions.changes import append_changes
from linli.registry.actions.project import one_at_a_time, project_entities
from linli.registry.actions.take_in import WRITE
from linli.registry.models import Change, Entity, Identifier, Identity, IdentityRule, Relation, SourceRecord
from linli.registry.models.entity import AREA_COLUMNS
from linli.registry.queries.identities import absorbed_by
from linli.registry.rules.changes import DELETED, places
from linli.registry.rules.elements import LOWEST
from linli.trust import api as trust


def erase_entities(*, kind: str, ids: Collection[UUID], now: datetime) -> dict[str, int]:
    """Delete everything the registry holds of these entities, in the caller's transaction; return how many of what.

    What was merged into them goes as well. Who holds copies (`slots.Copies`) is told before. What remains is a row
    "deleted" in the change log, from which subscribers learn of it, and a fact.
    """
    one_at_a_time(kind)
    absorbed = [one for many in absorbed_by(ids).values() for one in many]
    rows = list(Entity.objects.filter(pk__in=[*ids, *absorbed], kind=kind).only("id", "kind", *AREA_COLUMNS))
    keys = [row.id for row in rows]
    _tell_holders(kind, keys, now)
    gone = {
        "record": SourceRecord.objects.filter(entity_id__in=keys),
        "identity": Identity.objects.filter(entity_id__in=keys),
        "identifier": Identifier.objects.filter(entity_id__in=keys),
        "relation": Relation.objects.filter(Q(start_id__in=keys) | Q(end_id__in=keys)),
        "change": Change.objects.filter(entity_id__in=keys),
    }
    _forget_rules(kind, keys)
    removed = {name: rows_of.delete()[1].get(rows_of.model._meta.label, 0) for name, rows_of in gone.items()}  # noqa: SLF001  documented
    told = [
        Change(entity_id=row.id, kind=kind, what=DELETED, elements=[], grade=LOWEST, at=now, **place)
        for row in rows
        for place in places(row.areas())
    ]
    Entity.objects.filter(pk__in=keys).delete()
    append_changes(told)
    if keys:
        journal.publish(facts.EntitiesErased(kind, tuple(sorted(keys))), now=now)
    return {**removed, "entity": len(keys)}


def _tell_holders(kind: str, ids: Sequence[UUID], now: datetime) -> None:
    """Let those who hold copies learn what to look for: a moment later nobody knows it any more."""
    holders = slots.copies.all()
    leaving = _leaving(kind, ids) if ids and holders else []
    for holder in holders if leaving else ():
        holder.before_erasing(leaving, now=now)


def _leaving(kind: str, ids: Sequence[UUID]) -> list[slots.Leaving]:
    keys: dict[UUID, set[tuple[str, str]]] = {one: set() for one in ids}
    said: dict[UUID, list[dict[str, Any]]] = {one: [] for one in ids}
    for entity_id, source, key in Identity.objects.filter(entity_id__in=ids).values_list(
        "entity_id", "source_id", "key"
    ):
        keys[entity_id].add((source, key))
    for record in SourceRecord.objects.filter(entity_id__in=ids):
        keys[record.entity_id].add((record.source_id, record.key))
        said[record.entity_id].append(json.loads(record.payload.reveal()))
    return [slots.Leaving(one, kind, frozenset(keys[one]), tuple(said[one])) for one in ids]


def _forget_rules(kind: str, ids: Sequence[UUID]) -> None:
    """Delete what was decided about their keys: a key may be a number of the person."""
    keys = list(Identity.objects.filter(entity_id__in=ids).values_list("source_id", "key"))
    rules = IdentityRule.objects.filter(kind=kind)
    for source, key in keys:
        rules.filter(Q(source=source, key=key) | Q(other_source=source, other_key=key)).delete()


def erase_element(*, kind: str, entity_id: UUID, code: str, now: datetime) -> dict[str, int]:
    """Delete one element of an entity from every record, in the caller's transaction; return how many records.

    A record that was changed so is no longer what its source said: said again, it is taken as new.
    """
    one_at_a_time(kind)
    if slots.copies.all():
        (leaving,) = _leaving(kind, [entity_id])
        for holder in slots.copies.all():
            holder.before_erasing_element(leaving, code, now=now)
    changed = []
    for row in SourceRecord.objects.filter(entity_id=entity_id):
        values = json.loads(row.payload.reveal())
        if code in values or code in row.problems:
            values.pop(code, None)
            row.problems.pop(code, None)
            row.payload, row.digest = json.dumps(values, ensure_ascii=False), secrets.token_hex(32)
            changed.append(row)
    SourceRecord.objects.bulk_update(changed, ["payload", "digest", "problems"])
    project_entities(kind=kind, ids=[entity_id], now=now)
    journal.publish(facts.ElementErased(kind, entity_id, code), now=now)
    return {"record": len(changed)}


@transaction.atomic
def withdraw(*, source: str, kind: str, keys: Sequence[str], by: accounts.Actor, now: datetime) -> int:
    """Forget what a source said under these keys; who is known from nowhere else is deleted. Returns how many keys.

    Raises NotAllowed.
    """
    trust.require(by, WRITE)
    one_at_a_time(kind)
    known = dict(Identity.objects.filter(source_id=source, kind=kind, key__in=keys).values_list("key", "entity_id"))
    if not known:
        return 0
    ids = set(known.values())
    SourceRecord.objects.filter(source_id=source, key__in=known, entity_id__in=ids).delete()
    Identity.objects.filter(source_id=source, kind=kind, key__in=known).delete()
    left = set(SourceRecord.objects.filter(entity_id__in=ids).values_list("entity_id", flat=True))
    erase_entities(kind=kind, ids=ids - left, now=now)
    if left:
        project_entities(kind=kind, ids=sorted(left), now=now)
    return len(known)
