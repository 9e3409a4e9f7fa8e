"""The `linli` command: makes sure there is a database, then hands over to Django's own commands."""

import os
import sys

from linli.site.runtime import postgres

WITHOUT_DATABASE = {"help", "--help", "-h", "--version", "makemessages", "compilemessages", "collectstatic"}


def main(argv: list[str] | None = None) -> None:
    """Run one command. Starts the embedded PostgreSQL when no LINLI_DATABASE_URL is given."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415  settings must not load before the URL is known

    argv = list(sys.argv if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    if len(argv) > 1 and argv[1] not in WITHOUT_DATABASE:
        postgres.provide()
    execute_from_command_line(["linli", *argv[1:]])
