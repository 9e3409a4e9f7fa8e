"""What a county changes in its working calendar."""

from datetime import UTC, date, datetime, time

import pytest

from linli.regions import api as regions
from linli.regions.tests import factories as f

pytestmark = pytest.mark.django_db
WHO = {"by": f.BY, "now": f.NOW}
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


def test_a_day_off_moves_deadlines_and_back():
    before = regions.add_working(MONDAY, days=1)
    regions.mark_day(day=date(2026, 3, 3), is_working=False, reason="暴雪停工", **WHO)
    assert not regions.is_working_day(date(2026, 3, 3))
    assert regions.add_working(MONDAY, days=1).date() == date(2026, 3, 4)
    assert regions.calendar().day_rule(date(2026, 3, 3)).reason == "暴雪停工"
    regions.unmark_day(day=date(2026, 3, 3), **WHO)
    assert regions.add_working(MONDAY, days=1) == before


def test_a_local_workday_wins_over_a_holiday():
    regions.mark_day(day=date(2026, 10, 1), is_working=True, reason="值守", **WHO)
    assert regions.is_working_day(date(2026, 10, 1))


def test_working_hours_hold_from_their_day_on():
    regions.set_working_hours(valid_from=date(2026, 6, 1), spans=[(time(8), time(12)), (time(15), time(18))], **WHO)
    monday, june = datetime(2026, 5, 25, 2, 0, tzinfo=UTC), datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
    assert regions.add_working(monday, hours=3).isoformat() == "2026-05-25T14:30:00+08:00"
    assert regions.add_working(june, hours=3).isoformat() == "2026-06-01T16:00:00+08:00"
    assert regions.working_seconds(june, regions.add_working(june, hours=7)) == 7 * 3600


def test_setting_hours_again_replaces_them():
    for start in (time(8), time(8, 30)):
        regions.set_working_hours(valid_from=date(2026, 6, 1), spans=[(start, time(12))], **WHO)
    opens, closes = regions.calendar().working_spans(date(2026, 6, 1))[0]
    assert (opens.time(), closes.time()) == (time(8, 30), time(12))


@pytest.mark.parametrize("spans", [[], [(time(12), time(9))], [(time(9), time(12)), (time(11), time(13))]])
def test_senseless_hours_are_refused(spans):
    with pytest.raises(regions.RegionRefusedError):
        regions.set_working_hours(valid_from=date(2026, 6, 1), spans=spans, **WHO)


def test_a_day_beyond_the_calendar_is_refused():
    with pytest.raises(regions.RegionRefusedError, match="2045"):
        regions.mark_day(day=date(2100, 1, 1), is_working=False, reason="", **WHO)


def test_every_edit_is_told():
    regions.mark_day(day=date(2026, 3, 3), is_working=False, reason="暴雪停工", **WHO)
    regions.unmark_day(day=date(2026, 3, 3), **WHO)
    regions.unmark_day(day=date(2026, 3, 3), **WHO)
    assert [payload["reason"] for payload in f.told("CalendarEdited")] == ["暴雪停工", ""]
