"""A load whose process died: nobody ends it behind its back, it goes on by its command, or somebody gives it up."""

import time

import pytest
from django.core.management import call_command
from django.db import connections

from linli.accounts import api as accounts
from linli.exchange.actions import load
from linli.exchange.actions.collect import open_runs, take_run
from linli.exchange.actions.interrupted import give_up_load, held
from linli.exchange.models import Run, Stretch
from linli.exchange.queries.loads import is_interrupted, rows_taken
from linli.exchange.rules import stretches
from linli.exchange.rules.refusals import ExchangeRefusedError, StepRefusedError
from linli.exchange.tests.factories import NOW
from linli.exchange.tests.test_load import areas_of, make_file, make_people
from linli.exchange.tests.test_pages import page, post, sign_in
from linli.kernel.tests.deliver import do_jobs
from linli.registry.tests.factories import Entity, Load

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(ground, client):
    return sign_in(ground, client, ground.town.county, "officer")


class KilledError(Exception):
    """Stands for a kill: nothing is caught, nothing is put back."""


@pytest.fixture
def killed(ground, tmp_path, monkeypatch):
    """Return a load that died behind its second stretch, with its file."""
    monkeypatch.setattr(stretches, "ROWS", 40)
    path = make_file(tmp_path / "people.csv", 160, areas_of(ground))
    dataset, load_part = make_people(ground), load.load_part

    def dies(part):
        if Stretch.objects.count() == 2:
            raise KilledError
        return load_part(part)

    with monkeypatch.context() as patched:
        patched.setattr(load, "load_part", dies)
        with pytest.raises(KilledError):
            load.load_file(dataset=dataset, path=path, by=accounts.SYSTEM, now=NOW, processes=0)
    return Run.objects.get(), path


@pytest.mark.slow
def test_the_worker_leaves_a_load_alone(killed):
    run, _path = killed
    assert open_runs() == []
    with pytest.raises(StepRefusedError):
        take_run(run=run, by=accounts.SYSTEM, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.ended_at) == ("running", None)


def test_the_pages_say_what_is_kept_and_how_to_go_on(officer, killed):
    run, _path = killed
    assert is_interrupted(run)
    assert f'href="/desk/sources/runs/{run.pk}"' in page(officer, "datasets").content.decode()
    shown = page(officer, "run", run.pk).content.decode()
    assert "linli base people.csv --source people --load" in shown
    assert f"{rows_taken(run)}" in shown
    assert "give-up" in shown


@pytest.mark.slow
def test_the_same_command_goes_on(killed):
    run, path = killed
    call_command("base", str(path), source="people", load=True, processes=0)
    run.refresh_from_db()
    assert (run.state, run.done, Run.objects.count()) == ("done", 160, 1)
    assert not Load.objects.exists()


def test_given_up_what_was_taken_stays_and_the_base_gets_its_indexes_back(officer, killed):
    run, path = killed
    before = Entity.objects.count()
    assert Load.objects.exists()
    assert post(officer, "run-do", run.pk, "give-up").status_code == 302
    do_jobs("upkeep")
    run.refresh_from_db()
    assert (run.state, run.new, Entity.objects.count()) == ("abandoned", before, before)
    assert not Load.objects.exists()
    assert not Stretch.objects.exists()
    assert "give-up" not in page(officer, "run", run.pk).content.decode()
    with pytest.raises(StepRefusedError):
        give_up_load(run=run, by=accounts.SYSTEM, now=NOW)
    call_command("base", str(path), source="people", load=True, processes=0)
    assert Entity.objects.count() == Run.objects.order_by("-number").first().new + before, "nobody comes twice"


@pytest.mark.django_db(transaction=True)
def test_a_load_that_is_under_way_is_not_given_up(place):
    dataset = make_people(place.ground)
    run = Run.objects.create(dataset=dataset, number=1, how="load", state="running", started_at=NOW)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('exchange.load'), hashtext(%s))", [str(run.pk)])
        assert not is_interrupted(run)
        with pytest.raises(ExchangeRefusedError), held(run):
            pass
        with pytest.raises(ExchangeRefusedError):
            give_up_load(run=run, by=accounts.SYSTEM, now=NOW)
    finally:
        other.close()
    limit = time.monotonic() + 60
    while not is_interrupted(run) and time.monotonic() < limit:
        time.sleep(0.02)  # the server takes a moment to see that the other one is gone
    assert is_interrupted(run)
