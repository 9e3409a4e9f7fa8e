"""The second wall 第二道墙: within it the database shows only rows of the actor's areas, and takes nothing."""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg import ClientCursor, capabilities
from psycopg.pq import TransactionStatus

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.trust import slots

Row = TypeVar("Row")
# The role belongs to the user who owns the tables: installations on one server that do not share one share no role.
ROLE = (
    "(SELECT left(pg_get_userbyid(relowner), 57) || '_sight' FROM pg_class"
    " WHERE oid = to_regclass('trust_ledgerentry'))"
)
_USABLE = f"SELECT rolname FROM pg_roles WHERE rolname = {ROLE} AND pg_has_role(oid, 'MEMBER')"  # noqa: S608  our own words
_WANTED = f"""
SELECT {ROLE}, current_user,
    EXISTS (SELECT FROM pg_roles WHERE rolname = {ROLE} AND pg_has_role(oid, 'MEMBER'))
"""  # noqa: S608  the same
_FAULTS = f"""
WITH sight AS (SELECT * FROM pg_roles WHERE rolname = {ROLE}),
named AS (SELECT %(guarded)s::text[] AS guarded, %(guarded)s::text[] || %(open)s::text[] AS readable),
here AS (
    SELECT c.oid, c.relname, c.relowner, c.relrowsecurity, c.relname = ANY (guarded) AS guarded,
        c.relname = ANY (readable) AS readable
    FROM named, pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
)
SELECT 'the role passes by the policies' FROM sight WHERE rolsuper OR rolbypassrls
UNION ALL SELECT format('the role owns %%s', relname) FROM here, sight WHERE relowner = sight.oid
UNION ALL SELECT format('the role may write %%s', relname) FROM here, sight
    WHERE has_table_privilege(sight.oid, here.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
UNION ALL SELECT format('the role may read %%s', relname) FROM here, sight
    WHERE has_table_privilege(sight.oid, here.oid, 'SELECT') AND NOT readable
UNION ALL SELECT format('the role may not read %%s', relname) FROM here, sight
    WHERE NOT has_table_privilege(sight.oid, here.oid, 'SELECT') AND readable
UNION ALL SELECT format('%%s has no policy', relname) FROM here
    WHERE guarded AND NOT (relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = here.oid))
"""  # noqa: S608  the same
# SET is neither planned nor executed: a third of what the same by set_config() costs.
_ENTER = "SET LOCAL linli.sight = '{{{areas}}}'; SET LOCAL ROLE '{role}'; "
_LEAVE = "SET LOCAL role TO DEFAULT"  # the role the connection began with: that of work, or who it is
_BEFORE = _ENTER.count(";")
_PASSED_ON = ("SAVEPOINT", "RELEASE", "ROLLBACK")  # a role taken between two savepoints would come back with the first
_within = ContextVar("the way into the second wall", default="")
CHUNK = 200  # rows that a stream brings at a time: they are turned while the server finds the next

_known: dict[str, str] = {}  # by the name of the database; a role that is missing is asked for each time


@contextlib.contextmanager
def sight(actor: accounts.Actor, capability: str) -> Iterator[None]:
    """Read within the second wall: whatever is asked of guarded tables, only rows of the actor's areas come.

    The areas are those of the holdings with the capability: coarser than the predicate, which still says who sees
    what. Each query of the block goes to the server in one message with the areas and the role before it and the way
    out behind it: no journey more, and nothing that an error could leave behind. Nothing can be written within; record
    the use afterwards. SYSTEM, the node itself, stays outside, and so does everybody where the database user could not
    be given the role: `linli check` says so. Raises RuntimeError within another, and for a cursor kept on the server.
    """
    if _within.get():
        message = "This is within the second wall already."
        raise RuntimeError(message)
    role = role_of_sight() if actor.kind != "system" else ""
    if not role:
        yield
        return
    areas = ",".join(str(one) for one in areas_of(actor, capability))
    enter = _ENTER.format(areas=areas, role=role.replace("'", "''"))
    token = _within.set(enter)
    try:
        with connection.execute_wrapper(_walled(enter)):
            yield
    finally:
        _within.reset(token)


