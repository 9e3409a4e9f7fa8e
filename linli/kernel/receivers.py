"""What the kernel does when the database was brought up to date."""

from typing import Any

from django.db import connection

from linli.kernel.actions.relay import settle_restored_journal
from linli.kernel.models import JournalEntry
from linli.kernel.rules.clock import now


def settle_journal(**_signal: Any) -> None:
    """Let a journal that came from another server fit this one."""
    if JournalEntry._meta.db_table in connection.introspection.table_names():  # noqa: SLF001  Django documents it
        settle_restored_journal(now=now())
