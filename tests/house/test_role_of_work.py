"""The role that works: the connection of web, worker and relay owns nothing and rewrites nothing that is kept."""

import os

import psycopg
import pytest
from django.core.checks import run_checks
from django.db import connection
from psycopg import errors
from psycopg.conninfo import make_conninfo

from linli.site.runtime import cluster, postgres
from linli.trust import checks
from linli.trust.actions.work import build_role_of_work
from linli.trust.queries import wall, work

FORBIDDEN = {
    "a change of the ledger": "UPDATE trust_ledgerentry SET action = 'x'",
    "a deletion in the ledger": "DELETE FROM trust_ledgerentry",
    "the emptying of the ledger": "TRUNCATE trust_ledgerentry",
    "a change of a seal": "UPDATE trust_seal SET mark = ''",
    "a change of a head": "UPDATE trust_treehead SET root = ''",
    "a change of the journal": "DELETE FROM kernel_journalentry",
    "a change of a timeline": "UPDATE events_track SET text = ''",
    "a change of the change log": "UPDATE registry_change SET what = ''",
    "a change of who decided grades": "DELETE FROM registry_gradedecision",
    "a trigger that goes": "DROP TRIGGER trust_no_change ON trust_ledgerentry",
    "triggers that sleep": "ALTER TABLE trust_ledgerentry DISABLE TRIGGER ALL",
    "triggers that sleep for the session": "SET session_replication_role = replica",
    "another trigger": "CREATE TRIGGER mine BEFORE INSERT ON trust_ledgerentry EXECUTE FUNCTION trust_refuse()",
    "another trigger function": "ALTER FUNCTION trust_refuse() STABLE",
    "a rule": "CREATE RULE mine AS ON INSERT TO trust_ledgerentry DO INSTEAD NOTHING",
    "rows without their policies": "ALTER TABLE registry_entity DISABLE ROW LEVEL SECURITY",
    "a policy that goes": "DROP POLICY registry_entity_sight ON registry_entity",
    "another policy": "CREATE POLICY mine ON registry_entity USING (true)",
    "a table": "CREATE TABLE mine (id int)",
    "a schema": "CREATE SCHEMA mine",
    "a role": "CREATE ROLE mine",
    "the owner's rights": "SET ROLE postgres",
    "the owner's session": "SET SESSION AUTHORIZATION postgres",
    "a table that goes": "DROP TABLE events_event",
    "an emptied table": "TRUNCATE events_event CASCADE",
    "what a load puts back": "INSERT INTO registry_load (run, taken, began_at) VALUES ('x', '{}', now())",
    "the list of migrations": "DELETE FROM django_migrations",
    "a program of the machine": "COPY trust_seal TO PROGRAM 'cat'",
    "files of the machine": "SELECT pg_read_file('PG_VERSION')",
}


@pytest.fixture
def url(db):
    return make_conninfo(os.environ[postgres.ADDRESS], dbname=connection.settings_dict["NAME"])


@pytest.fixture
def web(url):
    with psycopg.connect(postgres.working_address(url)) as own:
        yield own
        own.rollback()


@pytest.mark.parametrize("what", FORBIDDEN)
def test_who_works_may_not(web, what):
    with pytest.raises((errors.InsufficientPrivilege, errors.FeatureNotSupported), match=r"permission denied|must be"):
        web.execute(FORBIDDEN[what])


def test_each_of_these_the_owner_could(url):
    """The statements are good ones: what refuses them is the right, not a wrong word. Triggers stop the owner, too."""
    stopped = set()
    for what, statement in FORBIDDEN.items():
        with psycopg.connect(url) as own:
            try:
                own.execute(statement)
            except errors.DependentObjectsStillExist:
                stopped.add(what)
            except errors.InsufficientPrivilege as error:
                stopped |= {what} if "append-only" in str(error) else set()
            own.rollback()
    assert stopped == {"a change of the ledger", "a deletion in the ledger", "a change of a seal", "a change of a head",
                       "a table that goes"}  # fmt: skip


def test_who_works_writes_what_the_work_needs(web):
    web.execute(
        "INSERT INTO kernel_journalentry (fact_id, kind, payload, told_at) VALUES (gen_random_uuid(), 'x', '{}', now())"
    )
    web.execute("UPDATE events_event SET state = state; DELETE FROM django_session; DELETE FROM accounts_throttle")
    web.execute("UPDATE procrastinate_jobs SET status = status; DELETE FROM procrastinate_jobs")
    web.execute("CREATE TEMP TABLE own (LIKE registry_entity); SELECT nextval('kernel_revision_number')")
    web.execute("SELECT kernel_analyze('{registry_entity}'); SELECT registry_close_load('none')")
    web.execute("INSERT INTO registry_source (code, name, department) SELECT 'x', 'x', 'x' WHERE false")
    assert web.execute("SELECT current_user = session_user, current_user LIKE '%_work'").fetchone() == (True, True)


