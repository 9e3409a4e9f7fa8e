"""Tell in-memory indexes to reload."""

from django.db import connection, transaction

from linli.kernel.queries.revisions import Bumped


def bump(name: str) -> None:
    """Give the named set a new revision, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_revision (name, number) VALUES (%s, nextval('kernel_revision_number'))"
            " ON CONFLICT (name) DO UPDATE SET number = excluded.number RETURNING number",
            [name],
        )
        (number,) = cursor.fetchone()
    transaction.on_commit(Bumped(name, number), robust=True)
