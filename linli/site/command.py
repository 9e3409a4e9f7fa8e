"""The `linli` command: provides a database, hands over to Django's commands, says trouble in one sentence."""

import os
import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext

import psycopg
from django.core.management import CommandError, execute_from_command_line
from django.db.utils import OperationalError, ProgrammingError
from django.utils.translation import gettext_noop as _
from psycopg.errors import UndefinedColumn, UndefinedTable

from linli.site.runtime import dumps, garbage, keys, node, postgres
from linli.site.runtime.trouble import Trouble

# Own commands in the order a newcomer meets them; every other command of Django and of the domains works too.
SHOWN = {
    "up": "start everything and serve the pages",
    "demo": "plant the fictional demo county",
    "import": "bring a file into the system",
    "learn": "train a classifier from a file or from history",
    "evaluate": "measure a classifier on rows it has not seen",
    "bench": "measure speed",
    "backup": "write database, photos and keys into one file",
    "restore": "put such a file back",
    "sbom": "list what it is made of, as CycloneDX",
    "check": "find what is set up wrongly; `check ledger` recomputes the use ledger",
    "ledger": "verify the use ledger, prove an entry, hand its tree out",
}
WITHOUT_DATABASE = {"help", "version", "sbom", "makemessages", "compilemessages", "collectstatic"}
ASKS_ONLY = {"--help", "-h", "--version"}
AT_ONCE = {"evaluate", "sheet"}  # what a newcomer may try first: they make the tables of a new node themselves
WORKS = {"web", "worker", "relay"}  # they own no table and change no structure (docs/decisions/0031)


def main(argv: list[str] | None = None) -> None:
    """Run one command and end the process: 0 when it went well, 1 for trouble, 2 for a wrong call."""
    garbage.look_seldom()
    arguments = list(sys.argv if argv is None else argv)[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    if not arguments or arguments == ["help"] or arguments[0] in {"--help", "-h"}:
        sys.stdout.write(_overview())
        return
    try:
        keys.read_secret_files()
        with _ground(arguments):
            execute_from_command_line(["linli", *arguments])
    except Trouble as trouble:
        _stop(str(trouble))
    except CommandError as error:
        _stop(str(error))
    except (UndefinedTable, UndefinedColumn, ProgrammingError) as error:
        _stop(_database_trouble(error))
    except (OSError, psycopg.OperationalError, OperationalError) as error:
        _stop(f"{type(error).__name__}: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def _ground(arguments: list[str]) -> AbstractContextManager[object]:
    """Provide what the command stands on, before any setting is read."""
    if arguments[0] in WITHOUT_DATABASE or ASKS_ONLY.intersection(arguments):
        return nullcontext()
    if arguments[0] == "up":
        return node.claim()
    address = postgres.step_down() if arguments[0] in WORKS else postgres.provide()
    if arguments[0] in AT_ONCE and not dumps.has_tables(address):
        subprocess.run([sys.executable, "-m", "linli", "migrate", "--no-input", "-v", "0"], check=True)
    return nullcontext(address)


def _overview() -> str:
    lines = [f"  {name:<10}{what}" for name, what in SHOWN.items()]
    return "\n".join(
        [
            "linli: an open platform for governing and serving at the grassroots",
            "",
            *lines,
            "",
            "linli COMMAND --help tells more; linli help --commands lists every command.",
            "",
        ]
    )


def _database_trouble(error: Exception) -> str:
    """Tell a database that is behind this version from a mistake in a query, which stays one."""
    if isinstance(error.__cause__ or error, UndefinedTable | UndefinedColumn):
        return str(Trouble(_("The database is not up to date with this version of Linli; run linli migrate.")))
    raise error


def _stop(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(1)
