"""Story: who may not see an event can't find, count or map it; who leaves is out at once."""

import pytest

from linli.accounts import api as accounts
from linli.events.actions.index import index_events
from linli.kernel import api as kernel
from tests.scenarios.acting import AtDesk
from tests.town import Town, report

SAID = "3栋楼道灯坏了，钥匙在青石巷第七块砖下"
PAGES = (
    "/desk/?scope=area&tab=all",
    "/desk/?scope=area&tab=open",
    "/desk/?scope=mine&tab=open",
    "/desk/?scope=helping&tab=open",
    "/desk/?q=钥匙",
    "/desk/?q=楼道灯",
    "/desk/map?scope=area&tab=open",
)


@pytest.fixture
def told(town: Town):
    receipt = report(town, SAID)
    index_events(event_ids=[receipt.event_id])
    return receipt


def looks_everywhere(desk, number):
    return [page for page in [*PAGES, f"/desk/?q={number}"] if "钥匙在青石巷" in desk.page(page)]


def test_insiders_find_it_so_that_outsiders_could_have(town, told):
    desk = AtDesk(town.people["community_worker"])
    assert looks_everywhere(desk, told.number)
    assert desk.browser.get("/desk/map/points?scope=area&tab=open").json()["features"]
    assert sum(one["properties"]["value"] for one in desk.browser.get("/desk/map/grids").json()["features"]) == 1


@pytest.mark.parametrize("who", ["officer", "outsider"])
def test_another_unit_can_not_see_search_count_or_map_it(town, told, who):
    desk = AtDesk(town.people[who])
    desk.event(told.number, status=404)
    assert looks_everywhere(desk, told.number) == []
    assert desk.browser.get("/desk/map/points?scope=area&tab=open").json()["features"] == []
    assert not [one for one in desk.browser.get("/desk/map/grids").json()["features"] if one["properties"]["value"]]
    for act in ("accept", "dispatch", "pass", "note"):
        desk.may_not(told.number, act, words="看看", matter_code="T-02", reason="solved", answer="好")


def test_overview_of_another_county_counts_nothing(town, told):
    page = AtDesk(town.people["outsider"]).page("/desk/overview")
    assert "南苑" not in page
    assert "1" in AtDesk(town.people["dispatcher"]).page("/desk/overview")


def test_a_grid_worker_sees_the_own_grid_and_no_other(town, told):
    desk = AtDesk(town.people["grid_worker"])
    assert looks_everywhere(desk, told.number)
    other = report(town, "4栋楼道灯坏了，钥匙在青石巷旁边", grid=1)
    desk.event(other.number, status=404)


def test_who_is_disabled_is_out_at_once(town, told):
    worker = town.people["community_worker"]
    browser = AtDesk(worker).browser
    assert browser.get(f"/desk/e/{told.number}").status_code == 200
    accounts.disable_person(person=worker, by=accounts.SYSTEM, now=kernel.now())
    answer = browser.get(f"/desk/e/{told.number}")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_who_gives_up_a_post_sees_nothing_from_then_on(town, told):
    browser = AtDesk(town.people["community_worker"]).browser
    assert browser.get(f"/desk/e/{told.number}").status_code == 200
    accounts.end_holding(holding=town.holdings["community_worker"], by=accounts.SYSTEM, now=kernel.now())
    answer = browser.get(f"/desk/e/{told.number}")
    assert answer.status_code in {302, 403}
    assert "青石巷" not in answer.content.decode()


def test_a_session_left_overnight_is_over(town, told, clock):
    browser = AtDesk(town.people["community_worker"]).browser
    assert browser.get(f"/desk/e/{told.number}").status_code == 200
    clock.later(hours=12, minutes=1)
    assert browser.get(f"/desk/e/{told.number}").status_code == 302
