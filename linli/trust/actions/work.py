"""Makes the role that works 工作角色 after each migration, with the rights that the models ask for and no other.

A role is a thing of the server and comes with no backup, so it is made here and not in a migration.
"""

import json
from typing import Any

from django.db import connection

from linli.trust.queries.wall import ROLE as SIGHT
from linli.trust.queries.work import ROLE, tables_of_work

_BUILD = f"""
DO $work$
DECLARE
    role name := {ROLE};
    sight name := {SIGHT};
    place name := current_schema();
    wanted jsonb := %s;
    rights text;
    known text;
BEGIN
    IF role IS NULL THEN RETURN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
        BEGIN
            EXECUTE format('CREATE ROLE %%I LOGIN NOINHERIT BYPASSRLS', role);
        EXCEPTION
            WHEN insufficient_privilege THEN RETURN;
            WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server was quicker
        END;
    END IF;
    BEGIN
        IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('ALTER ROLE %%I BYPASSRLS', role);
        END IF;
        IF NOT pg_has_role(current_user, role, 'MEMBER') THEN
            EXECUTE format('GRANT %%I TO %%I', role, current_user);
        END IF;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = sight) AND NOT pg_has_role(role, sight, 'MEMBER') THEN
            EXECUTE format('GRANT %%I TO %%I', sight, role);
        END IF;
    EXCEPTION WHEN insufficient_privilege THEN NULL; -- the check says what is missing
    END;
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %%I FROM %%I', place, role);
    EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA %%I FROM %%I', place, role);
    EXECUTE format('GRANT USAGE ON SCHEMA %%I TO %%I', place, role);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %%I TO %%I', place, role);
    FOR rights, known IN
        SELECT way.said, name FROM (VALUES ('read', 'SELECT'), ('kept', 'SELECT, INSERT'),
            ('forgotten', 'SELECT, INSERT, DELETE'),
            ('written', 'SELECT, INSERT, UPDATE, DELETE')) way (sort, said),
            jsonb_array_elements_text(wanted -> way.sort) name
    LOOP
        IF to_regclass(known) IS NOT NULL THEN
            EXECUTE format('GRANT %%s ON %%I TO %%I', rights, known, role);
        END IF;
    END LOOP;
    FOR known IN SELECT oid::regprocedure FROM pg_proc WHERE prosecdef AND pronamespace = place::regnamespace LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %%s FROM PUBLIC', known);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %%s TO %%I', known, role);
    END LOOP;
END $work$
"""  # noqa: S608  our own words


def build_role_of_work(**_signal: Any) -> None:
    """Make the role where the database user may, and give it what the models ask for, anew each time.

    Where the user may not make roles, nothing happens: the processes go on as the owner, and `linli check` says so.
    """
    wanted = tables_of_work()
    with connection.cursor() as cursor:
        cursor.execute(_BUILD, [json.dumps(wanted)])
