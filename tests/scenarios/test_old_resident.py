"""Story: old Wu reports a dark staircase; it is handled, checked, rated as not solved, opened again, and ends well."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from linli.events import api as events
from linli.events.models import Photo
from linli.kernel.tests.deliver import deliver_all
from linli.regions import api as regions
from linli.trust import api as trust
from tests.scenarios.acting import (
    WITH_PHONE,
    AtDesk,
    WithPhone,
    event_of,
    facts_of,
    ledger_of,
    number_in,
    photo_with_place,
    steps_of,
)
from tests.town import MONDAY, OLD_WU_PHONE, ZONE

SAID = f"3栋楼道灯坏了一周，老人上下楼不方便，电话{OLD_WU_PHONE}"


@pytest.fixture
def reported(town):
    """Old Wu has reported on the phone of her grandson; she keeps only the number."""
    page = WithPhone(OLD_WU_PHONE).report(
        SAID,
        division=town.divisions["nanyuan"].id,
        photos=[photo_with_place()],
        phone=OLD_WU_PHONE,
        name="吴桂芳",
    )
    assert "南苑社区居委会" in page
    return number_in(page)


def first_round(town, clock, number):
    """The community handles it on Monday, a checker of the centre closes it on Tuesday."""
    community, checker = AtDesk(town.people["community_worker"]), AtDesk(town.people["checker"])
    clock.later(minutes=40)
    community.do(number, "accept")
    clock.later(minutes=20)
    community.do(number, "contact", words="已电话联系，约好下午上门。")
    clock.later(hours=4)
    community.do(number, "start")
    community.do(number, "submit", answer="灯泡已换好，请您晚上看看。", inside="线路老化，要报维修基金。")
    community.may_not(number, "pass", reason="solved", answer="")
    assert event_of(number).state == "submitted", "who handled it can't pass it"
    clock.later(days=1)
    checker.do(number, "pass", reason="solved", answer="")


def test_receipt_names_owner_and_deadlines_in_working_time(town, reported):
    event = event_of(reported)
    assert (event.state, event.lead_unit.name, event.grade) == ("dispatched", "南苑社区居委会", "C")
    assert event.accept_due == pytest.approx(MONDAY + timedelta(hours=2), abs=timedelta(minutes=1))
    assert event.contact_due.astimezone(ZONE).date() == date(2026, 11, 17)
    assert event.handle_due == regions.add_working(event.reported_at, days=3)
    assert event.handle_due.astimezone(ZONE).date() == date(2026, 11, 19)


def test_photo_loses_its_place_before_others_see_it(town, reported):
    photo = Photo.objects.get()
    with photo.original.open() as original:
        assert Image.open(original).getexif().get_ifd(WITH_PHONE), "the original stays as it was sent"
    with photo.public.open() as kept:
        assert b"Exif" not in kept.read()
    shown = AtDesk(town.people["community_worker"]).browser.get(f"/photos/{photo.id}")
    public = Image.open(BytesIO(b"".join(shown.streaming_content)))
    assert dict(public.getexif()) == {}
    assert WithPhone("").browser.get(f"/photos/{photo.id}").status_code == 404


def test_desk_and_timeline_never_show_her_number(town, reported):
    page = AtDesk(town.people["community_worker"]).event(reported)
    assert "楼道灯坏了" in page
    assert OLD_WU_PHONE not in page


def test_not_solved_is_opened_again_and_ends_well(town, clock, reported):
    first_round(town, clock, reported)
    clock.later(hours=6)
    old_wu = WithPhone(OLD_WU_PHONE)
    old_wu.case(reported, status=302)
    old_wu.enter()
    page = old_wu.case(reported)
    assert "灯泡已换好" in page
    assert "线路老化" not in page, "what stays with colleagues is not for the reporter"
    old_wu.send(reported, "rate", solved="no", satisfied="1", words="只亮了一个晚上。")
    old_wu.send(reported, "reopen")
    again = event_of(reported)
    assert (again.state, again.times_reopened, again.closed_at) == ("reopened", 1, None)
    assert again.lead_unit.name == "南苑社区居委会"
    first = regions.working_seconds(again.reported_at, regions.add_working(again.reported_at, days=3))
    assert 0 < regions.working_seconds(datetime.now(ZONE), again.handle_due) < first

    community, checker = AtDesk(town.people["community_worker"]), AtDesk(town.people["checker"])
    clock.later(days=1)
    assert "楼道灯坏了" in community.page("/desk/")
    community.do(reported, "accept")
    community.do(reported, "start")
    community.do(reported, "submit", answer="线路已换新，连看三晚都亮。")
    checker.do(reported, "send_back", words="走廊尽头那盏还没看。")
    community.do(reported, "submit", answer="线路已换新，走廊尽头那盏也换了。")
    checker.do(reported, "pass", reason="solved", answer="")
    clock.later(hours=2)
    old_wu.send(reported, "rate", solved="yes", satisfied="5")

    event = event_of(reported)
    assert (event.state, event.close_reason, event.public_answer) == (
        "closed",
        "solved",
        "线路已换新，走廊尽头那盏也换了。",
    )
    assert [(one.solved, one.satisfied) for one in event.ratings.order_by("id")] == [(False, 1), (True, 5)]
    assert steps_of(reported) == [
        "report", "dispatch", "photo", "accept", "contact", "start", "submit", "note", "pass", "close",
        "rate", "reopen", "accept", "start", "submit", "send_back", "submit", "pass", "close", "rate",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_every_step_stands_in_the_ledger_and_was_told(town, clock, reported):
    first_round(town, clock, reported)
    written = ledger_of(reported)
    steps = [entry[1] for entry in written]
    assert steps == ["report", "photo", "accept", "contact", "start", "submit", "pass", "close"]
    assert [entry[0] for entry in written][2:] == ["staff"] * 6
    assert trust.seal_once(now=MONDAY)
    checked = trust.verify_ledger()
    assert checked.ok, str(checked)
    assert checked.unsealed == 0
    assert facts_of(reported)[0] == "EventReported"
    assert "EventClosed" in facts_of(reported)
    assert deliver_all() > 0
    assert deliver_all() == 0, "nothing is told twice"
    found = events.inbox_page(
        actor=town.actor("checker"), wanted=events.InboxFilter(tab="done", scope="area", words="楼道灯"), now=MONDAY
    )
    assert [row["number"] for row in found.items] == [reported], "who listens made it findable"


def test_rating_and_opening_again_need_her_phone(town, clock, reported):
    first_round(town, clock, reported)
    tenant = WithPhone("13900002222")
    tenant.enter()
    tenant.case(reported, status=404)
    assert tenant.browser.post(f"/e/{reported}/rate", {"solved": "no", "satisfied": "1"}).status_code == 404
    assert tenant.browser.post(f"/e/{reported}/reopen").status_code == 404
    assert event_of(reported).state == "closed"


def test_a_rejected_step_keeps_what_was_typed(town):
    phone = WithPhone(OLD_WU_PHONE)
    answer = phone.browser.post("/report", {"text": "灯"})
    assert answer.status_code == 422
    assert ">灯</textarea>" in answer.content.decode()
    phone.browser.post("/report", {"text": SAID})
    phone.browser.post("/report/where", {"address": "南苑社区3栋"})
    answer = phone.browser.post("/report/who", {"phone": "1380000", "name": "吴桂芳"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="1380000"' in page
    assert 'value="吴桂芳"' in page
