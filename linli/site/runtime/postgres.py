"""The database a node runs on: the one that was named, else an embedded PostgreSQL in the data folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.utils.translation import gettext_noop as _
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from linli.site.runtime import cluster, folders
from linli.site.runtime.trouble import Trouble

OLDEST, NEWEST = 15, 18
ADDRESS, OF_WORK = "LINLI_DATABASE_URL", "LINLI_WORK_DATABASE_URL"
# The role that works, made with the tables (trust/actions/work.py), if this user is it or may take it.
_ROLE = """
SELECT r.rolname, r.rolname = current_user FROM pg_class c
JOIN pg_roles r ON r.rolname = left(pg_get_userbyid(c.relowner), 57) || '_work'
WHERE c.oid = to_regclass('trust_ledgerentry') AND pg_has_role(r.oid, 'MEMBER') AND r.rolbypassrls
"""


def provide(*, works: bool = False) -> str:
    """Return the address of a database that is fit for use; starts the embedded server where none is named.

    Who only works on it (`works`) need not be allowed to make tables.
    """
    url = os.environ.get(ADDRESS)
    if url:
        inspect(url, works=works)
        return url
    with _alone():
        if not cluster.answers():
            cluster.start()
    os.environ[ADDRESS] = cluster.address()
    return os.environ[ADDRESS]


def working_address(url: str) -> str:
    """Return the address at which web, worker and relay connect: as the role that works, which owns no table.

    That is `LINLI_WORK_DATABASE_URL` where it is set. The embedded server lets the role in by itself; elsewhere the
    owner connects and takes the role before anything else. The given address where there is no such role, or where it
    is that of the role already.
    """
    if named := os.environ.get(OF_WORK):
        return named
    with psycopg.connect(url, connect_timeout=10) as connection:
        role, is_it = connection.execute(_ROLE).fetchone() or ("", True)
    if is_it:
        return url
    if conninfo_to_dict(url).get("host") == conninfo_to_dict(cluster.address())["host"]:
        return make_conninfo(url, user=role)
    told = str(conninfo_to_dict(url).get("options") or "")
    escaped = str(role).replace("\\", "\\\\").replace(" ", "\\ ")
    return make_conninfo(url, options=f"{told} -c role={escaped}".strip())


def step_down() -> str:
    """Let this process, and those it starts, connect as the role that works; return the address."""
    os.environ[ADDRESS] = working_address(provide(works=True))
    return os.environ[ADDRESS]


def is_embedded() -> bool:
    """Whether this node runs on the embedded server (also in a process that was given its address)."""
    ours, told = (conninfo_to_dict(url) for url in (cluster.address(), os.environ.get(ADDRESS, cluster.address())))
    return all(told.get(name) == ours.get(name) for name in ("host", "dbname"))


def inspect(url: str, *, works: bool = False) -> None:
    """Check version, encoding and rights of a named database. Raises Trouble; changes nothing."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            _fit_version(connection.info.server_version // 10000)
            _fit_encoding(connection.info.parameter_status("server_encoding") or "")
            if not works:
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
