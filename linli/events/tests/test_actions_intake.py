"""Intake: what is taken, what is refused, and that nothing is taken twice."""

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.models import Event, Reporter
from tests.town import MONDAY, middle, report


def draft(**fields):
    return events.ReportDraft(**{"text": "3栋楼道灯坏了一周，老人上下楼不方便", **fields})


def taken(key=None, **fields):
    return events.report_event(draft=draft(**fields), by=accounts.GUEST, now=MONDAY, key=key)


@pytest.mark.slow
def test_the_same_key_gives_the_same_event(town):
    first, second = taken(key="a"), taken(key="a")
    assert (first.number, first.again, second.again) == (second.number, False, True)
    assert Event.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(town):
    taken(key="a")
    with pytest.raises(events.KeyUsedError):
        taken(key="a", text="另一件事情也坏了")


def test_a_ticket_number_is_taken_once(town):
    first = taken(channel="hotline", source_number="T1")
    assert taken(channel="hotline", source_number="T1").number == first.number
    assert taken(channel="rest", source_number="T1").number != first.number


def test_contact_is_sealed_and_the_words_are_free_of_personal_data(town):
    receipt = report(town, "楼道灯坏了，请打13712345678联系我")
    event = Event.objects.get(pk=receipt.event_id)
    assert "13712345678" in event.said
    assert "13712345678" not in event.text + event.title
    raw = Reporter.objects.raw("SELECT event_id, phone::text AS hidden FROM events_reporter")[0].hidden
    assert b"13800001111".hex() not in raw


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"text": "  "}, "text"),
        ({"text": "灯" * 8001}, "text"),
        ({"text": "楼道灯\x00坏了"}, "text"),
        ({"lng": float("nan"), "lat": 1.0}, "place"),
        ({"lng": 112.0}, "place"),
        ({"lng": 181.0, "lat": 0.0}, "place"),
        ({"reporter_phone": "1380000"}, "reporter_phone"),
        ({"address": "路" * 201}, "address"),
    ],
)
def test_what_can_not_be_taken_is_named_by_its_field(town, fields, wrong):
    with pytest.raises(events.DraftRefusedError) as refused:
        taken(**fields)
    assert list(refused.value.fields) == [wrong]
    assert Event.objects.count() == 0


def test_a_place_in_words_is_found(town):
    receipt = taken(text="学府社区门口楼道灯不亮了")
    assert receipt.unit_name == "学府社区居委会"


def test_a_point_outside_every_grid_falls_back_to_the_words(town):
    receipt = taken(text="学府社区门口楼道灯不亮了", lng=10.0, lat=10.0)
    assert receipt.unit_name == "学府社区居委会"


def test_without_a_place_the_centre_decides(town):
    receipt = taken()
    assert receipt.unit_name == "县社会治理中心"
    assert receipt.number.startswith("青禾-20261116-")
    assert {reason["kind"] for reason in receipt.why} >= {"place_unknown", "no_unit", "duty"}


def test_gcj_points_are_turned_into_wgs(town):
    lng, lat = middle(0)
    event = Event.objects.get(pk=taken(lng=lng, lat=lat, coordinate_system="gcj02").event_id)
    assert event.lng != lng
    assert abs(event.lng - lng) < 0.01


def test_the_department_leads_wherever_it_is(town):
    assert report(town, "路边垃圾堆了三天", matter=None, grid=3).unit_name == "城市管理局"


def test_the_calendar_gives_the_clock(town):
    friday = MONDAY.replace(day=20, hour=17)
    receipt = report(town, now=friday)
    assert receipt.accept_due.weekday() == 0


def test_a_signed_in_resident_need_not_give_the_phone_again(town):
    receipt = events.report_event(draft=draft(), by=town.actor("tenant"), now=MONDAY)
    assert events.resident_case(number=receipt.number, actor=town.actor("tenant"), now=MONDAY)
    assert events.resident_case(number=receipt.number, actor=town.actor("old_wu"), now=MONDAY) is None
