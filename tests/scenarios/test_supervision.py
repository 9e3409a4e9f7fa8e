"""Story: what is late is supervised; a figure is shown raw and adjusted; a neighbour checks a lamp."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from linli.accounts import api as accounts
from linli.events import api as events
from linli.insight import api as insight
from linli.kernel import api as kernel
from linli.trust.models import LedgerEntry
from tests.scenarios.acting import AtDesk, WithPhone, event_of, photo_with_place, steps_of
from tests.town import MONDAY, TENANT_PHONE, report


@pytest.fixture
def lamp(town):
    return report(town, "我叫吴桂芳，电话13800001111，3栋楼道灯坏了一周").number


def test_an_overdue_event_is_supervised_answered_late_and_shown(town, clock, lamp):
    clock.to(MONDAY + timedelta(days=9))
    centre, unit = AtDesk(town.people["dispatcher"]), AtDesk(town.people["community_worker"])
    late = centre.page("/desk/supervision/new")
    assert str(event_of(lamp).id) in late
    form = {"event": [str(event_of(lamp).id)], "level": "key", "hours": 8, "words": "已超时，请说明原因。"}
    assert centre.browser.post("/desk/supervision/new", form).status_code == 302
    assert "已超时，请说明原因。" in unit.page("/desk/supervision")
    clock.later(days=4)
    assert "逾期未答" in centre.page("/desk/supervision")
    unit.do(lamp, "answer_note", words="配件到了，今天换灯。")
    page = centre.page("/desk/supervision?tab=answered")
    assert "配件到了，今天换灯。" in page
    assert "逾期答复" in page
    assert "配件到了，今天换灯。" in centre.event(lamp)
    assert steps_of(lamp)[-2:] == ["supervise", "answer_supervision"]
    assert "县社会治理中心" in page, "who supervises is listed too"
    assert "青石巷" not in AtDesk(town.people["outsider"]).page("/desk/supervision?tab=all")


def test_a_measure_with_an_approved_exclusion_shows_raw_and_adjusted(town, clock, lamp):
    insight.plant_sample_measures(now=MONDAY)
    for phone in ("13700001111", "13700002222"):
        report(town, "3栋楼道灯又坏了", phone=phone)
    clock.to(MONDAY + timedelta(days=9))
    insight.refresh_stale(now=kernel.now())
    asker, leader = AtDesk(town.people["dispatcher"]), AtDesk(town.people["leader"])
    asker.do(lamp, "exclude", measure="response", reason="unreachable", words="三次拨打无人接听")
    request = insight.exclusions_seen_by(town.actor("leader")).get()
    decide = f"/desk/measures/exclusions/{request.id}"
    asker.browser.post(decide, {"approved": "yes"})
    request.refresh_from_db()
    assert request.approved is None, "who asks does not decide"
    assert leader.browser.post(decide, {"approved": "yes", "words": "属实"}).status_code == 302
    page = leader.page("/desk/measures?measure=response&first=2026-11&last=2026-11")
    figure = insight.totals(
        actor=town.actor("leader"),
        wanted=insight.Wanted(first=MONDAY.date().replace(day=1), last=MONDAY.date().replace(day=1)),
        measures=insight.measures_in_force(),
    )["response"]
    assert (figure.raw.sample, figure.adjusted.sample) == (3, 2)
    for words in ("响应率", "按期办结率", "样本少", "时限内首次联系反映人", "先行发现"):
        assert words in page, words
    assert lamp in leader.page("/desk/measures/events/response?which=excluded&first=2026-11&last=2026-11")


def test_no_page_or_export_of_measures_names_a_handler(town, clock, lamp):
    insight.plant_sample_measures(now=MONDAY)
    worker, checker = AtDesk(town.people["community_worker"]), AtDesk(town.people["checker"])
    worker.do(lamp, "accept")
    worker.do(lamp, "submit", answer="灯已换好。")
    checker.do(lamp, "pass", reason="solved", answer="")
    insight.recount(now=kernel.now())
    centre = AtDesk(town.people["dispatcher"])
    centre.do(lamp, "exclude", measure="on-time", reason="wrong_data", words="时间有误")
    pages = ["/desk/measures", "/desk/measures/exclusions", "/desk/measures/events/on-time", "/console/measures"]
    for path in pages:
        text = centre.page(path).split("</header>", 1)[1]
        assert "周敏" not in text, path
        assert "沈岚" not in text, path
    book = load_workbook(io.BytesIO(centre.browser.get("/desk/measures.xlsx").content))
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert any("响应率" in cell for cell in cells)
    assert not {"周敏", "沈岚", "林静"} & cells


def test_a_volunteer_checks_a_street_lamp_and_an_officer_closes(town, clock, lamp, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    accounts.save_post(
        code="volunteer", name="志愿核查员", capabilities=["events.volunteer"], by=accounts.SYSTEM, now=MONDAY
    )
    accounts.resident_by_phone(phone=TENANT_PHONE, now=MONDAY)
    manager = AtDesk(town.people["manager"])
    area = {"unit_id": town.units["nanyuan"].id, "valid_from": "2026-11-16"}
    assert manager.browser.post("/desk/volunteers", {"phone": TENANT_PHONE, **area}).status_code == 302
    trail = LedgerEntry.objects.filter(purpose="events.volunteers").order_by("id")
    assert [(one.action, one.elements) for one in trail] == [("read", ["phone"]), ("change", ["appoint"])]
    worker, checker = AtDesk(town.people["community_worker"]), AtDesk(town.people["checker"])
    worker.do(lamp, "accept")
    worker.do(lamp, "submit", answer="吴桂芳您好，灯已换好，13800001111 已联系。")
    checker.do(lamp, "ask_volunteer")
    volunteer = WithPhone(TENANT_PHONE)
    volunteer.enter("/volunteer")
    check = event_of(lamp).volunteer_checks.get()
    here = f"/volunteer/{check.id}"
    assert here in volunteer.browser.get("/volunteer").content.decode()
    page = volunteer.browser.get(here).content.decode()
    assert "13800001111" not in page
    assert "南苑社区" in page
    said = {"solved": "no", "words": "灯还是不亮", "photos": [photo_with_place()]}
    assert volunteer.browser.post(here, said).status_code == 302
    assert volunteer.browser.get(here).status_code == 404
    assert "灯还是不亮" in checker.event(lamp)
    assert event_of(lamp).state == "submitted", "the officer decides"
    checker.do(lamp, "send_back", words="志愿者看到灯仍不亮，请重新处理。")
    worker.do(lamp, "submit", answer="换了灯座，已亮。")
    checker.do(lamp, "pass", reason="solved", answer="")
    assert event_of(lamp).state == "closed"
    assert WithPhone("13700009999").browser.get("/volunteer").status_code == 302
    assert "已核查 1 件" in manager.page("/desk/volunteers")
    (appointed,) = events.volunteers_seen_by(town.actor("manager"))
    manager.browser.post(f"/desk/volunteers/{appointed.id}/end", {"because": "wish"})
    assert volunteer.browser.get("/volunteer").status_code == 403
