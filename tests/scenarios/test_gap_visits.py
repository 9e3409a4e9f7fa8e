"""Story: at one door everything is asked at once; what is right goes in, what is not is marked and nothing is lost."""

import pytest

from linli.accounts import api as accounts
from linli.exchange.models import Correction
from linli.sheets.models import Gap
from tests.basetown import planted
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.sheetstown import issued_forms


@pytest.fixture
def worker(town, clock):
    planted(town, MONDAY)
    issued_forms(town, MONDAY)
    return AtDesk(town.people["community_worker"])


def test_one_visit_answers_everything_and_keeps_what_was_wrong(town, worker):
    school, contact = (Gap.objects.get(element=one) for one in ("education", "emergency_contact"))
    assert school.visit == contact.visit
    shown = worker.page("/desk/gaps")
    assert shown.count('<form class="surface stack"') == 1, "one door, one form"
    said = {f"value-{school.pk}": "nonsense", f"value-{contact.pk}": "吴大海 13800001111", "evidence": "本人在家说的"}
    answer = worker.browser.post("/desk/gaps", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "标出的内容未能采纳，其余已采纳。" in page
    assert "本人在家说的" in page, "nothing that was typed is lost"
    contact.refresh_from_db()
    school.refresh_from_db()
    assert (contact.state, school.state) == ("answered", "asked")
    assert Correction.objects.get(element="emergency_contact").evidence.reveal() == "本人在家说的"

    assert worker.browser.post("/desk/gaps", {f"leave-{school.pk}": "on"}).status_code == 302
    school.refresh_from_db()
    assert school.state == "not_to_have"
    assert "没有填写任何内容" in worker.browser.post("/desk/gaps", {}, follow=True).content.decode()


def test_who_works_in_a_grid_sees_the_doors_of_that_grid_alone(town, worker):
    gap = Gap.objects.get(element="education")
    assert gap.grid_id == town.grids[0].id
    held = town.holdings["community_worker"]
    for number, sees in ((0, True), (1, False)):
        person = accounts.create_person(username=f"grid-{number}", name="网格员", by=accounts.SYSTEM, now=MONDAY)
        accounts.open_holding(person=person, post=held.post, unit=held.unit, grid_id=town.grids[number].id,
                              valid_from=MONDAY.date(), by=accounts.SYSTEM, now=MONDAY)  # fmt: skip
        page = AtDesk(person).page("/desk/gaps")
        assert (str(gap.pk) in page) is sees
        assert AtDesk(person).browser.post(f"/desk/gaps/{gap.pk}", {"value": ""}).status_code == (302 if sees else 404)
