"""The benches, small: they measure a real node on a database of their own, and leave nothing behind."""

import signal
import subprocess
import sys

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from linli.site.plugins import (
    bench_crash,
    bench_feed,
    bench_floor,
    bench_inbox,
    bench_intake,
    bench_registry,
    bench_sheet,
    bench_stage,
)
from linli.site.plugins.load import Answer, Answers
from linli.site.runtime import folders, postgres
from tests.database import migrated

DATABASE = "linli_bench_test"
COUNTY, CITY = f"{DATABASE}_county", f"{DATABASE}_city"


def left_behind():
    with psycopg.connect(postgres.provide()) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{DATABASE}%"])
        databases = {name for (name,) in rows}
    return databases | {path.name for path in (folders.data_folder() / "bench").glob(f"{DATABASE}*")}


@pytest.fixture(scope="module")
def ground():
    """Return a stage with the demo county, and what `plant` tells of it; it begins with the tables of the tests.

    A copy stays as it is here: who tells another node of every change would tell of the thousands that are filled in.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench_stage, "EMPTY", migrated() or bench_stage.EMPTY)
        patch.setenv("LINLI_WEB_WORKERS", "1")
        with bench_stage.stage(DATABASE, report=print) as here:
            told = here.ask("plant")
            county = bench_stage.copy(here, COUNTY)
            yield here, told
            bench_stage.drop(county)
    assert not left_behind()


@pytest.mark.slow
def test_the_desk_needs_as_many_queries_for_many_events_as_for_few(ground):
    large, _told = ground
    small = bench_inbox.fill(large, f"{DATABASE}_small", {"events": 3000}, print)
    figures = bench_inbox.look(large, small, {"looks": 12, "clients": 4}, print)
    bench_stage.drop(small)
    assert figures["queries_constant"] is True
    assert min(figures[f"{kind}_p95_ms"] for kind in ("list", "search", "map")) > 0
    assert figures["ratio_to_small"] > 0


@pytest.mark.slow
def test_the_base_needs_as_many_queries_for_many_people_as_for_few(ground):
    here, _told = ground
    bench_registry.fill(here, 6000, print)
    figures = bench_registry.look(here, {"looks": 8, "clients": 2}, print)
    assert figures["queries_constant"] is True
    assert figures["people"] >= 6000
    assert min(figures[f"{kind}_p95_ms"] for kind in bench_registry.KINDS) > 0


@pytest.mark.slow
def test_a_form_is_filled_from_the_base_and_checked(ground):
    here, _told = ground
    figures = bench_sheet.measure(here, 40)
    assert (figures["rows"], figures["columns"]) == (40, 30)
    assert figures["known"] > 40 * 15
    assert min(figures[name] for name in ("seconds", "first_proposal_seconds", "openpyxl_seconds", "rss_mb")) > 0
    times = 5  # one to warm up, three turns, one for its parts
    assert here.query("SELECT count(*) FROM trust_ledgerentry WHERE action = 'export'")[0][0] == times


@pytest.mark.slow
def test_a_node_takes_reports_and_loses_none_when_its_processes_are_killed(ground, monkeypatch):
    here, told = ground
    monkeypatch.delenv("LINLI_WEB_WORKERS")  # as many as a node has
    with here.serve("up") as node:
        speed = bench_intake.measure(here, node, told, {"seconds": 1, "warm_up": 0.5, "clients": 4}, print)
        answers = bench_crash.strike(here, node, told, {"reports": 60, "kills": 3, "clients": 8}, print)
    assert speed["reports"] > 0
    assert speed["p95_ms"] >= speed["p50_ms"] > 0
    assert speed["cpu_ms_per_report"] > 0
    found = bench_crash.counted(here, answers)
    others = here.query(bench_crash.REPORTED)[0][0] - 60
    assert {**found, "twice": found["twice"] - others} == {
        "answered": 60, "found": 60, "lost": 0, "twice": 0, "ledger_ok": True,
    }  # fmt: skip
    assert bench_floor.floor_per_second(here, clients=2, each=10, report=print) > 0


@pytest.mark.slow
def test_a_bench_that_is_ended_tidies_up():
    command = [sys.executable, "-m", "linli", "bench", "inbox", "--database", f"{DATABASE}_ended"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert "making the database" in running.stderr.readline()
        running.send_signal(signal.SIGTERM)
        running.stderr.read()
    assert running.returncode not in {0, -signal.SIGTERM}
    assert not {name for name in left_behind() if "ended" in name}


def test_without_pgbench_the_floor_is_left_out(monkeypatch):
    monkeypatch.setattr(bench_floor, "_pgbench", lambda: None)
    said = []
    assert bench_floor.floor_per_second(None, clients=1, each=1, report=said.append) is None
    assert "pgbench" in said[0]


@pytest.mark.slow
def test_an_answer_without_a_number_or_unit_ends_the_bench():
    good = Answer(0, 201, 0.1, b'{"number": "A-1", "unit_name": "u"}')
    bench_intake._check(Answers(all=[good]))
    for bad in (Answer(0, 429, 0.1, b"{}"), Answer(0, 201, 0.1, b'{"number": "A-1", "unit_name": ""}')):
        with pytest.raises(CommandError, match="answered with"):
            bench_intake._check(Answers(all=[good, bad]))
    with pytest.raises(CommandError, match="cut off"):
        bench_intake._check(Answers(all=[good], cut=[1]))


def test_a_server_that_may_not_make_databases_is_told_so(monkeypatch):
    class Refusing:
        def __enter__(self):
            return self

        def __exit__(self, *_error):
            return None

        def execute(self, statement, *_values):
            if "CREATE" in str(statement):
                raise psycopg.errors.InsufficientPrivilege

    monkeypatch.setattr(bench_stage, "_server", Refusing)
    with pytest.raises(CommandError, match="CREATEDB"), bench_stage.stage("linli_bench_never", report=print):
        pytest.fail("there is no stage")


def test_every_bench_says_what_it_measures(capsys):
    with pytest.raises(SystemExit):
        call_command("bench", "crash", "--help", stdout=OutputWrapper(sys.stdout))
    assert "--kills" in capsys.readouterr().out
    assert bench_crash.CrashBench.code == "crash"


@pytest.mark.slow
@pytest.mark.usefixtures("ground")
def test_two_nodes_agree_though_the_link_was_cut(monkeypatch):
    """Both converge, nothing is lost and nothing is there twice; the dictionary of the city comes down.

    A correction and an application made while the link was cut arrive once it stands, and the answers come back.
    """
    monkeypatch.setenv("LINLI_OUTGOING_ALLOW", "127.0.0.0/8")
    county = bench_stage.Stage.of(COUNTY)
    city = bench_stage.copy(county, CITY)
    try:
        with county.serve("up") as one, city.serve("up") as other:
            wanted = {"changes": 30, "rate": 15, "cut": 2.0}
            figures = bench_feed.measure(county, city, (one, other), wanted, print)
        numbers = city.query("SELECT sequence, entries FROM exchange_intake")
        aside = city.query("SELECT count(*) FROM exchange_inmessage WHERE state = 'aside'")
    finally:
        bench_stage.drop(city)
    assert (figures["lost"], figures["twice"], figures["inherited"]) == (0, 0, 1)
    assert (figures["corrected"], figures["granted"]) == (1, 1)
    assert figures["p95_ms"] > 0
    assert numbers[0][0] == numbers[0][1] >= 60
    assert aside == [(0,)]
