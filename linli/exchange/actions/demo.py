"""Data sets that are planted: of made-up people for measuring, and those of the demo county's departments."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from linli.accounts import api as accounts
from linli.exchange.actions.collect import read_file, take_run
from linli.exchange.actions.sources import DatasetDraft, confirm_mapping, save_connection, save_dataset
from linli.exchange.models import Dataset, Run
from linli.exchange.rules.conversions import OF_TYPE
from linli.exchange.rules.demo import DEPARTMENTS, READER, Delivery, Department, delivery
from linli.exchange.rules.mapping import Mapped
from linli.exchange.rules.people import ELEMENTS, HEADER, MEASURED
from linli.registry import api as registry


def plant_people_dataset(*, code: str, division_id: int, now: datetime) -> Dataset:
    """Put a data set of made-up people into the catalogue, mapped; for measuring only."""
    draft = DatasetDraft(
        code=code, **MEASURED, is_sample=True,
    )  # fmt: skip
    dataset = save_dataset(draft=draft, division_id=division_id, by=accounts.SYSTEM, now=now)
    types = registry.elements_of("person")
    mapping = [
        Mapped(column, element, OF_TYPE[types[element].type])
        for column, element in zip(HEADER, ELEMENTS, strict=True) if element
    ]  # fmt: skip
    return confirm_mapping(
        dataset=dataset, mapping=mapping, keys=[HEADER[0]], header=HEADER, by=accounts.SYSTEM, now=now
    )


LIVE = "demo_police"  # a schema of the node's own database stands for the police's
RUNS = (3, 1)  # each department delivered so many cycles ago
CYCLE = {"daily": 1, "weekly": 7, "monthly": 30, "quarterly": 90}
LATE = 60  # days since the late one came


def plant_demo_sources(*, county_id: int, seed: int, people: int, now: datetime) -> int:
    """Let the departments of the demo county deliver: five files and a live database, two runs each; one is late.

    What is there already stays. Returns how many data sets were planted.
    """
    if Dataset.objects.exists() or not people:
        return 0
    said = registry.demo_sayings(county_id=county_id, seed=seed, people=people, now=now).said
    for one in DEPARTMENTS:
        brought = delivery(one, said, seed=seed, today=timezone.localdate(now))
        if one.live:
            _live_table(one, brought, county_id, now)
        dataset = _catalogued(one, brought, county_id, now)
        for cycles in RUNS:
            _deliver(one, dataset, brought, cycles, now)
    return len(DEPARTMENTS)


def _catalogued(one: Department, brought: Delivery, county_id: int, now: datetime) -> Dataset:
    live: dict[str, Any] = (
        {"connection": LIVE, "resource": f"{LIVE}.population", "cursor_column": "gxsj"} if one.live else {}
    )
    draft = DatasetDraft(
        code=one.code, source=one.source, name=one.name, provider=one.provider, department=one.department,
        kind=one.kind, abstract=one.abstract, sharing=one.sharing, condition=one.condition, cycle=one.cycle,
        is_sample=True, every_minutes=60 if one.live else None, **live,
    )  # fmt: skip
    dataset = save_dataset(draft=draft, division_id=county_id, by=accounts.SYSTEM, now=now)
    types = registry.elements_of(one.kind)
    mapping = [Mapped(column, code, OF_TYPE[types[code].type]) for column, code in one.columns.items()]
    return confirm_mapping(
        dataset=dataset, mapping=mapping, keys=[one.key], header=brought.header, observed=one.observed,
        by=accounts.SYSTEM, now=now,
    )  # fmt: skip


def _deliver(one: Department, dataset: Dataset, brought: Delivery, cycles: int, now: datetime) -> None:
    """Take a file in as it would have come some cycles ago: what came earlier was shorter."""
    header, rows = brought.header, brought.rows[: len(brought.rows) * (8 if cycles > 1 else 10) // 10]
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    day = now - timedelta(days=cycles * CYCLE[one.cycle] - CYCLE[one.cycle] + (LATE if one.late else 0), hours=3)
    name = f"{one.name}-{timezone.localdate(day):%Y%m%d}.csv"
    run = read_file(dataset=dataset, content=text.getvalue().encode("gb18030"), name=name, by=accounts.SYSTEM, now=now)
    run = take_run(run=run, by=accounts.SYSTEM, now=now)
    Run.objects.filter(pk=run.pk).update(started_at=day, ended_at=day + timedelta(minutes=1))
    Dataset.objects.filter(pk=dataset.pk).update(good_at=day, read_at=day)


def _live_table(one: Department, brought: Delivery, county_id: int, now: datetime) -> None:
    """Make the table of the live database, and the connection to it."""
    columns = [*brought.header, "gxsj"]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {LIVE}")
        cursor.execute(f"DROP TABLE IF EXISTS {LIVE}.population")
        typed = ", ".join(f"{name} text" for name in brought.header)
        cursor.execute(f"CREATE TABLE {LIVE}.population ({typed}, gxsj timestamp)")
        with cursor.copy(f"COPY {LIVE}.population ({', '.join(columns)}) FROM STDIN") as copy:
            for number, row in enumerate(brought.rows):
                copy.write_row([*row, timezone.make_naive(now - timedelta(minutes=len(brought.rows) - number))])
        reader = _let_read(cursor)
    save_connection(
        code=LIVE, name=one.live_name, connector="sql", values=_own_address(reader), division_id=county_id,
        by=accounts.SYSTEM, now=now,
    )  # fmt: skip


def _let_read(cursor: Any) -> str:
    """Make the user who reads this table and nothing else; return its name, "" where none can be made."""
    cursor.execute(_READER, [READER, LIVE])
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = left(current_user, 58) || %s", [READER])
    row = cursor.fetchone()
    return str(row[0]) if row else ""


def _own_address(reader: str) -> dict[str, str]:
    """Return the node's own database as the settings of a connection; its socket is open to the reader alone."""
    told = connection.get_connection_params()
    query = "&".join(f"{name}={told[name]}" for name in ("host", "port") if told.get(name))
    return {"url": f"postgresql://{reader or told.get('user', '')}@/{told['dbname']}?{query}", "password": ""}


_READER = """
DO $reader$
DECLARE
    reader name := left(current_user, 58) || %s;
    place name := %s;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = reader) THEN
        EXECUTE format('CREATE ROLE %%I LOGIN NOINHERIT', reader);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %%I TO %%I', place, reader);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %%I TO %%I', place, reader);
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $reader$
"""
