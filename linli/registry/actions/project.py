"""The golden records 主记录 made from what the sources say: after each of them speaks, and when homes change."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from linli.kernel import api as kernel
from linli.registry.actions.changes import note_changes
from linli.registry.actions.rows import copy_rows, replace_rows
from linli.registry.actions.tag_marks import mark_by_rules
from linli.registry.models import Entity, Identifier, Identity, Relation, Source, SourceRecord
from linli.registry.queries.changes import heads_before, sources_not_loaded
from linli.registry.queries.dictionary import elements_of, owners_of
from linli.registry.queries.homes import areas_of, homes_of, residents_of, settled
from linli.registry.queries.identities import absorbed_by
from linli.registry.queries.saying import sayings_of
from linli.registry.rules.heads import NO_NAME, Head, head_of, origins_of, part_of, subject_of
from linli.registry.rules.kinds import BUILDING, HOUSE, KINDS, PERSON
from linli.registry.rules.survivorship import Believed, project

BATCH = 500
COUNTED = (Entity, Relation, SourceRecord, Identifier, Identity)
FIRST = (HOUSE, BUILDING)  # others are found through them


def project_entities(
    *,
    kind: str,
    ids: Collection[UUID],
    new: Collection[UUID] = (),
    spoken: Mapping[UUID, Any] | None = None,
    now: datetime,
) -> None:
    """Write the head rows of these entities of one kind anew, in the caller's transaction. About 12 queries for all.

    What changed is told in the change log.

    `new` of them have no row yet. `spoken` are payloads of records by id that need not be opened again.
    """
    one_at_a_time(kind)
    today = timezone.localdate(now)
    said, owners, elements = sayings_of(ids, spoken or {}), owners_of(kind), elements_of(kind)
    believed = {key: project(said.get(key, ()), owners, on=today, known_at=now) for key in ids}
    areas = areas_of(_area_codes(believed.values()))
    old = [key for key in ids if key not in new]
    homes, absorbed = homes_of(old, on=today), absorbed_by(old)
    before = heads_before(old) if old else {}
    rows, tokens, spoken_of = [], [], {}
    for key, known in believed.items():
        lives, registered = (areas.get(_value(known, code)) for code in ("area_code", "registered_area_code"))
        is_far = registered is None and bool(_value(known, "registered_area_code"))
        area, address = settled(homes.get(key, {}), lives, registered, is_far=is_far)
        kept = {code: one for code, one in known.items() if code in elements}
        values = {code: one.value for code, one in kept.items()}
        parts = {code: part_of(elements[code], value) for code, value in values.items()}
        head = head_of(key, kind, values, parts, origins_of(kept), area=area, address=address)
        if kind == PERSON:  # the ledger knows them by the ids they had before they were merged, too
            head.subjects.extend(subject_of(one) for one in absorbed.get(key, ()))
        rows.append(_row(key, kind, head, area, now))
        spoken_of[key] = (values, area)
        tokens += [Identifier(entity_id=key, kind=kind, element=code, token=token) for code, token in head.tokens]
    first = sources_not_loaded() if any(one.is_bare for one in before.values()) else ()
    note_changes(kind=kind, rows=rows, believed=believed, before=before, new_sources=first, now=now)
    tagged = mark_by_rules(kind, spoken_of, today=today, now=now)
    for row in rows:
        if terms := tagged.get(row.id):
            row.terms = sorted({*row.terms, *terms})
    _write(rows, tokens, set(new))
    if kind == HOUSE and old:
        _follow(old, now)


def one_at_a_time(kind: str) -> None:
    """Let writers of one kind wait for each other until their transactions end.

    Two sources may speak of one person for the first time at once, and a projection made from what was there before
    another's commit would undo that. Who writes several kinds takes them in alphabetical order, houses first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"registry:{kind}"])


def mark_due(*, kind: str, ids: Collection[UUID], new: Collection[UUID], now: datetime) -> None:
    """Leave the projection of these entities to `project_due`; those without a row get a bare one."""
    copy_rows([Entity(id=key, kind=kind, label=NO_NAME, is_due=True, changed_at=now) for key in new])
    Entity.objects.filter(pk__in=[key for key in ids if key not in new]).update(is_due=True)


def project_due(*, now: datetime, ends_load: bool = True) -> int:
    """Project what a load or a new grade left, 500 entities to a transaction, houses first. Returns how many.

    What was interrupted goes on where it stopped. The tables are counted first: a plan that was made for empty ones
    would read them whole for each batch.
    """
    kernel.analyze(COUNTED)
    done = 0
    for kind in sorted(KINDS, key=lambda one: one not in FIRST):
        rows = Entity.objects.filter(kind=kind, is_due=True).order_by("id").values_list("id", flat=True)
        while ids := list(rows[:BATCH]):
            with transaction.atomic():
                project_entities(kind=kind, ids=ids, now=now)
            done += len(ids)
    if ends_load:
        Source.objects.filter(loaded_at=None, code__in=_speaking()).update(loaded_at=now)
    return done


def _speaking() -> list[str]:
    """Return the sources that have said something: what they say from now on is news."""
    codes = Source.objects.filter(loaded_at=None).values_list("code", flat=True)
    return [code for code in codes if SourceRecord.objects.filter(source=code).exists()]


def _write(rows: list[Entity], tokens: list[Identifier], new: set[UUID]) -> None:
    copy_rows([row for row in rows if row.id in new])
    replace_rows(old := [row for row in rows if row.id not in new])
    Identifier.objects.filter(entity_id__in=[row.id for row in old]).delete()
    Identifier.objects.bulk_create(tokens, ignore_conflicts=True)


def _follow(houses: Collection[UUID], now: datetime) -> None:
    """Let those who are found through a house follow it when its address or area changes."""
    kinds: dict[str, list[UUID]] = {}
    for row in residents_of(houses, on=timezone.localdate(now)):
        kinds.setdefault(row["start__kind"], []).append(row["start_id"])
    for kind, ids in sorted(kinds.items()):
        project_entities(kind=kind, ids=ids, now=now)


def _area_codes(believed: Iterable[Mapping[str, Believed]]) -> set[str]:
    found = {_value(known, code) for known in believed for code in ("area_code", "registered_area_code")}
    return found - {""}


def _value(known: Mapping[str, Believed], code: str) -> str:
    return str(known[code].value) if code in known else ""


def _row(key: UUID, kind: str, head: Head, area: Mapping[str, int | None], now: datetime) -> Entity:
    return Entity(
        id=key, kind=kind, label=head.label, sort=head.sort, attributes=head.attributes, sealed=head.sealed or None,
        origins=head.origins, subjects=head.subjects, terms=head.terms, changed_at=now, **area,
    )  # fmt: skip
