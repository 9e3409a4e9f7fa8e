"""The role that works 工作角色: web, worker and relay connect as it; it owns nothing (docs/decisions/0031)."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from linli.kernel import api as kernel
from linli.trust.queries.wall import ROLE as SIGHT

# Named after the owner of the tables, as the role of the second wall is; linli/site/runtime/postgres.py says the same.
ROLE = (
    "(SELECT left(pg_get_userbyid(relowner), 57) || '_work' FROM pg_class WHERE oid = to_regclass('trust_ledgerentry'))"
)
OF_DJANGO = ("auth_group", "auth_group_permissions", "auth_permission", "django_content_type")
_WANTED = f"""
SELECT {ROLE}, {SIGHT}, current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = {ROLE})
"""  # noqa: S608  our own words
_FAULTS = f"""
WITH work AS (SELECT * FROM pg_roles WHERE rolname = {ROLE}),
here AS (
    SELECT c.oid, c.relname, c.relowner, c.relname = ANY (%(kept)s::text[]) AS kept,
        c.relname = ANY (%(forgotten)s::text[]) AS forgotten, c.relname = ANY (%(written)s::text[]) AS written
    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
)
SELECT 'it has rights over the whole server' FROM work
    WHERE rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication
UNION ALL SELECT 'it may make tables' FROM work WHERE has_schema_privilege(oid, current_schema(), 'CREATE')
UNION ALL SELECT 'it may make schemas' FROM work WHERE has_database_privilege(oid, current_database(), 'CREATE')
UNION ALL SELECT format('it owns %%s, or may become who does', relname) FROM here, work
    WHERE pg_has_role(work.oid, relowner, 'MEMBER')
UNION ALL SELECT format('it may empty %%s or set triggers on it', relname) FROM here, work
    WHERE has_table_privilege(work.oid, here.oid, 'TRUNCATE, TRIGGER, REFERENCES')
UNION ALL SELECT format('it may change what is only added to %%s', relname) FROM here, work
    WHERE kept AND has_table_privilege(work.oid, here.oid, 'UPDATE, DELETE')
        OR forgotten AND has_table_privilege(work.oid, here.oid, 'UPDATE')
UNION ALL SELECT format('it may not work on %%s', relname) FROM here, work
    WHERE (written OR kept OR forgotten) AND NOT (
        has_table_privilege(work.oid, here.oid, 'SELECT') AND has_table_privilege(work.oid, here.oid, 'INSERT'))
UNION ALL SELECT 'the policies of the second wall hold it up (BYPASSRLS)' FROM work WHERE NOT rolbypassrls
UNION ALL SELECT 'it may not enter the second wall' FROM work
    WHERE NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = {SIGHT} AND pg_has_role(work.oid, r.oid, 'MEMBER'))
"""  # noqa: S608  our own words


def tables_of_work() -> dict[str, list[str]]:
    """Return the tables that the role may only read, only add to (`kept`), add to and forget, and write (`written`).

    Taken from the models; of the others the one that counts attempts to sign in is written, too.
    """
    found: dict[str, list[str]] = {"read": ["django_migrations"], "kept": [], "forgotten": [], "written": [_throttle()]}
    for model in apps.get_models(include_auto_created=True):
        found[_sort_of(model)].append(model._meta.db_table)  # noqa: SLF001  Django documents it
    return found


def work_wanted() -> tuple[str, str, str, bool]:
    """Return the names of the role and of that of the second wall, the database user, and whether the role is there."""
    with connection.cursor() as cursor:
        cursor.execute(_WANTED)
        role, sight, user, is_there = cursor.fetchone()
    return str(role), str(sight), str(user), bool(is_there)


def faults_of_work() -> list[str]:
    """Return what the role may do and should not, or may not and should; a few words each."""
    with connection.cursor() as cursor:
        cursor.execute(_FAULTS, tables_of_work())
        return [row[0] for row in cursor.fetchall()]


def _sort_of(model: type[models.Model]) -> str:
    if issubclass(model, kernel.Forgettable):
        return "forgotten"
    if issubclass(model, kernel.Appended):
        return "kept"
    is_read = issubclass(model, kernel.Installed) or model._meta.db_table in OF_DJANGO  # noqa: SLF001  the same
    return "read" if is_read else "written"


def _throttle() -> str:
    cache: dict[str, Any] = settings.CACHES["default"]
    return str(cache["LOCATION"])
