"""While a correction waits at the owner, the owner's own data may answer it: by the same value, or by yet another."""

from datetime import timedelta

import pytest
import time_machine

from linli.exchange import api as exchange
from linli.exchange.models import Correction, History
from linli.exchange.tests.places import NOW, TODAY, WU_ID, kept_wu
from linli.kernel.tests.deliver import deliver_all
from linli.registry import api as registry
from linli.registry.tests.factories import say

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def posted(monkeypatch):
    said = []
    monkeypatch.setattr("linli.accounts.api.tell_unit", lambda **one: said.append((one["unit_id"], one["about"])))
    return said


@pytest.fixture
def waiting(place, posted):
    """Return a correction of old Wu's birth date that waits at the police, and who has proposed it."""
    wu = kept_wu(place.ground.grids["xuefu1"])
    finding = exchange.Finding(wu, "birth_date", "1941-03-12", "看过户口簿原件", TODAY)
    row = exchange.propose_correction(finding=finding, by=place.actor("worker"), now=NOW)
    deliver_all()
    posted.clear()
    return row


def police(place, *, source="police", **values):
    """Let the police hand their file over again, with something changed."""
    said = {"name": "吴桂芳", "citizen_id": WU_ID, "sex": "2", "birth_date": "1940-03-12",
            "area_code": place.ground.grids["xuefu1"].code, **values}  # fmt: skip
    say(source, "person", "P1", at=LATER, **said)
    deliver_all()


def state(row):
    return Correction.objects.get(pk=row.pk).state


def page(client, place, name, row):
    with time_machine.travel(LATER, tick=True):
        client.force_login(place.people[name])
        return client.get(f"/desk/corrections/{row.pk}").content.decode()


def test_the_proposed_value_comes_with_the_owners_data(client, place, waiting, posted):
    police(place, birth_date="1941-03-12")
    assert state(waiting) == "confirmed"
    assert sorted(posted) == sorted((place.units[code].pk, waiting.number) for code in ("community", "gaj"))
    last = History.objects.filter(subject_id=waiting.pk).order_by("-id").first()
    assert (last.step, last.person, last.before, last.after) == ("arrive", None, "proposed", "confirmed")
    for name in ("worker", "police"):
        assert "主管部门的数据" in page(client, place, name, waiting)
    assert registry.proposed_since([waiting.entity_id], place.actor("worker")) == {}


def test_another_new_value_ends_it_and_both_are_asked_to_look(client, place, waiting, posted):
    police(place, birth_date="1942-01-01")
    assert state(waiting) == "overtaken"
    assert len(posted) == 2
    for name in ("worker", "police"):
        assert "主管部门的数据" in page(client, place, name, waiting)
    with pytest.raises(exchange.RefusedError):
        exchange.confirm_correction(correction_id=waiting.pk, by=place.actor("police"), now=LATER)
    finding = exchange.Finding(waiting.entity_id, "birth_date", "1941-03-12", "看过户口簿原件", TODAY)
    assert exchange.propose_correction(finding=finding, by=place.actor("worker"), now=LATER).state == "proposed"


@pytest.mark.slow
@pytest.mark.parametrize("changed", [{}, {"education": "70"}, {"birth_date": ""}])
def test_the_old_value_again_or_another_element_answers_nothing(place, waiting, posted, changed):
    police(place, **changed)
    assert (state(waiting), posted) == ("proposed", [])


def test_what_another_department_says_answers_nothing(place, waiting, posted):
    police(place, source="civil", birth_date="1941-03-12")
    assert (state(waiting), posted) == ("proposed", [])


@pytest.mark.slow
def test_what_was_answered_stays_as_it_was_answered(place, waiting):
    exchange.refuse_correction(correction_id=waiting.pk, words="与底册一致", by=place.actor("police"), now=NOW)
    police(place, birth_date="1941-03-12")
    assert state(waiting) == "refused"
