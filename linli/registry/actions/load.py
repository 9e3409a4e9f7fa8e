"""A first load 首次装载: statements about things nobody has spoken of become golden records at once, by COPY.

What comes of it is what `take_in` makes of the same statements; it is only faster: each thing has one record, so there
is nothing to choose from, nothing to read, and four tables are written in one go. See docs/decisions/0018.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, models, transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.registry import facts
from linli.registry.actions.project import COUNTED
from linli.registry.actions.take_in import WRITE, digest_of, payload_of
from linli.registry.models import Entity, Identifier, Identity, Load, Relation, Source, SourceRecord
from linli.registry.models.entity import AREA_COLUMNS
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.homes import Home, areas_of, settled
from linli.registry.rules.heads import Head, head_of, token_of
from linli.registry.rules.refusals import UnknownSourceError
from linli.trust import api as trust

copying = kernel.copying
FILLED = (Entity, Identifier, Identity, SourceRecord, Relation)
TOLD = 500
Write = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """One statement whose values were cleaned by `cleaners_of`; `problems` are sentences by element."""

    key: str
    values: Mapping[str, Any]
    problems: Mapping[str, str]
    observed_at: datetime


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a chunk: the places of what the base knows already, and the identities of the rest, in order."""

    left: list[int]
    identities: list[int]


@transaction.atomic
def open_load(
    *, run: str, by: accounts.Actor, now: datetime, also: Sequence[type[models.Model]] = ()
) -> bool:  # fmt: skip
    """Begin a load, or go on with it; return whether it is a first load, whose base began empty.

    Then indexes and foreign keys are off until `close_load`, also those of tables above that are filled with it
    (`also`); what is unique stays so, and an interrupted load goes on.
    Raises NotAllowed.
    """
    trust.require(by, WRITE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('registry:load'))")
        if Load.objects.exists():
            return Load.objects.filter(pk=run).exists()
        if Entity.objects.exists() or Identity.objects.exists():
            return False
        taken = kernel.take_indexes_off(cursor, *FILLED, *also)
    Load.objects.create(run=run, taken=taken, began_at=now)
    return True


def close_load(*, run: str, by: accounts.Actor, sessions: int = 0) -> None:
    """End a load: put indexes and foreign keys back, where it took them off. Raises NotAllowed.

    With `sessions` that many connections share the work; interrupted, the same call goes on. Without, it is one
    transaction, or the caller's.
    """
    trust.require(by, WRITE)
    found = Load.objects.filter(pk=run).first()
    if found is not None:
        _make_indexes(found, sessions)
    kernel.analyze(COUNTED, sessions=sessions)


def _make_indexes(load: Load, sessions: int) -> None:
    if sessions:
        kernel.put_indexes_back_together(load.taken, sessions=sessions)
        load.delete()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_close_load(%s)", [load.run])


