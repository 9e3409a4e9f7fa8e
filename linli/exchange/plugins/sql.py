"""Any SQL database by its SQLAlchemy address; drivers that do not ship are named where they are missing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.exchange.rules.demo import READER
from linli.exchange.rules.refusals import SettingsRefusedError, SourceUnreachableError
from linli.exchange.rules.tables import text_of
from linli.exchange.rules.wording import listed
from linli.exchange.slots import Ask, Chunk, Connector, Setting
from linli.kernel import api as kernel

if TYPE_CHECKING:
    import sqlalchemy

TOGETHER = 500
SECONDS = 10
DRIVERS = {
    "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql", "mssql": "mssql+pymssql", "oracle": "oracle+oracledb",
}  # fmt: skip
TIMEOUTS: Mapping[str, Mapping[str, Any]] = {
    "psycopg": {"connect_timeout": SECONDS},
    "pymysql": {"connect_timeout": SECONDS, "read_timeout": 60},
    "pymssql": {"login_timeout": SECONDS, "timeout": 60},
    "oracledb": {"tcp_connect_timeout": SECONDS},
}


class Sql(Connector):
    """Rows of a table, a view or a query, read only; with a column that grows, only what is new."""

    code = "sql"
    label = gettext_lazy("Database (PostgreSQL, MySQL, MariaDB, SQL Server, Oracle)")
    hint = gettext_lazy("Ask the department for an account that may only read.")
    settings = (
        Setting(
            "url",
            gettext_lazy("Address"),
            gettext_lazy("For example mysql://reader@10.0.0.8:3306/minzheng; postgresql, mssql and oracle alike."),
        ),
        Setting("password", gettext_lazy("Password"), is_secret=True, is_needed=False),
    )
    resource_hint = gettext_lazy("A table or view, such as dbo.person, or a query that begins with SELECT.")

    def check(self, settings: Mapping[str, str]) -> str:
        """Connect and count the tables."""
        import sqlalchemy  # noqa: PLC0415  slow to import, needed by the reading process only

        with _connected(settings) as wire:
            found = sqlalchemy.inspect(wire)
            tables = [*found.get_table_names(), *found.get_view_names()]
        words = {"count": len(tables), "names": listed(sorted(tables)[:8])}
        return _("The database answers; %(count)d tables and views: %(names)s.") % words

    def read(self, settings: Mapping[str, str], ask: Ask) -> Iterator[Chunk]:
        """Yield rows in the order of the cursor column."""
        with _connected(settings) as wire:
            query = _query(wire, ask)
            rows = wire.execution_options(stream_results=True, max_row_buffer=TOGETHER).execute(query)
            header = list(rows.keys())
            place = next((n for n, name in enumerate(header) if name.lower() == ask.cursor_column.lower()), None)
            cursor = ask.cursor
            while found := rows.fetchmany(TOGETHER):
                if place is not None:
                    cursor = max_mark(cursor, [row[place] for row in found])
                yield Chunk(header, [[text_of(value) for value in row] for row in found], cursor)


def max_mark(cursor: str, values: list[Any]) -> str:
    """Return the mark of the greatest value: `n:` a number, `t:` a time, `d:` a day, `s:` a text."""
    known = [value for value in values if value is not None]
    return mark_of(max(known)) if known else cursor


def mark_of(value: Any) -> str:
    """Return one value as a mark."""
    if isinstance(value, datetime):
        return f"t:{value.isoformat()}"
    if isinstance(value, date):
        return f"d:{value.isoformat()}"
    return f"s:{value}" if isinstance(value, str) else f"n:{value}"


def value_of(mark: str, overlap: int) -> Any:
    """Return the value from which to read on: the mark, less the overlap (seconds, days, or steps)."""
    kind, _colon, text = mark.partition(":")
    if kind == "t":
        return datetime.fromisoformat(text) - timedelta(seconds=overlap)
    if kind == "d":
        return date.fromisoformat(text) - timedelta(days=overlap)
    if kind == "n":
        return (float(text) if "." in text else int(text)) - overlap
    return text


def _query(wire: "sqlalchemy.Connection", ask: Ask) -> Any:
    """Return the query for what is new. Equal values of the cursor column are read again: they are confirmed."""
    import sqlalchemy  # noqa: PLC0415  slow to import

    words = ask.resource.strip().rstrip(";")
    if words[:6].lower() == "select":
        table: Any = sqlalchemy.text(f"({words}) q")
    else:
        table = sqlalchemy.text(".".join(map(wire.dialect.identifier_preparer.quote, words.split("."))))
    query = sqlalchemy.select(sqlalchemy.text("*")).select_from(table)
    if not ask.cursor_column:
        return query
    column: Any = sqlalchemy.column(ask.cursor_column)
    if ask.cursor:
        query = query.where(column >= value_of(ask.cursor, ask.overlap))
    return query.order_by(column)


@contextmanager
def _connected(settings: Mapping[str, str]) -> Iterator["sqlalchemy.Connection"]:
    import sqlalchemy  # noqa: PLC0415  slow to import

    try:
        engine = _engine(settings)
        with engine.connect() as wire:
            if wire.dialect.name == "postgresql":
                wire.execute(sqlalchemy.text("SET TRANSACTION READ ONLY"))
            yield wire
    except sqlalchemy.exc.DBAPIError as error:
        raise SourceUnreachableError(_("The database says: %(words)s") % {"words": _short(error.orig)}) from error
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise SourceUnreachableError(_("The database says: %(words)s") % {"words": _short(error)}) from error


def _engine(settings: Mapping[str, str]) -> "sqlalchemy.Engine":
    import sqlalchemy  # noqa: PLC0415  slow to import

    try:
        url = sqlalchemy.make_url(settings.get("url", "").strip())
        url = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
        if settings.get("password"):
            url = url.set(password=settings["password"])
        dialect = url.get_dialect()
        dialect.import_dbapi()
        driver = dialect.driver
        url, pinned = _held(url, driver)
        return sqlalchemy.create_engine(
            url, connect_args={**TIMEOUTS.get(driver, {}), **pinned}, poolclass=sqlalchemy.pool.NullPool
        )
    except kernel.OutgoingError as error:
        raise SourceUnreachableError(str(error)) from error
    except (sqlalchemy.exc.ArgumentError, sqlalchemy.exc.NoSuchModuleError):
        raise SettingsRefusedError(
            "url", _("Write the address as kind://user@host:port/database, such as mysql://reader@10.0.0.8/minzheng.")
        ) from None
    except ModuleNotFoundError as error:
        raise SourceUnreachableError(
            _("The driver %(name)s for this kind of database is not installed on this node: pip install %(name)s.")
            % {"name": error.name}
        ) from None


def _held(url: "sqlalchemy.URL", driver: str) -> tuple["sqlalchemy.URL", dict[str, str]]:
    """Let the address lead where the node may call, and be called there and nowhere else. Raises OutgoingError.

    libpq takes the network address beside the name, so that certificates are still compared with the name. A socket of
    this machine must be named by the operator; that of the node's own database is open to the demo county's reader.
    """
    given = url.query.get("host", ())
    others = [one for part in ([given] if isinstance(given, str) else given) for one in part.split(",")]
    if not url.host:
        for one in others or [""]:
            if one and not one.startswith(("/", "@")):
                kernel.reachable(one.partition(":")[0], url.port or 1)
            elif not (url.username or "").endswith(READER) or one != connection.settings_dict["HOST"]:
                kernel.reachable_socket(one)
        return url.difference_update_query(["hostaddr", "service", "unix_socket"]), {}
    address = kernel.reachable(url.host, url.port or 1)
    url = url.difference_update_query(["host", "hostaddr", "service", "unix_socket"])
    return (url, {"hostaddr": address}) if driver == "psycopg" else (url.set(host=address), {})


def _short(error: BaseException | None) -> str:
    return " ".join(str(error).split())[:200]
