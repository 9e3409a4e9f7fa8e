"""Builds the second wall 第二道墙: after each migration, the role that reads within it and may do nothing else.

A role is a thing of the server and comes with no backup, so it is made here and not in a migration.
"""

from typing import Any

from django.db import connection

from linli.trust import slots
from linli.trust.queries.wall import ROLE

_BUILD = f"""
DO $wall$
DECLARE
    role name := {ROLE};
    known text;
BEGIN
    IF role IS NULL THEN RETURN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
        BEGIN
            EXECUTE format('CREATE ROLE %%I NOLOGIN NOINHERIT', role);
        EXCEPTION
            WHEN insufficient_privilege THEN RETURN;
            WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server was quicker
        END;
    END IF;
    IF NOT pg_has_role(current_user, role, 'MEMBER') THEN
        BEGIN
            EXECUTE format('GRANT %%I TO %%I', role, current_user);
        EXCEPTION WHEN insufficient_privilege THEN RETURN;
        END;
    END IF;
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %%I FROM %%I', current_schema(), role);
    EXECUTE format('GRANT USAGE ON SCHEMA %%I TO %%I', current_schema(), role);
    FOREACH known IN ARRAY %s::text[] LOOP
        IF to_regclass(known) IS NOT NULL THEN
            EXECUTE format('GRANT SELECT ON %%I TO %%I', known, role);
        END IF;
    END LOOP;
END $wall$
"""  # noqa: S608  our own words


def build_wall(**_signal: Any) -> None:
    """Make the role where the database user may, and give it the right to read what is registered, and no other.

    Where the user may not make roles, nothing happens; `linli check` says what to do.
    """
    tables = [one.code for one in slots.readables.all()]
    with connection.cursor() as cursor:
        cursor.execute(_BUILD, [tables])
