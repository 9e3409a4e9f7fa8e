"""A first load 首次装载: statements about things nobody has spoken of become golden records at once, by COPY.

What comes of it is what `take_in` makes of the same statements; it is only faster: each thing has one record, so there
is nothing to choose from, nothing to read, and four tables are written in one go. See docs/decisions/0018.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.registry import facts
from linli.registry.actions.load_heads import NAMED_AREAS, HeadMaker, Ready
from linli.registry.actions.load_tables import Tables
from linli.registry.actions.project import COUNTED
from linli.registry.actions.take_in import WRITE
from linli.registry.models import Entity, Identifier, Identity, Load, Relation, Source, SourceRecord
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.homes import Home, areas_of
from linli.registry.rules.heads import token_of
from linli.registry.rules.refusals import UnknownSourceError
from linli.trust import api as trust

FILLED = (Entity, Identifier, Identity, SourceRecord, Relation)
TOLD = 500


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a chunk: the places of what the base knows already, the identities of the rest, in order.

    `new` is how many things they speak of.
    """

    left: list[int]
    identities: list[int]
    new: int


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


def close_load(*, run: str, by: accounts.Actor) -> None:
    """End a load: put indexes and foreign keys back, where it took them off, in one transaction. Raises NotAllowed."""
    trust.require(by, WRITE)
    if Load.objects.filter(pk=run).exists():
        with connection.cursor() as cursor:
            cursor.execute("SELECT registry_close_load(%s)", [run])
    kernel.analyze(COUNTED)


@contextmanager
def closing_load(
    *, run: str, by: accounts.Actor, sessions: int, also: Sequence[type[models.Model]] = ()
) -> Iterator[None]:  # fmt: skip
    """End a load as `close_load` does, over so many connections; interrupted, the same call goes on.

    Tables above that were filled with it (`also`) are counted as well.
    In the block, indexes are there and what was left may be taken in; what the foreign keys say is checked meanwhile.
    Raises NotAllowed.
    """
    found = Load.objects.filter(pk=run).first() if sessions else None
    if found is None:
        close_load(run=run, by=by)
        kernel.analyze(also, sessions=sessions)
        yield
        return
    trust.require(by, WRITE)
    kernel.put_indexes_back_together(found.taken, sessions=sessions)
    kernel.analyze((*COUNTED, *also), sessions=sessions)
    with ThreadPoolExecutor(1) as beside:
        checked = beside.submit(kernel.check_keys, found.taken)
        yield
        checked.result()
    found.delete()


class Loader:
    """Loads statements of one source about things of one kind; made once for many chunks, in one process."""

    def __init__(self, *, source: str, kind: str, run: str, is_first: bool, by: accounts.Actor, now: datetime) -> None:
        """Read what all chunks need. Raises NotAllowed, UnknownSourceError."""
        trust.require(by, WRITE)
        found = Source.objects.filter(pk=source).first()
        if found is None:
            raise UnknownSourceError
        self.source, self.kind, self.run, self.is_first, self.now = found, kind, run, is_first, now
        self.elements = elements_of(kind)
        self.identifying = [code for code, element in self.elements.items() if element.identifies]
        self.areas: dict[str, Home | None] = {}
        self.heads = HeadMaker(source=found, kind=kind, elements=self.elements, areas=self.areas, now=now)
        self.tables = Tables(source=source, kind=kind, run=run, by=by.name, now=now)

    def load(self, ready: Sequence[Ready], *, together: bool = False) -> Loaded:
        """Load a chunk in the caller's transaction; what the base knows already is left to the caller.

        Keys are distinct within the load, and so are identifying numbers; only on a first load, of a chunk that is
        loaded `together`, some may share a number: they are one, as `identify` says it. Those that are left go through
        `take_in`. On a first load nobody else writes meanwhile, and nothing is looked up. Otherwise writers of the
        kind wait.
        """
        self._wait_for_others()
        left = set() if self.is_first else self._known(ready)
        fresh = [one for place, one in enumerate(ready) if place not in left]
        self._look_up_areas(fresh)
        owners, records = kernel.uuid7s(len(fresh)), kernel.uuid7s(len(fresh))
        if together:
            owners = self._shared(owners, fresh)
        told = [self.heads.told(*each) for each in zip(owners, records, fresh, strict=True)]
        made = self.heads.made_of_all(told) if together else [self.heads.made(one) for one in told]
        with connection.cursor() as cursor:
            numbers = self._numbers(cursor, len(fresh))
            for table, columns, rows in self.tables.filled(told, made, numbers):
                kernel.copying.into(cursor, table, columns, rows)
        self._publish(list(dict.fromkeys(owners)))
        return Loaded(sorted(left), numbers, len(made))

    def _shared(self, ids: Sequence[UUID], ready: Sequence[Ready]) -> list[UUID]:
        """Return whom each statement is about: who was said before to have one of its numbers, else somebody new."""
        known: dict[tuple[str, str], UUID] = {}
        owners = []
        for own, one in zip(ids, ready, strict=True):
            numbers = [(code, one.values[code]) for code in one.values if code in self.identifying]
            tokens = [(code, token_of(self.elements[code], str(number))) for code, number in numbers]
            owner = next((known[token] for token in tokens if token in known), own)
            known |= {token: known.get(token, owner) for token in tokens}
            owners.append(owner)
        return owners

    def _publish(self, ids: Sequence[UUID]) -> None:
        for first in range(0, len(ids), TOLD):
            told = facts.RecordsTaken(self.source.code, self.run, self.kind, tuple(ids[first : first + TOLD]))
            journal.publish(told, now=self.now)

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
        codes = {
            str(one.values[name]) for one in ready for name in NAMED_AREAS if name in one.values
        } - self.areas.keys()
        if codes:
            self.areas |= dict.fromkeys(codes) | areas_of(codes)


__all__ = ["Loaded", "Loader", "Ready", "close_load", "closing_load", "open_load"]
