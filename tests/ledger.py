"""A pytest plug-in: the use ledger lets itself be emptied in test databases, as tests that commit need it afterwards.

The ledger refuses TRUNCATE by a trigger; it is put to sleep each time after migrating a test database.
"""

from typing import TYPE_CHECKING

from tests.database import let_be_emptied

if TYPE_CHECKING:
    from django.apps import AppConfig


def pytest_configure() -> None:
    """Listen before the test database is made."""
    from django.db.models.signals import post_migrate

    post_migrate.connect(_let_the_ledger_be_emptied, dispatch_uid="tests.ledger")


def _let_the_ledger_be_emptied(sender: "AppConfig", using: str, **_: object) -> None:
    if sender.label != "trust":
        return
    from django.db import connections

    with connections[using].cursor() as cursor:
        let_be_emptied(cursor)