class Loader:
    """Loads statements of one source about things of one kind; made once for many chunks, in one process."""

    def __init__(self, *, source: str, kind: str, run: str, is_first: bool, by: accounts.Actor, now: datetime) -> None:
        """Read what all chunks need. Raises NotAllowed, UnknownSourceError."""
        trust.require(by, WRITE)
        found = Source.objects.filter(pk=source).first()
        if found is None:
            raise UnknownSourceError
        self.source, self.kind, self.run, self.by, self.now = found, kind, run, by, now
        self.is_first, self.today, self.zone = is_first, timezone.localdate(now), timezone.get_current_timezone()
        self.elements = elements_of(kind)
        self.identifying = [code for code, element in self.elements.items() if element.identifies]
        self.areas: dict[str, Home | None] = {}

    def load(self, ready: Sequence[Ready]) -> Loaded:
        """Load a chunk in the caller's transaction; what the base knows already is left to the caller.

        Keys and identifying numbers are distinct within the load; those that are left go through `take_in`. On a
        first load nobody else writes meanwhile, and nothing is looked up. Otherwise writers of the kind wait.
        """
        self._wait_for_others()
        left = set() if self.is_first else self._known(ready)
        fresh = [one for place, one in enumerate(ready) if place not in left]
        self._look_up_areas(fresh)
        ids = [kernel.uuid7() for _one in fresh]
        with connection.cursor() as cursor:
            numbers = self._numbers(cursor, len(fresh))
            made = [self._rows(key, number, one) for key, number, one in zip(ids, numbers, fresh, strict=True)]
            for place, (table, columns) in enumerate(_TABLES.items()):
                kernel.copying.into(cursor, table, columns, b"".join(rows[place] for rows in made))
        for first in range(0, len(ids), TOLD):
            told = facts.RecordsTaken(self.source.code, self.run, self.kind, tuple(ids[first : first + TOLD]))
            journal.publish(told, now=self.now)
        return Loaded(sorted(left), numbers)

    @staticmethod
    def _numbers(cursor: Any, count: int) -> list[int]:
        """Reserve numbers for identities."""
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('registry_identity', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [number for (number,) in cursor.fetchall()]

    def _wait_for_others(self) -> None:
        """Let one writer in at a time; the processes of a first load, which share out its rows, all at once."""
        way = "_shared" if self.is_first else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{way}(hashtext(%s))", [f"registry:{self.kind}"])

    def _known(self, ready: Sequence[Ready]) -> set[int]:
        keys = {one.key: place for place, one in enumerate(ready)}
        rows = Identity.objects.filter(source=self.source, kind=self.kind, key__in=list(keys))
        tokens = {
            token_of(self.elements[code], str(one.values[code])): place
            for place, one in enumerate(ready) for code in self.identifying if code in one.values
        }  # fmt: skip
        found = Identifier.objects.filter(token__in=list(tokens), kind=self.kind)
        return {keys[key] for key in rows.values_list("key", flat=True)} | {
            tokens[token] for token in found.values_list("token", flat=True)
        }

    def _look_up_areas(self, ready: Iterable[Ready]) -> None:
        codes = {str(one.values[name]) for one in ready for name in _AREAS if name in one.values} - self.areas.keys()
        if codes:
            self.areas |= dict.fromkeys(codes) | areas_of(codes)

    def _rows(self, key: UUID, number: int, one: Ready) -> tuple[bytes, bytes, bytes, bytes]:
        """Return the rows of the four tables for one thing."""
        record, since = kernel.uuid7(), one.observed_at.astimezone(self.zone).date()
        head, area = self._head(key, record, one, since)
        tokens = b"".join(
            copying.row(copying.uuid(key), copying.text(self.kind), copying.text(code), copying.text(token))
            for code, token in dict.fromkeys(head.tokens)
        )
        identity = copying.row(
            copying.big(number), copying.text(self.source.code), copying.text(self.kind), copying.text(one.key),
            copying.uuid(key), copying.moment(self.now),
        )  # fmt: skip
        return self._entity(key, head, area), self._record(record, key, one, since), identity, tokens

    def _head(self, key: UUID, record: UUID, one: Ready, since: date) -> tuple[Head, dict[str, int | None]]:
        values = one.values if since <= self.today else {}
        lives, paper = (self.areas.get(str(values[name])) if name in values else None for name in _AREAS)
        area, address = settled({}, lives, paper, is_far=paper is None and _AREAS[1] in values)
        origins = {str(record): list(values)} if values else {}
        return head_of(key, self.kind, self.elements, values, origins, area=area, address=address), area

    def _entity(self, key: UUID, head: Head, area: Mapping[str, int | None]) -> bytes:
        sealed = kernel.seal(head.sealed, context="registry.entity.sealed") if head.sealed else None
        return copying.row(
            copying.uuid(key), copying.text(self.kind), copying.text(head.label), copying.text(head.sort),
            copying.json(orjson.dumps(head.attributes)), copying.blob(sealed), copying.json(orjson.dumps(head.origins)),
            *(copying.big(area[name]) for name in AREA_COLUMNS), copying.texts(head.subjects),
            copying.integers(head.terms), copying.flag(bool(area["is_apart"])), copying.NO, copying.moment(self.now),
        )  # fmt: skip

    def _record(self, record: UUID, key: UUID, one: Ready, since: date) -> bytes:
        said = payload_of(one.values)
        payload = kernel.seal(said, context="registry.record.payload")
        seen = copying.moment(one.observed_at)
        return copying.row(
            copying.uuid(record), copying.text(self.source.code), copying.text(one.key), copying.uuid(key),
            copying.blob(payload), copying.text(digest_of(said, one.problems, ("None", "None", False))),
            copying.json(orjson.dumps(dict(one.problems))), copying.NO, seen, seen, copying.moment(self.now),
            copying.day(since), copying.NULL, copying.text(self.run), copying.text(self.by.name),
        )  # fmt: skip


_AREAS = ("area_code", "registered_area_code")
_TABLES = {
    "registry_entity": f"id, kind, label, sort, attributes, sealed, origins, {', '.join(AREA_COLUMNS)}, subjects,"
    " terms, is_apart, is_due, changed_at",
    "registry_sourcerecord": "id, source_id, key, entity_id, payload, digest, problems, is_verified, observed_at,"
    " confirmed_at, recorded_at, valid_from, valid_to, run, by",
    "registry_identity": "id, source_id, kind, key, entity_id, since",
    "registry_identifier": "entity_id, kind, element, token",
}
