"""The desks: who gets in, what they show, and that each act works from its form."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from linli.events import api as events
from linli.kernel import api as kernel
from linli.kernel.tests.deliver import deliver_all
from linli.site.views import shell
from tests.town import build_town, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(three_words):
    return build_town()


@pytest.fixture
def at_desk(client, town):
    def sign_in(name):
        client.force_login(town.people[name])
        return client

    return sign_in


def test_a_guest_is_asked_to_sign_in(client, town):
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize(
    ("name", "desk"),
    [
        ("officer", "/desk/"),
        ("dispatcher", "/desk/dispatch"),
        ("auditor", "/console/trust/ledger"),
        ("manager", "/console/"),
    ],
)
def test_signing_in_leads_to_the_own_desk(at_desk, town, name, desk):
    assert at_desk(name).get("/desk/start")["Location"] == desk


def test_a_post_without_a_desk_is_told_so(at_desk, town, monkeypatch):
    monkeypatch.setattr(shell, "FIRST", ())
    assert at_desk("manager").get("/desk/start").status_code == 200


def test_who_sees_an_area_only_begins_with_all_of_it(at_desk, town):
    report(town)
    report(town, "门口垃圾成堆", matter="T-02")
    page = at_desk("grid_worker").get("/desk/").content.decode()
    assert "楼道灯" in page
    assert "门口垃圾成堆" in page


def test_the_inbox_shows_what_my_unit_leads(at_desk, town):
    report(town)
    report(town, "门口垃圾成堆", matter="T-02")
    page = at_desk("officer").get("/desk/").content.decode()
    assert "门口垃圾成堆" in page
    assert "楼道灯" not in page


def test_an_event_goes_from_desk_to_desk_until_it_is_closed(at_desk, town):
    receipt = report(town)
    here = f"/desk/e/{receipt.number}"
    desk = at_desk("community_worker")
    assert "接单" in desk.get(here).content.decode() or "Accept" in desk.get(here).content.decode()
    assert desk.post(f"{here}/do/accept").status_code == 302
    assert desk.post(f"{here}/do/start").status_code == 302
    answer = desk.post(f"{here}/do/submit", {"submit-answer": "灯已换好，请您看看。"})
    assert answer.status_code == 302
    checker = at_desk("checker")
    assert checker.post(f"{here}/do/pass", {"pass-reason": "solved", "pass-answer": ""}).status_code == 302
    event = events.Event.objects.get(number=receipt.number)
    assert (event.state, event.public_answer) == ("closed", "灯已换好，请您看看。")
    assert "已解决" in checker.get(here).content.decode()


def test_a_mistake_keeps_what_was_typed(at_desk, town):
    receipt = report(town)
    desk = at_desk("community_worker")
    desk.post(f"/desk/e/{receipt.number}/do/accept")
    answer = desk.post(f"/desk/e/{receipt.number}/do/submit", {"submit-answer": "", "submit-inside": "只给同事看"})
    assert answer.status_code == 422
    assert "只给同事看" in answer.content.decode()


def test_an_outsider_finds_nothing_there(at_desk, town):
    receipt = report(town)
    desk = at_desk("outsider")
    assert desk.get(f"/desk/e/{receipt.number}").status_code == 404
    assert desk.post(f"/desk/e/{receipt.number}/do/accept").status_code == 404
    assert receipt.number not in desk.get("/desk/?scope=area").content.decode()


def test_the_dispatcher_chooses_a_candidate(at_desk, town):
    receipt = report(town, "门口有件事请来看看", matter=None)
    desk = at_desk("dispatcher")
    assert receipt.number in desk.get("/desk/dispatch").content.decode()
    answer = desk.post(f"/desk/e/{receipt.number}/do/dispatch", {"dispatch-matter_code": "T-02"})
    assert answer.status_code == 302
    assert events.Event.objects.get(number=receipt.number).lead_unit_id == town.units["csgl"].id


def test_the_overview_counts_and_leads_to_lists(at_desk, town):
    receipt = report(town)
    page = at_desk("dispatcher").get("/desk/overview").content.decode()
    assert "/desk/?tab=open&amp;scope=area" in page
    (point,) = at_desk("dispatcher").get("/desk/map/points").json()["features"]
    assert point["properties"]["tone"] == "red"
    assert point["properties"]["url"] == reverse("desk:event", args=[receipt.number])
    assert len(at_desk("dispatcher").get("/desk/map/grids").json()["features"]) == 4


def test_revealing_shows_the_reporter_once_a_purpose_is_given(at_desk, town):
    receipt = report(town)
    desk = at_desk("community_worker")
    assert "13800001111" not in desk.get(f"/desk/e/{receipt.number}").content.decode()
    page = desk.post(f"/desk/e/{receipt.number}/reveal", {"purpose": "contact_reporter"}).content.decode()
    assert "13800001111" in page
    assert desk.post(f"/desk/e/{receipt.number}/reveal", {"purpose": ""}).status_code == 302


def test_a_report_taken_down_at_the_desk_leads_to_its_event(at_desk, town):
    answer = at_desk("dispatcher").post("/desk/new", {"text": "学府社区门口垃圾没人清", "address": ""})
    assert answer.status_code == 302
    assert events.Event.objects.get().lead_unit_id == town.units["csgl"].id


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("page", "matter", "queries"),
    [("/desk/", "T-01", 6), ("/desk/dispatch", None, 20), ("/desk/overview", "T-01", 15), ("/desk/map", "T-01", 6)],
)
def test_a_desk_needs_the_same_queries_for_any_number_of_rows(  # noqa: PLR0917  one row of the table and two fixtures
    at_desk, town, page, matter, queries, rows
):
    for _ in range(rows):
        report(town, "门口有件事请来看看", matter=matter)
    desk = at_desk("dispatcher")
    desk.get(page)
    with CaptureQueriesContext(connection) as asked:
        desk.get(page)
    # What is kept in memory is asked again when its revision may have moved, whatever the number of rows.
    assert len([one for one in asked if "kernel_revision" not in one["sql"]]) == queries


def test_an_event_beside_its_list_comes_alone(at_desk, town):
    receipt = report(town)
    page = at_desk("community_worker").get(f"/desk/e/{receipt.number}", headers={"HX-Target": "main"}).content.decode()
    assert page.count("<main") == page.count("<aside") == 1
    assert "<html" not in page


def test_the_reporter_is_masked_until_revealed(at_desk, town):
    receipt = report(town)
    page = at_desk("community_worker").get(f"/desk/e/{receipt.number}").content.decode()
    assert "吴** · 138****1111" in page
    assert "吴桂芳" not in page


def test_a_candidate_is_dispatched_and_the_next_one_waits(at_desk, town):
    receipt = report(town, "门口有件事请来看看", matter=None)
    desk = at_desk("dispatcher")
    answer = desk.post(f"/desk/e/{receipt.number}/do/dispatch?back=dispatch", {"dispatch-chosen": "T-02"})
    assert answer["Location"] == "/desk/dispatch"
    assert events.Event.objects.get(number=receipt.number).matter.code == "T-02"


def test_nothing_is_dispatched_without_a_matter(at_desk, town):
    receipt = report(town, "门口有件事请来看看", matter=None)
    answer = at_desk("dispatcher").post(f"/desk/e/{receipt.number}/do/dispatch?back=dispatch", {})
    assert answer.status_code == 422
    assert events.Event.objects.get(number=receipt.number).state == "screening"


def test_a_filter_that_is_not_known_is_left_out(at_desk, town):
    report(town)
    page = at_desk("dispatcher").get("/desk/?division=999999&unit=999999&grid=x&day=2026-13-40").content.decode()
    assert "老人上下楼不方便" in page


def test_the_figure_of_overdue_events_is_the_length_of_its_list(at_desk, town):
    report(town)
    submitted = report(town)
    for act in ({"accept": {}}, {"submit": {"submit-answer": "好了"}}):
        for step, said in act.items():
            at_desk("community_worker").post(f"/desk/e/{submitted.number}/do/{step}", said)
    overdue = events.overview(actor=town.actor("dispatcher"), now=kernel.now()).overdue
    page = at_desk("dispatcher").get("/desk/?tab=overdue&scope=area").content.decode()
    assert page.count('href="/desk/e/') == overdue == 1


def test_the_search_finds_by_words_and_number(at_desk, town):
    receipt = report(town)
    deliver_all()
    desk = at_desk("community_worker")
    title = "老人上下楼不方便"
    assert title in desk.get("/desk/?q=楼道灯").content.decode()
    assert title in desk.get(f"/desk/?q={receipt.number}").content.decode()
    assert title not in desk.get("/desk/?q=电梯").content.decode()


def test_the_list_leaves_as_a_spreadsheet_and_the_ledger_knows(at_desk, town):
    report(town, "=楼道灯坏了一周", matter="T-02")
    answer = at_desk("officer").get("/desk/list.xlsx?scope=mine")
    lines = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(lines) == 2
    assert lines[1][1].startswith("'=")
    assert at_desk("community_worker").get("/desk/list.xlsx").status_code == 403


def test_a_page_that_is_not_ones_own_leads_back_to_ones_desk(at_desk):
    desk = at_desk("community_worker")
    for path, status in (("/desk/list.xlsx", 403), ("/desk/nowhere", 404)):
        refused = desk.get(path)
        assert refused.status_code == status
        assert 'class="button primary" href="/desk/start"' in refused.content.decode()
    assert 'class="button primary" href="/"' in desk.get("/nowhere").content.decode()