def test_a_table_slipped_in_is_not_what_the_owner_reads(web):
    """The function that ends a load runs as the owner; it must not take its orders from a table of the caller."""
    web.execute("CREATE TEMP TABLE registry_load (run text, taken jsonb, began_at timestamptz)")
    order = '{"indexes": [["x", "CREATE TABLE public.mine (id int)"]], "keys": []}'
    web.execute("INSERT INTO pg_temp.registry_load VALUES ('mine', %s, now())", [order])
    web.execute("SELECT registry_close_load('mine')")
    assert web.execute("SELECT to_regclass('public.mine')").fetchone() == (None,)


def test_who_works_enters_the_second_wall_and_comes_out_as_before(url):
    for address in (postgres.working_address(url), taken_by_the_owner(url)):
        with psycopg.connect(address) as web:
            (sight,) = web.execute(f"SELECT {wall.ROLE}").fetchone()
            (before,) = web.execute("SELECT current_user").fetchone()
            web.execute(f"SET LOCAL ROLE '{sight}'")
            assert web.execute("SELECT current_user").fetchone() == (sight,)
            web.execute(wall._LEAVE.lstrip("; "))
            assert web.execute("SELECT current_user").fetchone() == (before,)
            assert before.endswith("_work")


def taken_by_the_owner(url):
    """Return the address as it is where the server lets nobody in without a password: the role is taken at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster, "address", lambda: "postgresql:///elsewhere?host=/nowhere")
        address = postgres.working_address(url)
    assert "role=" in address
    assert "user=postgres " in f"{address} "
    return address


def test_an_owner_who_takes_the_role_at_once_works_as_it(url):
    with psycopg.connect(taken_by_the_owner(url), autocommit=True) as web:
        for forbidden in (
            "DELETE FROM trust_ledgerentry",
            "RESET ROLE; DELETE FROM trust_ledgerentry",
            "CREATE TABLE mine (id int)",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                web.execute(forbidden)


def test_the_address_of_who_works_already_is_its_own(url, monkeypatch):
    own = postgres.working_address(url)
    assert postgres.working_address(own) == own
    monkeypatch.setenv(postgres.OF_WORK, "postgresql://work@elsewhere/linli")
    assert postgres.working_address(url) == "postgresql://work@elsewhere/linli"


def test_rows_are_copied_in_and_read_by_who_works_without_the_area_lines(web):
    with web.cursor().copy("COPY registry_tagmark FROM STDIN"):
        pass  # who is bound by policies may not copy at all
    plan = "".join(line for (line,) in web.execute("EXPLAIN SELECT id FROM registry_entity WHERE kind = 'person'"))
    assert "linli.sight" not in plan


def said():
    return [one.msg.split(": ", 1)[1] for one in run_checks(include_deployment_checks=True) if one.id == "trust.E004"]


def test_the_role_is_checked(db):
    assert not said()
    role = work.work_wanted()[0]
    for statement, word in {
        "GRANT UPDATE ON trust_seal TO {role}": "it may change what is only added to trust_seal.",
        "GRANT TRUNCATE ON events_event TO {role}": "it may empty events_event or set triggers on it.",
        "GRANT CREATE ON SCHEMA public TO {role}": "it may make tables.",
        "REVOKE INSERT ON events_track FROM {role}": "it may not work on events_track.",
        "ALTER ROLE {role} NOBYPASSRLS": "the policies of the second wall hold it up (BYPASSRLS).",
    }.items():
        with connection.cursor() as cursor:
            cursor.execute(statement.format(role=role))
        assert word in said()
    build_role_of_work()
    assert said() == ["it may make tables."]


def test_a_user_who_may_not_make_roles_is_told(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE modest; ALTER TABLE trust_ledgerentry OWNER TO modest; SET LOCAL ROLE modest")
        build_role_of_work()
        (told,) = checks.role_of_work()
        cursor.execute("RESET ROLE")
    assert told.msg == "Web, worker and relay work as modest, who owns the tables: there is no role modest_work."
    assert "CREATE ROLE modest_work LOGIN NOINHERIT BYPASSRLS; GRANT modest_work TO modest" in told.hint
