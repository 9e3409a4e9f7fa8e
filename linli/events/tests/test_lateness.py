"""Late stages count where officers look: lists, counts, map, overview; and they are told once, without a rise."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.actions.lateness import tell_late_stages
from linli.events.actions.step import locked
from linli.events.models import Event, EventStage, Track
from linli.events.queries.inbox import InboxFilter, inbox_counts, inbox_page, narrowed, narrowed_parts
from linli.events.queries.mapping import map_points
from linli.events.tests.test_stages import DUMPING, begun, rows, staged  # noqa: F401  a fixture
from linli.regions import api as regions
from tests.duties import DUTIES
from tests.town import MONDAY, build_town, report

pytestmark = pytest.mark.slow

SOON = timedelta(minutes=1)


def first_of(event_id):
    return rows(event_id)[0]


def listed(town, tab, now, clock="", name="officer"):
    page = inbox_page(actor=town.actor(name), wanted=InboxFilter(tab=tab, scope="area", clock=clock), now=now)
    return [(row["number"], row["stage"]) for row in page.items]


def number_of(event_id):
    return Event.objects.get(pk=event_id).number


def missed(event_id):
    return [track.data["stage"] for track in Track.objects.filter(event_id=event_id, step="stage_missed")]


def test_the_head_row_keeps_the_first_open_stage_while_a_unit_works_on_it(staged):  # noqa: F811
    event_id, officer = begun(staged), staged.actor("officer")
    stop, punish, _remove = rows(event_id)

    def kept():
        return Event.objects.get(pk=event_id).stage_due

    assert kept() == stop.due
    events.end_stage(event_id=event_id, stage_id=punish.id, by=officer, now=MONDAY)
    assert kept() == stop.due
    events.end_stage(event_id=event_id, stage_id=stop.id, by=officer, now=MONDAY)
    assert kept() == Event.objects.get(pk=event_id).handle_due, "only the last stage is open"
    events.submit_result(event_id=event_id, by=officer, now=MONDAY, answer="渣土已清除。")
    assert kept() is None


def test_what_is_given_back_or_has_no_stages_any_more_keeps_none(staged):  # noqa: F811
    back, other = (report(staged, "有人在河边偷倒渣土", matter="T-08").event_id for _each in range(2))
    events.keep_stages_of(event_ids=[back, other], now=MONDAY)
    events.return_event(event_id=back, by=staged.actor("officer"), now=MONDAY, words="不在本单位。")
    events.correct_matter(event_id=other, by=staged.actor("dispatcher"), now=MONDAY, matter_code="T-01")
    assert list(Event.objects.values_list("stage_due", flat=True)) == [None, None]
    assert rows(back)[0].is_open, "its rows wait for the next unit"
    events.dispatch_event(event_id=back, by=staged.actor("dispatcher"), now=MONDAY, matter_code="T-08")
    assert Event.objects.get(pk=back).stage_due is not None


def test_a_pause_and_an_extension_move_what_the_head_row_keeps(staged):  # noqa: F811
    event_id, officer = begun(staged), staged.actor("officer")
    events.pause_event(event_id=event_id, by=officer, now=MONDAY, words="等反映人回电。", days=3)
    events.resume_event(event_id=event_id, by=officer, now=regions.add_working(MONDAY, hours=5))
    assert Event.objects.get(pk=event_id).stage_due == first_of(event_id).due == regions.add_working(MONDAY, hours=9)


def test_lists_find_a_stage_that_is_late_or_due_and_say_which(staged):  # noqa: F811
    event_id, plain = begun(staged), report(staged, "路口垃圾成堆", matter="T-02").event_id
    event, due = Event.objects.get(pk=event_id), first_of(event_id).due
    assert listed(staged, "today", MONDAY) == [(event.number, "制止")]
    assert listed(staged, "overdue", MONDAY) == []
    late = due + SOON
    assert listed(staged, "overdue", late) == [(event.number, "制止")]
    assert listed(staged, "overdue", late, clock="stage") == [(event.number, "制止")]
    assert listed(staged, "overdue", late, clock="event") == []
    assert listed(staged, "open", late)[0] == (event.number, "制止"), "what is due first stands first"
    after = max(event.handle_due, Event.objects.get(pk=plain).handle_due) + SOON
    assert listed(staged, "overdue", after, clock="stage") == []
    assert (event.number, "制止") in listed(staged, "overdue", after, clock="event")


@pytest.mark.slow
def test_counts_lists_map_and_overview_agree(staged):  # noqa: F811
    ids = [begun(staged) for _each in range(3)]
    report(staged, "3栋楼道灯坏了")
    last = Event.objects.get(pk=ids[-1]).handle_due
    for now in (MONDAY, first_of(ids[0]).due + SOON, rows(ids[0])[1].due + SOON, last + SOON):
        actor = staged.actor("leader")
        found = events.overview(actor=actor, now=now)
        for clock in ("", "event", "stage"):
            asked = {"actor": actor, "now": now}
            counts = inbox_counts(wanted=InboxFilter(scope="area", clock=clock), **asked)
            for tab, count in counts.items():
                wanted = InboxFilter(tab=tab, scope="area", clock=clock)
                whole = set(narrowed(wanted=wanted, **asked).values_list("pk", flat=True))
                parts = [set(one.values_list("pk", flat=True)) for one in narrowed_parts(wanted=wanted, **asked)]
                assert (len(whole), set().union(*parts)) == (count, whole), (now, clock, tab)
                assert len(inbox_page(wanted=wanted, **asked).items) == count
                assert len(map_points(wanted=wanted, **asked, box=None)[0]) == count
            if clock == "event":
                assert (counts["overdue"], counts["today"]) == (found.overdue, found.due_today)
            if clock == "stage":
                assert counts["overdue"] == found.stages_late
            if not clock:
                assert counts["overdue"] == found.overdue + found.stages_late


def test_a_page_asks_for_the_names_of_stages_once_and_not_where_there_is_none(staged):  # noqa: F811
    wanted = {"actor": staged.actor("officer"), "wanted": InboxFilter(scope="mine"), "now": MONDAY}
    report(staged, "路口垃圾成堆", matter="T-02")
    for known, tables in ((0, ["event"]), (1, ["event", "eventstage"]), (3, ["event", "eventstage"])):
        for _each in range(known):
            begun(staged)
        with CaptureQueriesContext(connection) as found:
            inbox_page(**wanted)
        asked = [re.search(r'FROM "events_(\w+)"', query["sql"]) for query in found.captured_queries]
        assert [one[1] for one in asked if one] == tables


def test_pages_by_what_is_due_first_follow_one_another(staged):  # noqa: F811
    for _each in range(2):
        begun(staged)
        report(staged, "路口垃圾成堆", matter="T-02")
    actor, wanted = staged.actor("officer"), InboxFilter(scope="area")
    seen, cursor = [], None
    while True:
        page = inbox_page(actor=actor, wanted=wanted, now=MONDAY, cursor=cursor, size=1)
        seen += [row["next_due"] for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == sorted(seen)
    assert len(seen) == narrowed(actor=actor, wanted=wanted, now=MONDAY).count()


def test_the_first_page_of_a_unit_is_read_by_its_index(staged):  # noqa: F811
    begun(staged)
    part = narrowed(actor=staged.actor("officer"), wanted=InboxFilter(tab="overdue"), now=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    plan = part.order_by("next_due", "id")[:26].explain()
    assert "event_open_unit" in plan
    assert "Sort" not in plan


def test_a_late_stage_is_told_once_and_nothing_rises(staged):  # noqa: F811
    event_id = begun(staged)
    stop, punish, _remove = rows(event_id)
    assert tell_late_stages(now=stop.due) == 0
    assert tell_late_stages(now=stop.due + SOON) == 1
    assert tell_late_stages(now=stop.due + 2 * SOON) == 0
    assert missed(event_id) == ["制止"]
    assert tell_late_stages(now=punish.due + SOON) == 1
    event = Event.objects.get(pk=event_id)
    assert (missed(event_id), event.level, event.state) == (["制止", "处罚"], 0, "accepted")
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM kernel_journalentry WHERE kind = 'events.StageMissed' ORDER BY id")
        told = [json.loads(payload) for (payload,) in cursor.fetchall()]
    assert [(fact["stage_id"], fact["unit_id"]) for fact in told] == [
        (str(stop.id), event.lead_unit_id), (str(punish.id), event.lead_unit_id)
    ]  # fmt: skip
    assert not Track.objects.filter(event_id=event_id, step="stage_missed", is_public=True).exists()


def test_a_stage_with_more_time_is_told_again_when_that_is_over_too(staged):  # noqa: F811
    event_id, stop = (found := begun(staged)), first_of(found)
    late = stop.due + SOON
    tell_late_stages(now=late)
    asked = {"event_id": event_id, "now": late}
    events.ask_for_time(**asked, by=staged.actor("officer"), kind="extend", words="要等鉴定。", amount=8)
    events.decide_time(**asked, by=staged.actor("dispatcher"), granted=True)
    due = first_of(event_id).due
    assert (due > late, first_of(event_id).missed_at) == (True, None)
    assert tell_late_stages(now=due) == 0
    assert tell_late_stages(now=due + SOON) == 1


def test_what_is_done_given_back_or_ended_is_not_told(staged):  # noqa: F811
    done, back, ended = (begun(staged) for _each in range(3))
    officer, centre = staged.actor("officer"), staged.actor("dispatcher")
    later = first_of(done).due + SOON
    events.end_stage(event_id=done, stage_id=first_of(done).id, by=officer, now=MONDAY)
    Event.objects.filter(pk=back).update(state="screening")
    Event.objects.filter(pk=ended).update(state="dispatched")
    events.reject_event(event_id=ended, by=centre, now=MONDAY, reason="no_action", words="没有渣土。")
    assert tell_late_stages(now=later) == 0


def test_many_are_told_in_batches(staged, monkeypatch):  # noqa: F811
    monkeypatch.setattr("linli.events.actions.lateness.TOGETHER", 2)
    ids = [begun(staged) for _each in range(5)]
    assert tell_late_stages(now=first_of(ids[0]).due + SOON) == 5
    assert EventStage.objects.exclude(missed_at=None).count() == 5
    assert accounts.SYSTEM.name in set(Track.objects.filter(step="stage_missed").values_list("by_name", flat=True))


@pytest.mark.django_db(transaction=True)
def test_what_a_person_has_in_hand_waits_and_two_sweeps_tell_nothing_twice():
    town = build_town()
    listed = events.add_duty_list(name="清单", source="测试", items=[*DUTIES, DUMPING], now=MONDAY, is_sample=True)
    events.put_in_force(duty_list=listed, now=MONDAY)
    ids = [begun(town) for _each in range(4)]
    late = first_of(ids[0]).due + SOON

    def sweep(_which):
        try:
            return tell_late_stages(now=late)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            locked(ids[0])
            told = sum(threads.map(sweep, range(2)))
            assert told == 3
        assert sum(threads.map(sweep, range(2))) == 1
    assert [missed(one) for one in ids] == [["制止"]] * 4