def _walled(enter: str) -> Callable[..., Any]:
    """Return what runs each statement within the wall; its rows are the result after those of the way in."""

    def run(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        if text.startswith(_PASSED_ON):
            return execute(sql, params, many, context)
        cursor = context["cursor"].cursor
        if many or not isinstance(cursor, ClientCursor):
            message = "Within the second wall a query goes to the server in one piece."
            raise RuntimeError(message)
        done = execute(f"{enter}{text.rstrip().rstrip(';')}; {_LEAVE}", params, many, context)
        cursor.set_result(_BEFORE)
        return done

    return run


def streamed(rows: "QuerySet[Any, Row]") -> Iterator[Row]:
    """Yield the rows of a `values_list` while the server still finds more: what is made of thousands is made meanwhile.

    Within the wall or without it, in a transaction; nothing else can be asked before the last row has come.
    """
    if not capabilities.has_stream_chunked():
        yield from rows
        return
    compiler: Any = rows.query.get_compiler(connection.alias)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return
    converters = compiler.get_converters([one[0] for one in compiler.select])
    with _way_in(), connection.wrap_database_errors, connection.create_cursor() as cursor:
        found = cursor.stream(sql, params, size=CHUNK)
        yield from compiler.apply_converters(found, converters) if converters else found


@contextlib.contextmanager
def _way_in() -> Iterator[None]:
    """Take the role of the wall around us for what does not go in one message with it."""
    enter = _within.get()
    if enter and not connection.in_atomic_block:
        message = "Rows are streamed within a transaction, to which the role and the areas belong."
        raise RuntimeError(message)
    connection.ensure_connection()
    with connection.create_cursor() as cursor:
        if enter:
            cursor.execute(enter)
        try:
            yield
        finally:  # a transaction that failed takes the role with it
            if enter and cursor.connection.info.transaction_status == TransactionStatus.INTRANS:
                cursor.execute(_LEAVE)


def areas_of(actor: accounts.Actor, capability: str) -> list[int]:
    """Return the divisions, and below zero the grids, over which the actor holds a capability, as a row names them.

    A division above a county stands for its counties.
    """
    areas: set[int] = set()
    for held in actor.holdings_with(capability):
        if held.grid_id:
            areas.add(-held.grid_id)
        elif regions.division(held.division_id).level < regions.Level.COUNTY:
            below = (regions.division(one) for one in regions.descendants(held.division_id))
            areas |= {one.id for one in below if one.level == regions.Level.COUNTY}
        else:
            areas.add(held.division_id)
    return sorted(areas)


def role_of_sight() -> str:
    """Return the role to read in; "" where there is none that the database user may take."""
    name = str(connection.settings_dict["NAME"])
    if name not in _known:
        with connection.cursor() as cursor:
            cursor.execute(_USABLE)
            row = cursor.fetchone()
        if row is None:
            return ""
        _known[name] = row[0]
    return _known[name]


def role_wanted() -> tuple[str, str, bool]:
    """Return the name of the role, the database user, and whether the user may take the role."""
    with connection.cursor() as cursor:
        cursor.execute(_WANTED)
        role, user, is_usable = cursor.fetchone()
    return str(role), str(user), bool(is_usable)


def faults_of_wall() -> list[str]:
    """Return what is wrong with the role and the guarded tables, a few words each."""
    tables = slots.readables.all()
    guarded, plain = ([one.code for one in tables if one.guarded is which] for which in (True, False))
    with connection.cursor() as cursor:
        cursor.execute(_FAULTS, {"guarded": guarded, "open": plain})
        return [row[0] for row in cursor.fetchall()]
