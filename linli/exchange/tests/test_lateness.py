"""A source that is late tells its owner and the data office once; at their desks it stands until it comes."""

from datetime import timedelta

import pytest
import time_machine

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.actions.lateness import tell_late
from linli.exchange.actions.tell import tell
from linli.exchange.facts import DatasetLate
from linli.exchange.models import Dataset
from linli.exchange.tests.factories import bring, make_dataset, table
from linli.exchange.tests.places import NOW
from linli.kernel import facts as journal
from linli.kernel.tests.deliver import deliver_all

pytestmark = pytest.mark.django_db
LATE = NOW + timedelta(days=80)


@pytest.fixture
def posted(monkeypatch):
    said = []
    monkeypatch.setattr("linli.accounts.api.tell_unit", lambda **one: said.append((one["unit_id"], one["text"])))
    return said


@pytest.fixture
def dataset(place):
    return make_dataset(place.ground, cycle="monthly")


def test_owner_and_data_office_are_told_once(place, dataset, posted):
    assert tell_late(now=LATE) == 1
    assert tell_late(now=LATE + timedelta(days=1)) == 0
    deliver_all()
    deliver_all()
    assert {unit for unit, _text in posted} == {place.units["mzj"].pk, place.units["centre"].pk}
    assert len(posted) == 2
    assert "低保人员" in posted[0][1]


@pytest.mark.slow
def test_who_comes_before_the_message_is_told_nothing(dataset, posted):
    tell_late(now=LATE)
    bring(dataset, table(), now=LATE)
    deliver_all()
    assert posted == []


def test_the_next_lateness_is_told_again(dataset, posted):
    tell_late(now=LATE)
    deliver_all()
    bring(dataset, table(), now=LATE)
    assert tell_late(now=LATE + timedelta(days=80)) == 1
    deliver_all()
    assert len(posted) == 4


def connected(place, monkeypatch, *, brings=(), **more):
    """Return a data set whose source is asked, and brings what is said."""
    exchange.save_connection(
        code="c1", name="交换文件夹", connector="drop", values={"folder": "mz"}, division_id=place.county,
        by=accounts.SYSTEM, now=NOW,
    )  # fmt: skip
    monkeypatch.setattr("linli.exchange.actions.collect.read_connector", lambda *_told, **_more: iter(brings))
    return make_dataset(place.ground, cycle="monthly", connection="c1", every_minutes=60, **more)


def test_a_folder_that_stays_empty_is_late_however_often_it_is_asked(place, monkeypatch, posted):
    dataset = connected(place, monkeypatch)
    for day in (1, 30, 79):
        assert exchange.collect(dataset=dataset, by=accounts.SYSTEM, now=NOW + timedelta(days=day)) is None
    dataset.refresh_from_db()
    assert (dataset.good_at, dataset.read_at) == (None, NOW + timedelta(days=79))
    assert tell_late(now=LATE) == 1
    assert exchange.collect(dataset=dataset, by=accounts.SYSTEM, now=LATE) is None
    deliver_all()
    assert len(posted) == 2


def test_a_source_that_is_asked_for_what_is_new_may_have_nothing(place, monkeypatch):
    dataset = connected(place, monkeypatch, cursor_column="update_time")
    exchange.collect(dataset=dataset, by=accounts.SYSTEM, now=NOW + timedelta(days=79))
    assert tell_late(now=LATE) == 0


def test_the_desks_of_owner_and_office_show_it_until_it_comes(client, place, dataset):
    tell_late(now=LATE)

    def page(name, path):
        client.force_login(place.people[name])
        return client.get(path).content.decode()

    with time_machine.travel(LATE, tick=True):
        for name, path in (("asker", "/desk/sharing"), ("data", "/desk/corrections"), ("data", "/desk/sharing")):
            assert "低保人员" in page(name, path), (name, path)
        assert "低保人员" not in page("police", "/desk/corrections"), "what another department owns is not theirs"
        bring(dataset, table(), now=LATE)
        assert "低保人员" not in page("asker", "/desk/sharing")


def test_a_data_set_that_is_gone_tells_nobody(dataset, posted):
    fact = DatasetLate("nothing", "x", NOW)
    tell([journal.Delivered(fact, Dataset.objects.get().source.pk, NOW)], now=NOW)
    assert posted == []
