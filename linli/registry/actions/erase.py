"""Deletion that deletes 删除: records, head, identifiers, relations and what the log said; a row "deleted" remains."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from linli.accounts import api as accounts
from linli.kernel import facts as journal
from linli.registry import facts
from linli.registry.actions.changes import append_changes
from linli.registry.actions.project import one_at_a_time, project_entities
from linli.registry.actions.take_in import WRITE
from linli.registry.models import Change, Entity, Identifier, Identity, Relation, SourceRecord
from linli.registry.queries.changes import AREA_COLUMNS
from linli.registry.rules.changes import DELETED, areas_of_row, places
from linli.registry.rules.elements import LOWEST
from linli.trust import api as trust


def erase_entities(*, kind: str, ids: Collection[UUID], now: datetime) -> int:
    """Delete everything the registry holds of these entities, in the caller's transaction; return how many.

    What remains is a row "deleted" in the change log, from which subscribers learn of it, and a fact.
    """
    one_at_a_time(kind)
    rows = list(Entity.objects.filter(pk__in=list(ids), kind=kind).only("id", "kind", *AREA_COLUMNS))
    keys = [row.id for row in rows]
    SourceRecord.objects.filter(entity_id__in=keys).delete()
    Identity.objects.filter(entity_id__in=keys).delete()
    Identifier.objects.filter(entity_id__in=keys).delete()
    Relation.objects.filter(Q(start_id__in=keys) | Q(end_id__in=keys)).delete()
    Change.objects.filter(entity_id__in=keys).delete()
    told = [
        Change(entity_id=row.id, kind=kind, what=DELETED, elements=[], grade=LOWEST, at=now, **place)
        for row in rows
        for place in places(areas_of_row({name: getattr(row, name) for name in AREA_COLUMNS}))
    ]
    Entity.objects.filter(pk__in=keys).delete()
    append_changes(told)
    if keys:
        journal.publish(facts.EntitiesErased(kind, tuple(sorted(keys))), now=now)
    return len(keys)


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
