"""Story: a repair waits for the reporter, then for a part, then for a court. Every hour of it can be recomputed."""

from datetime import timedelta

from linli.events import api as events
from linli.kernel import api as kernel
from linli.regions import api as regions
from tests.scenarios.acting import AtDesk, WithPhone, event_of
from tests.town import MONDAY, OLD_WU_PHONE, report


def hours_moved(due, number):
    """Return by how many working hours the deadline moved; the clock of the story runs on by some seconds."""
    return round(regions.working_seconds(due, event_of(number).handle_due) / 3600, 1)


def test_a_pause_an_extension_and_a_hang_up_with_review(town, clock):
    number = report(town).number
    worker, centre = AtDesk(town.people["community_worker"]), AtDesk(town.people["dispatcher"])
    worker.do(number, "accept")
    due = event_of(number).handle_due
    worker.may_not(number, "pause", words="等吴桂芳说明是几单元。", days=0)
    worker.do(number, "pause", words="请告诉我们是几单元。", days=2)
    assert "计时暂停" in worker.page("/desk/")
    clock.to(regions.add_working(MONDAY, hours=5))
    worker.do(number, "resume", words="是二单元。")
    assert hours_moved(due, number) == 5

    worker.do(number, "ask-time", kind="extend", amount=16, words="灯具要订货。")
    assert number in centre.page("/desk/time")
    worker.may_not(number, "decide-time", granted="1")
    centre.do(number, "decide-time", granted="1", words="同意。")
    assert hours_moved(due, number) == 5 + 16

    worker.do(number, "ask-time", kind="hang_up", amount=60, words="产权有争议，等法院判决。")
    centre.do(number, "decide-time", granted="1", words="同意挂账。")
    back = event_of(number).held_until
    assert events.sweep_overdue(now=back - timedelta(days=1)).escalated == 0
    clock.to(back - timedelta(days=2))
    assert events.tend_clocks(now=kernel.now()) == (0, 1)
    assert "待复核" in centre.page("/desk/time")
    centre.do(number, "review", words="判决未下。", days=30)
    clock.to(event_of(number).held_until + timedelta(minutes=1))
    assert events.tend_clocks(now=kernel.now()) == (1, 0)
    event = event_of(number)
    assert (event.held, event.state) == ("", "accepted")
    assert event.handle_due == events.handle_due_of(event)
    old_wu = WithPhone(OLD_WU_PHONE)
    old_wu.enter()
    assert "请告诉我们是几单元" in old_wu.case(number)
