"""The database a node runs on: the one that was named, else an embedded PostgreSQL in the data folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.utils.translation import gettext_noop as _

from linli.site.runtime import cluster, folders
from linli.site.runtime.trouble import Trouble

OLDEST, NEWEST = 15, 18
ADDRESS = "LINLI_DATABASE_URL"


def provide() -> str:
    """Return the address of a database that is fit for use; starts the embedded server where none is named."""
    url = os.environ.get(ADDRESS)
    if url:
        inspect(url)
        return url
    with _alone():
        if not cluster.answers():
            cluster.start()
    os.environ[ADDRESS] = cluster.address()
    return os.environ[ADDRESS]


def is_embedded() -> bool:
    """Whether this node runs on the embedded server (also in a process that was given its address)."""
    return os.environ.get(ADDRESS, cluster.address()) == cluster.address()


def inspect(url: str) -> None:
    """Check version, encoding and rights of a named database. Raises Trouble; changes nothing."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            _fit_version(connection.info.server_version // 10000)
            _fit_encoding(connection.info.parameter_status("server_encoding") or "")
            _fit_rights(connection)
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise _unreachable(error) from error


def _fit_version(major: int) -> None:
    if not OLDEST <= major <= NEWEST:
        raise Trouble(
            _("LINLI_DATABASE_URL names a PostgreSQL {major}; Linli needs PostgreSQL {oldest} to {newest}."),
            major=major,
            oldest=OLDEST,
            newest=NEWEST,
        )


def _fit_encoding(encoding: str) -> None:
    if encoding != "UTF8":
        raise Trouble(
            _("The database that LINLI_DATABASE_URL names is encoded in {encoding}; make one with ENCODING 'UTF8'."),
            encoding=encoding,
        )


def _fit_rights(connection: psycopg.Connection) -> None:
    row = connection.execute(
        "SELECT current_user, current_schema(), has_schema_privilege(current_schema(), 'CREATE')"
    ).fetchone()
    user, schema, may_create = row or ("", None, None)
    if schema is None or not may_create:
        raise Trouble(
            _(
                "The database user {user} may not create tables in schema {schema}; "
                "let its owner run: GRANT CREATE, USAGE ON SCHEMA {schema} TO {user}"
            ),
            user=user,
            schema=schema or "public",
        )


def _unreachable(error: psycopg.Error) -> Trouble:
    reason = " ".join(str(error).split()).removesuffix(".")
    return Trouble(
        _(
            "The database that LINLI_DATABASE_URL names cannot be used ({reason}); "
            "check the address, the password and that it runs."
        ),
        reason=reason,
    )


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time look after the embedded server."""
    path = folders.own_folder() / "postgres.lock"
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
