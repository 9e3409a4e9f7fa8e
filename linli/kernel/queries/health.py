"""How the node is: what stops it from serving, and what an operator should look at."""

from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min

from linli.kernel import facts
from linli.kernel.models import Batch, Cursor, JournalEntry, SetAside
from linli.kernel.queries.journal import Place, entries_after

LATE_SECONDS = 60.0  # a fact that waits longer than this raises the alarm


@dataclass(frozen=True)
class Health:
    """Counts and ages in seconds, and no names. `ready` says whether requests can be served at all."""

    database: bool
    migrations: bool = False
    relay_lag_seconds: float = 0.0
    oldest_undelivered_seconds: float = 0.0
    open_batches: int = 0
    set_aside: int = 0

    @property
    def ready(self) -> bool:
        """Say whether requests can be served."""
        return self.database and self.migrations

    @property
    def alarms(self) -> list[str]:
        """Name what an operator should look at."""
        found = {
            "database": not self.database,
            "migrations": self.database and not self.migrations,
            "relay": self.relay_lag_seconds > LATE_SECONDS,
            "delivery": self.oldest_undelivered_seconds > LATE_SECONDS,
            "set_aside": self.set_aside > 0,
        }
        return [name for name, wrong in found.items() if wrong]


def health(*, now: datetime) -> Health:
    """Look at the database, the migrations, and the way of the facts."""
    try:
        if _missing_migrations():
            return Health(database=True)
        batches = Batch.objects.filter(done_at=None).aggregate(count=Count("id"), first=Min("entries__0"))
        unrelayed, undelivered = _first_unrelayed(), batches["first"]
        waiting = [entry for entry in (unrelayed, undelivered) if entry is not None]
        return Health(
            database=True,
            migrations=True,
            relay_lag_seconds=_age(unrelayed, now),
            oldest_undelivered_seconds=max((_age(entry, now) for entry in waiting), default=0.0),
            open_batches=batches["count"],
            set_aside=SetAside.objects.filter(resolved_at=None).count(),
        )
    except DatabaseError:
        return Health(database=False)


def _missing_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _first_unrelayed() -> int | None:
    """Return the first entry that the relay has not looked at for some receiver."""
    names = facts.receivers()
    if not names:
        return None
    cursors = Cursor.objects.filter(receiver__in=names).values_list("transaction", "entry")
    places = [Place(*place) for place in cursors] or [Place()]
    following = entries_after(min(places), settled=False)
    return following[0][0].entry if following else None


def _age(entry: int | None, now: datetime) -> float:
    if entry is None:
        return 0.0
    told_at = JournalEntry.objects.values_list("told_at", flat=True).get(pk=entry)
    return max(0.0, (now - told_at).total_seconds())
