"""Takes a database into a file and puts it back, with PostgreSQL's own programs."""

import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import IO

import psycopg
from django.utils.translation import gettext_noop as _
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from linli.site.runtime import cluster
from linli.site.runtime.trouble import Trouble

# Drops what the database user owns in its schema, whoever owns the schema itself.
CLEAR = """
SET client_min_messages = warning;
DO $$ DECLARE drop_it text; BEGIN
  FOR drop_it IN
    SELECT format('DROP TABLE IF EXISTS %I.%I CASCADE', schemaname, tablename) FROM pg_tables
    WHERE schemaname = current_schema()
    UNION ALL SELECT format('DROP VIEW IF EXISTS %I.%I CASCADE', schemaname, viewname) FROM pg_views
    WHERE schemaname = current_schema()
  LOOP EXECUTE drop_it; END LOOP;
  FOR drop_it IN
    SELECT format('DROP SEQUENCE IF EXISTS %I.%I CASCADE', schemaname, sequencename) FROM pg_sequences
    WHERE schemaname = current_schema()
    UNION ALL SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace
    UNION ALL SELECT format('DROP TYPE IF EXISTS %s CASCADE', oid::regtype) FROM pg_type
    WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'd', 'c', 'r')
      AND (typrelid = 0 OR (SELECT relkind FROM pg_class WHERE pg_class.oid = typrelid) = 'c')
  LOOP EXECUTE drop_it; END LOOP;
END $$;
"""

# What a dump carries of the server it comes from, and other servers refuse: a setting that came with version 17, and
# column marks that some minor versions keep for themselves.
OF_ONE_SERVER = re.compile(
    r"^SET transaction_timeout = 0;$|^ALTER TABLE ONLY \S+ ALTER COLUMN \S+ SET \(pg_attver=\d+\);$", re.MULTILINE
)
NEW_SETTING = b"SET transaction_timeout = 0;"
HEAD = 4096  # bytes in which a script's settings stand


def dump(url: str, target: Path) -> None:
    """Write the schema that Linli uses into a file, as of one moment, while others keep working."""
    where, environment = _target(url)
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--schema={_schema(url)}"]
    _run([_program("pg_dump"), *options, "--file", str(target), "--dbname", where], environment)


def load(url: str, source: Path) -> None:
    """Replace what is in the database by the file, in one transaction: when it fails, everything stays as it was."""
    where, environment = _target(url)
    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        clear, tables, rows = (Path(folder) / name for name in ("clear.sql", "tables.sql", "rows.sql"))
        clear.write_text(CLEAR)
        _write_script(source, tables, ["pre-data"], environment)
        tables.write_text(OF_ONE_SERVER.sub("", tables.read_text("utf-8")), "utf-8")
        _write_script(source, rows, ["data", "post-data"], environment)
        _blank_head(rows)
        psql = [_program("psql"), "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", where]
        _run([*psql, "-f", str(clear), "-f", str(tables), "-f", str(rows)], environment)


def clear(url: str) -> None:
    """Drop everything that is in Linli's schema."""
    with psycopg.connect(url) as connection:
        connection.execute(CLEAR)


def server_major(url: str) -> int:
    """Return the major version of the server."""
    with psycopg.connect(url) as connection:
        return connection.info.server_version // 10000


def has_tables(url: str) -> bool:
    """Whether Linli's schema holds any table."""
    ask = "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema())"
    with psycopg.connect(url) as connection:
        return bool((connection.execute(ask).fetchone() or [False])[0])


def others(url: str) -> int:
    """Return how many other programs are connected to the database."""
    ask = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    with psycopg.connect(url) as connection:
        return int((connection.execute(ask).fetchone() or [0])[0])


def migrations(url: str) -> list[str]:
    """Return the migrations a database has had, as `app.name`."""
    ask = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute(ask)]


def _write_script(source: Path, target: Path, sections: list[str], environment: dict[str, str]) -> None:
    """Write sections of a dump as SQL, but for the schema itself: it is there already and may be somebody else's."""
    contents = target.with_suffix(".list")
    _run([_program("pg_restore"), "--list", "--file", str(contents), str(source)], environment)
    lines = [line for line in contents.read_text("utf-8").splitlines() if " SCHEMA - " not in line]
    contents.write_text("\n".join(lines) + "\n", "utf-8")
    options = ["--no-owner", "--no-privileges", *(f"--section={section}" for section in sections)]
    command = [_program("pg_restore"), *options, "--use-list", str(contents), "--file", str(target), str(source)]
    _run(command, environment)


def _blank_head(script: Path) -> None:
    """Blank the settings of one server out in place: the rows behind them may fill gigabytes."""
    with script.open("r+b") as file:
        head = file.read(HEAD)
        file.seek(0)
        file.write(head.replace(NEW_SETTING, b"-" * len(NEW_SETTING)))


def _schema(url: str) -> str:
    with psycopg.connect(url) as connection:
        return str((connection.execute("SELECT current_schema()").fetchone() or ["public"])[0])


def _target(url: str) -> tuple[str, dict[str, str]]:
    """Return the address without its password, and an environment with it: command lines can be read by others."""
    parts = conninfo_to_dict(url)
    password = str(parts.pop("password", "") or "")
    return make_conninfo("", **parts), {**os.environ, **({"PGPASSWORD": password} if password else {})}


def _program(name: str) -> str:
    return str(cluster.programs() / name)


def _run(command: list[str], environment: dict[str, str]) -> None:
    said: IO[str]
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(  # noqa: S603  PostgreSQL's own programs
            command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False
        )
        said.seek(0)
        lines = [line for line in said.read().splitlines() if line.strip()]
    if done.returncode:
        reason = next((line for line in lines if "ERROR" in line or "error:" in line), lines[-1] if lines else "")
        raise Trouble(_("{program} stopped: {reason}"), program=Path(command[0]).name, reason=reason)
