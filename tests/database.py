"""A pytest plug-in that provides what Django's settings need: a real PostgreSQL, translations, plain static files.

Each process has an embedded server of its own: what is settled on a server (facts, the ledger) waits for its oldest
transaction, so a long test in one process would hold up the others; and the node's own server is not touched. There the
migrated database is kept as a template for the next run, until a migration changes. The server starts and the test
database is copied while tests are imported and collected. A process that only hands out tests needs none of it.
"""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from linli.site.runtime import cluster, folders, postgres, web
from tools.messages import compile_messages

EMBEDDED = "LINLI_TEST_EMBEDDED"
STATIC = "LINLI_TEST_STATIC"
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "alone")
TEMPLATE, COPY = "linli_migrated_", "test_linli"
THROWN_AWAY = {
    "autovacuum": "off",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "'128MB'",
}
ONLY_ADDED_TO = (  # tests/ledger.py lets them be truncated
    "trust_ledgerentry",
    "trust_seal",
    "trust_ledgertree",
    "trust_tile",
    "trust_treehead",
    "trust_ledgerkey",
    "trust_headsignature",
    "trust_impactassessment",
)
OF_JOBS = {"procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers"}
REGISTERED = {"django_content_type", "auth_permission"}  # of every model, by the migrations
# Only these are asked for rows: to ask all of them takes longer than many a test.
WITH_PAGES = "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r' AND pg_relation_size(oid) > 0"

os.environ.setdefault("LINLI_STATIC", "plain")
os.environ.setdefault(STATIC, str(folders.data_folder() / "static"))  # what the setting up of the checkout collected
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
os.environ.update(web.environment())  # numpy with threads of its own slows the other processes down
compile_messages()
if os.environ.get(EMBEDDED) or not os.environ.get("LINLI_DATABASE_URL"):
    os.environ[EMBEDDED] = "1"
    os.environ["LINLI_DATA"] = str(folders.data_folder() / "tests" / PROCESS)  # one in the other, where tests run tests
    os.environ["LINLI_DATABASE_URL"] = cluster.address()
_begun: list[Future[str]] = []  # the name of the template, as soon as the copy stands


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Begin with the database before Django is set up: the one waits for programs, the other keeps this one busy."""
    if _hands_out(early_config.known_args_namespace):
        import pytest_django.plugin

        early_config.known_args_namespace.noconftest = True  # they would ask for Django
        pytest_django.plugin._initialize_django = lambda *_: None
    elif os.environ.get(EMBEDDED):
        beside = ThreadPoolExecutor(1)
        _begun.append(beside.submit(_prepare))
        beside.shutdown(wait=False)
    else:
        postgres.provide()


def pytest_configure(config):
    """Let the test database be a copy of one that is migrated already."""
    if _hands_out(config.option):
        return
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = lambda _: _empty()
    if _begun:
        from django.db.backends.postgresql.creation import DatabaseCreation

        DatabaseCreation.create_test_db = _take_the_copy


def _hands_out(options):
    """Tell whether this process runs no tests, but others that run them."""
    return PROCESS == "alone" and getattr(options, "numprocesses", None) and not options.collectonly


def _prepare():
    """Start the server, copy the migrated database; return the name of that."""
    with postgres._alone():
        cluster.start()
    with psycopg.connect(os.environ["LINLI_DATABASE_URL"], autocommit=True) as server:
        for setting, value in THROWN_AWAY.items():
            server.execute(f"ALTER SYSTEM SET {setting} = {value}")
        server.execute("SELECT pg_reload_conf()")
        template = _template(server)
        server.execute(f'DROP DATABASE IF EXISTS "{COPY}"')
        server.execute(f'CREATE DATABASE "{COPY}" TEMPLATE "{template}"')
    return template


def _take_the_copy(creation, *_, **__):
    """Let Django work on the copy: it would migrate it again, and register every model once more."""
    from django.conf import settings

    migrated()
    creation.connection.close()
    settings.DATABASES[creation.connection.alias]["NAME"] = creation.connection.settings_dict["NAME"] = COPY
    with creation.connection.cursor() as cursor:
        let_be_emptied(cursor)
    return COPY


def let_be_emptied(cursor):
    """Let the use ledger be emptied: it refuses by a trigger, which is put to sleep."""
    for table in ONLY_ADDED_TO:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER trust_no_truncate")


def migrated():
    """Return the name of a database that is migrated already, to be copied, or nothing where no such one is kept."""
    return _begun[0].result() if _begun else ""


def like_the_migrated():
    """Return how to end CREATE DATABASE for one that is migrated already, or with nothing where no such one is kept."""
    return f'TEMPLATE "{migrated()}"' if migrated() else ""


def _empty():
    """Empty the tables that a test has filled: Django would empty them all and register every model once more."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WITH_PAGES, [_tables()])
        touched = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for (table,) in cursor]
        cursor.execute(" UNION ALL ".join(touched) or "SELECT WHERE false")
        emptied = [f"{'TRUNCATE' if table in ONLY_ADDED_TO else 'DELETE FROM'} {table}" for (table,) in cursor]
        if os.environ.get(EMBEDDED):  # all of them go: nobody need look row by row what hangs on what
            emptied = ["SET LOCAL session_replication_role = replica", *emptied]
        cursor.execute("; ".join(emptied))


@cache
def _tables():
    from django.db import connection

    named = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(named) - REGISTERED | OF_JOBS)


def _template(server):
    """Return the name of a database with all migrations of today; made where it is missing, in the place of others."""
    migrations = sorted(Path(__file__).resolve().parents[1].glob("linli/*/migrations/*.py"))
    words = b"".join(path.name.encode() + path.read_bytes() for path in migrations)
    name = TEMPLATE + hashlib.sha256(words).hexdigest()[:16]
    found = [row[0] for row in server.execute("SELECT datname FROM pg_database WHERE datname ^@ %s", [TEMPLATE])]
    if name not in found:
        for old in found:
            server.execute(f'DROP DATABASE "{old}"')
        server.execute(f'CREATE DATABASE "{name}_unfinished"')
        address = make_conninfo(os.environ["LINLI_DATABASE_URL"], dbname=f"{name}_unfinished")
        migrate = [sys.executable, "-m", "linli", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, env={**os.environ, "LINLI_DATABASE_URL": address}, check=True)
        server.execute(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')
    return name


def pytest_unconfigure():
    """Stop the server that was only for this process, unless another run in this checkout works on it."""
    if _begun and not _begun[0].exception() and not cluster.others_connected():
        cluster.stop()
