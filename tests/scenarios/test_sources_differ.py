"""Story: two sources call old Wu by different names; the officer compares them, chooses, and tells the owner."""

import re

import pytest

from linli.exchange.models import Correction
from linli.sheets.models import Answer, Form
from linli.trust.models import LedgerEntry
from tests.basetown import planted
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.sharingtown import allow
from tests.sheetstown import POSTS, issued_forms


@pytest.fixture
def filled(town, clock):
    """A roll with old Wu in it, whom the police and the visits call differently."""
    planted(town, MONDAY)
    issued_forms(town, MONDAY)
    form = Form.objects.latest("id")
    return form, f"/desk/forms/{form.pk}/rows"


def compared(worker, page):
    return re.search(r'class="differs" href="([^"]+)"', worker.page(page))[1].replace("&amp;", "&")


def test_sources_stand_side_by_side_and_one_is_chosen_for_the_form(town, clock, filled):
    worker, (_form, page) = AtDesk(town.people["community_worker"]), filled
    link = compared(worker, page)
    shown = worker.page(link)
    assert "吴桂芳" in shown
    assert "吴桂花" in shown
    assert "公安人口信息系统" in shown
    assert "社区入户走访" in shown
    assert "主管部门" in shown, "why the base believes one of them"
    look = LedgerEntry.objects.filter(action="sides").latest("id")
    assert look.elements == ["person.name"]
    assert look.subjects

    assert worker.browser.post(link, {"source": "visits"}).status_code == 302
    after = worker.page(page)
    assert "吴桂花" in after
    assert "社区入户走访" in after
    answer = Answer.objects.get()
    assert (answer.chosen_from, answer.by_id) == ("社区入户走访", town.people["community_worker"].pk)
    assert not Correction.objects.exists(), "the base is not touched"


def test_the_owner_is_asked_where_the_base_is_wrong(town, clock, filled):
    worker, (_form, page) = AtDesk(town.people["community_worker"]), filled
    link = compared(worker, page)
    said = {"source": "visits", "deed": "wrong", "evidence": "看过户口簿"}
    assert worker.browser.post(link, said).status_code == 302
    told = Correction.objects.get()
    assert (told.element, told.owner) == ("name", "公安")
    refused = worker.browser.post(link, {**said, "source": "police"})
    assert refused.status_code == 422
    assert "底座" in refused.content.decode()


def test_an_outsider_compares_nothing(town, clock, filled):
    worker, outsider, (_form, page) = AtDesk(town.people["community_worker"]), AtDesk(town.people["outsider"]), filled
    link = compared(worker, page)
    allow("t-dispatcher", (*POSTS["t-community"], "registry.reveal"), MONDAY)
    assert "吴桂花" in worker.page(link)
    outsider.page(link, 404)
    assert outsider.browser.post(link, {"source": "visits"}).status_code == 404
