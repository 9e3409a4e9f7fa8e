"""Near and similar, following, links, merging, and curing the source."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events import facts
from linli.events.models import Event, Follower, Link, Track
from linli.events.rules import linking, near
from linli.events.tests.test_actions_life import LATER, taken_to_submission
from linli.kernel import facts as journal
from linli.kernel.tests.deliver import deliver_all
from linli.trust import api as trust
from tests.town import MONDAY, OLD_WU_PHONE, TENANT_PHONE, middle, report

LAMP = "3栋楼道灯坏了一周，老人上下楼不方便"
THIRD_PHONE = "13700003333"


def draft(text="楼道灯不亮了", grid=0, **more):
    lng, lat = middle(grid)
    return events.ReportDraft(text=text, lng=lng, lat=lat, **more)


def get(receipt):
    return Event.objects.get(pk=receipt.event_id)


def follow(receipt, phone="", now=MONDAY):
    return events.follow_event(event_id=receipt.event_id, by=accounts.GUEST, now=now, phone=phone)


def close(town, receipt):
    taken_to_submission(town, receipt)
    checker = town.actor("checker")
    events.check_result(event_id=receipt.event_id, by=checker, now=LATER, passed=True)
    return events.close_event(event_id=receipt.event_id, by=checker, now=LATER, reason="solved", answer="灯已换好。")


@pytest.fixture
def told(monkeypatch):
    """The replies that were told, by number."""
    heard, publish = [], journal.publish

    def listen(fact, *, now):
        if isinstance(fact, facts.ReplyGiven | facts.EventClosed):
            heard.append((type(fact).__name__, fact.number))
        return publish(fact, now=now)

    monkeypatch.setattr(journal, "publish", listen)
    return heard


def test_the_nearest_and_most_similar_open_event_comes_first(town):
    lamp = report(town, LAMP)
    report(town, "门口垃圾没人清", matter="T-02")
    report(town, LAMP, grid=2)
    (found,) = events.near_events(draft=draft(), now=MONDAY)
    assert (found.number, found.place, found.metres) == (lamp.number, "南苑社区", 50)
    assert not hasattr(found, "text"), "nothing that says who or where exactly"


def test_what_has_ended_or_is_old_or_private_is_not_shown(town):
    close(town, report(town, LAMP))
    assert not events.near_events(draft=draft(), now=LATER)
    report(town, LAMP)
    assert not events.near_events(draft=draft(), now=MONDAY + timedelta(days=31))
    assert events.near_events(draft=draft(), now=MONDAY)
    policy = events.add_group_policy(rules={"T-01": {"shown": False}}, source="测试", now=MONDAY)
    events.put_group_policy_in_force(policy=policy, at=MONDAY)
    assert not events.near_events(draft=draft(), now=MONDAY)
    assert events.near_events(draft=draft(), now=MONDAY, actor=town.actor("dispatcher"))
    assert not events.near_events(draft=draft(), now=MONDAY, actor=town.actor("outsider"))


def test_radius_and_window_are_data_with_versions(town):
    report(town, LAMP)
    narrow = events.add_group_policy(rules={"": {"window_days": 1}}, source="测试", now=MONDAY)
    tomorrow = MONDAY + timedelta(days=1, hours=1)
    assert events.near_events(draft=draft(), now=tomorrow)
    events.put_group_policy_in_force(policy=narrow, at=tomorrow)
    assert not events.near_events(draft=draft(), now=tomorrow)
    wide = events.add_group_policy(rules={"": {"window_days": 90}}, source="测试", now=MONDAY)
    events.put_group_policy_in_force(policy=wide, at=tomorrow)
    assert events.near_events(draft=draft(), now=tomorrow)
    assert events.restore_group_policy(policy=narrow, now=tomorrow).number == 3
    assert not events.near_events(draft=draft(), now=tomorrow)


@pytest.mark.parametrize("rules", [{"": {"radius_m": 0}}, {"T-01": {"window_days": -1}}, {"": {"colour": 3}}])
def test_rules_that_can_not_hold_are_refused_in_a_sentence(db, rules):
    with pytest.raises(near.GroupRulesRefusedError) as refused:
        events.add_group_policy(rules=rules, source="测试", now=MONDAY)
    assert str(refused.value)


@pytest.mark.slow
def test_a_follower_has_a_number_and_gets_the_reply_and_nobody_twice(town, told):
    lamp = report(town, LAMP)
    first, second = follow(lamp, TENANT_PHONE), follow(lamp)
    assert first.number == "南苑-20261116-0002"
    signed_in = {"event_id": lamp.event_id, "now": MONDAY}
    assert events.follow_event(by=town.actor("tenant"), **signed_in).number == first.number
    assert events.follow_event(by=town.actor("old_wu"), **signed_in).number == lamp.number, "they reported it"
    typed = [follow(lamp, phone).number for phone in (OLD_WU_PHONE, TENANT_PHONE)]
    assert not {lamp.number, first.number} & set(typed), "a phone that is only typed in opens nobody's receipt"
    close(town, lamp)
    assert told == [("EventClosed", lamp.number), ("ReplyGiven", first.number), ("ReplyGiven", second.number)]
    assert set(Follower.objects.values_list("told_at", flat=True)) == {LATER}
    with pytest.raises(events.NothingToFollowError):
        follow(lamp, THIRD_PHONE)


@pytest.mark.slow
def test_a_follower_sees_course_and_reply_and_nothing_of_the_reporter(town):
    lamp = report(town, LAMP + "，我住3栋402，钥匙在门垫下", address="青石巷7号3栋402")
    receipt = follow(lamp)
    key = events.follow_key(receipt.holder_id)
    events.add_information(event_id=lamp.event_id, by=town.actor("old_wu"), now=LATER, words="我明天在家")
    seen = events.resident_case(number=receipt.number, actor=accounts.GUEST, key=key, now=LATER)
    shown = " ".join([seen.text, seen.place, *(f"{line.step} {line.words}" for line in seen.lines)])
    assert not any(said in shown for said in ("402", "门垫", "青石巷", "明天在家"))
    assert (seen.number, seen.may_add, seen.may_rate, seen.photos) == (receipt.number, False, False, [])
    close(town, lamp)
    seen = events.resident_case(number=receipt.number, actor=accounts.GUEST, key=key, now=LATER)
    assert seen.answer == "灯已换好。"
    for wrong in ("", "0" * 16, events.follow_key(lamp.event_id)):
        assert events.resident_case(number=receipt.number, actor=accounts.GUEST, key=wrong, now=LATER) is None
    assert events.resident_case(number=receipt.number, actor=town.actor("tenant"), now=LATER) is None


@pytest.mark.slow
def test_merged_reports_get_the_one_reply_and_their_followers_move_along(town, told):
    main, double = report(town, LAMP), report(town, "楼道黑，灯不亮", phone=TENANT_PHONE)
    again = report(town, "还是那盏灯", phone=OLD_WU_PHONE)
    moved = follow(double, THIRD_PHONE)
    lead = town.actor("community_worker")
    for one in (double, again):
        events.merge_event(event_id=one.event_id, by=lead, now=LATER, number=main.number)
    assert Follower.objects.get().event_id == main.event_id
    assert get(double).state == "merged"
    close(town, main)
    assert told == [("EventClosed", main.number), ("ReplyGiven", double.number), ("ReplyGiven", moved.number)]
    assert [(get(one).state, get(one).public_answer) for one in (double, again)] == [("closed", "灯已换好。")] * 2


@pytest.mark.slow
def test_a_split_brings_everything_back(town):
    main, double = report(town, LAMP), report(town, "楼道黑漆漆", phone=TENANT_PHONE)
    follow(double, THIRD_PHONE)
    lead = town.actor("community_worker")
    events.merge_event(event_id=double.event_id, by=lead, now=LATER, number=main.number)
    event = events.split_event(event_id=double.event_id, by=lead, now=LATER, words="不是同一盏灯")
    assert (event.state, event.closed_at, Follower.objects.get().event_id) == ("dispatched", None, double.event_id)
    assert not Link.objects.filter(ended_at=None).exists()
    assert Link.objects.count() == 1, "that it was merged stays known"
    steps = list(Track.objects.filter(event_id=main.event_id).values_list("step", flat=True).order_by("id"))
    assert steps[-2:] == ["merge_in", "split_off"]


@pytest.mark.slow
def test_a_merged_event_into_a_third_takes_its_group_along(town):
    first, second, third = (report(town, LAMP, phone="") for _ in range(3))
    lead = town.actor("community_worker")
    events.merge_event(event_id=first.event_id, by=lead, now=LATER, number=second.number)
    events.merge_event(event_id=second.event_id, by=lead, now=LATER, number=third.number)
    assert set(Link.objects.filter(ended_at=None).values_list("one_id", flat=True)) == {third.event_id}
    close(town, third)
    assert {get(one).state for one in (first, second, third)} == {"closed"}


@pytest.mark.slow
def test_what_was_merged_waits_again_when_the_main_one_is_opened_again(town):
    main, double = report(town, LAMP), report(town, "楼道黑漆漆", phone=TENANT_PHONE)
    events.merge_event(event_id=double.event_id, by=town.actor("community_worker"), now=LATER, number=main.number)
    close(town, main)
    events.reopen_event(event_id=main.event_id, by=town.actor("dispatcher"), now=LATER, words="还不亮")
    assert get(double).state == "merged"


@pytest.mark.parametrize(
    ("other", "refusal"),
    [("itself", linking.ItselfError), ("unknown", linking.UnknownNumberError), ("ended", linking.MergeEndedError)],
)
def test_what_can_not_be_merged_is_refused_in_a_sentence(town, other, refusal):
    lamp, ended = report(town, LAMP), report(town, LAMP)
    close(town, ended)
    number = {"itself": lamp.number, "unknown": "没有-20261116-0001", "ended": ended.number}[other]
    with pytest.raises(refusal) as refused:
        events.merge_event(event_id=lamp.event_id, by=town.actor("community_worker"), now=LATER, number=number)
    assert str(refused.value)
    assert get(lamp).is_open


def test_nobody_merges_their_work_into_another_units(town):
    lamp, rubbish = report(town, LAMP), report(town, "垃圾成堆", matter="T-02")
    with pytest.raises(trust.NotAllowed):
        events.merge_event(event_id=lamp.event_id, by=town.actor("community_worker"), now=LATER, number=rubbish.number)
    with pytest.raises(trust.NotAllowed):
        events.link_events(event_id=lamp.event_id, by=town.actor("outsider"), now=LATER, number=rubbish.number)


def test_an_event_with_open_tasks_can_not_be_merged_away(town):
    main, double = report(town, LAMP), report(town, LAMP)
    lead = town.actor("community_worker")
    events.give_task(event_id=double.event_id, by=lead, now=MONDAY, unit_id=town.units["csgl"].id, what="看", limit=1)
    with pytest.raises(linking.MergedHeldError):
        events.merge_event(event_id=double.event_id, by=lead, now=LATER, number=main.number)


def test_links_are_made_once_and_end_again(town):
    one, other = report(town, LAMP), report(town, LAMP)
    lead = town.actor("community_worker")
    link = events.link_events(event_id=one.event_id, by=lead, now=LATER, number=other.number, kind="same")
    with pytest.raises(linking.LinkedAlreadyError):
        events.link_events(event_id=other.event_id, by=lead, now=LATER, number=one.number, kind="same")
    events.unlink(link_id=link.id, event_id=other.event_id, by=lead, now=LATER, words="弄错了")
    with pytest.raises(linking.LinkOverError):
        events.unlink(link_id=link.id, event_id=one.event_id, by=lead, now=LATER)
    assert events.link_events(event_id=one.event_id, by=lead, now=LATER, number=other.number, kind="same")


def test_who_may_not_see_the_other_event_reads_nothing_of_it(town):
    lamp, rubbish = report(town, LAMP), report(town, "垃圾成堆", matter="T-02", grid=2)
    events.link_events(event_id=lamp.event_id, by=town.actor("dispatcher"), now=LATER, number=rubbish.number)
    (link,) = events.group_of(event=get(lamp), actor=town.actor("community_worker")).links
    assert link.event is None
    (link,) = events.group_of(event=get(lamp), actor=town.actor("dispatcher")).links
    assert link.event.number == rubbish.number


def child(town, parent, other, policy):
    by = town.actor("community_worker")
    return events.add_child(event_id=parent.event_id, by=by, now=MONDAY, number=other.number, policy=policy)


@pytest.mark.slow
def test_no_event_is_part_of_its_own_part(town):
    first, second, third = (report(town, LAMP) for _ in range(3))
    child(town, first, second, "block")
    child(town, second, third, "block")
    for above, below in ((third, first), (second, first)):
        with pytest.raises(linking.CircleError):
            child(town, above, below, "block")
    with pytest.raises(linking.HasParentError):
        child(town, first, third, "block")


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 9), max_size=10), st.integers(0, 9), st.integers(0, 9))
def test_a_way_up_always_ends(parents, parent, below):
    tree = {}
    for key, above in parents.items():
        if not linking.makes_a_circle(above, key, tree):
            tree[key] = above
    for key in tree:
        met, at = set(), key
        while at in tree:
            assert at not in met
            met.add(at)
            at = tree[at]
    assert linking.makes_a_circle(parent, below, tree) == (below in _above(parent, tree))


def _above(key, tree):
    way = [key]
    while way[-1] in tree:
        way.append(tree[way[-1]])
    return way


def test_a_parent_waits_for_a_blocking_part(town):
    parent, part = report(town, LAMP), report(town, LAMP)
    child(town, parent, part, "block")
    with pytest.raises(events.HeldError, match="楼道灯"):
        close(town, parent)


@pytest.mark.slow
def test_a_cascading_part_ends_with_its_parent_and_a_detached_one_goes_on(town):
    parent, along, alone = (report(town, LAMP, phone="") for _ in range(3))
    child(town, parent, along, "cascade")
    child(town, parent, alone, "detach")
    close(town, parent)
    assert (get(along).state, get(along).close_reason, get(along).public_answer) == ("closed", "solved", "灯已换好。")
    assert get(alone).is_open
    assert not Link.objects.filter(other=get(alone), ended_at=None).exists()


@pytest.mark.slow
def test_an_open_task_of_a_cascading_part_holds_the_parent(town):
    parent, along = report(town, LAMP), report(town, LAMP)
    child(town, parent, along, "cascade")
    lead = town.actor("community_worker")
    events.give_task(event_id=along.event_id, by=lead, now=MONDAY, unit_id=town.units["csgl"].id, what="看", limit=1)
    with pytest.raises(events.HeldError, match="看"):
        close(town, parent)


def recurring_rules(count=3):
    rules = {"T-01": {"recur_count": count, "recur_days": 10, "recur_radius_m": 100}}
    policy = events.add_group_policy(rules=rules, source="测试", now=MONDAY)
    events.put_group_policy_in_force(policy=policy, at=MONDAY - timedelta(days=60))


def sources():
    return Event.objects.filter(channel="source")


@pytest.mark.slow
def test_what_recurs_raises_one_event_to_cure_the_source(town):
    recurring_rules()
    lamps = [report(town, LAMP, now=MONDAY + timedelta(days=day)) for day in range(2)]
    deliver_all()
    assert not sources().exists()
    lamps.append(report(town, LAMP, now=MONDAY + timedelta(days=2)))
    deliver_all()
    source = sources().get()
    assert (source.lead_unit_id, source.matter.code) == (town.units["nanyuan"].id, "T-01")
    causes = Link.objects.filter(one=source, kind="cause").values_list("other__number", flat=True)
    assert set(causes) == {lamp.number for lamp in lamps}
    report(town, LAMP, now=MONDAY + timedelta(days=3))
    deliver_all()
    ids = [lamp.event_id for lamp in lamps]
    assert events.cure_sources(event_ids=ids, now=MONDAY + timedelta(days=3)) == 0
    assert sources().count() == 1
    assert Link.objects.filter(one=source, kind="cause").count() == 4


@pytest.mark.slow
def test_far_apart_or_long_ago_raises_nothing(town):
    recurring_rules()
    report(town, LAMP, now=MONDAY - timedelta(days=30))
    report(town, LAMP, grid=2)
    report(town, LAMP)
    report(town, LAMP)
    deliver_all()
    assert not sources().exists()


@pytest.mark.slow
def test_without_rules_nothing_is_raised(town):
    for _ in range(6):
        report(town, LAMP)
    deliver_all()
    assert not sources().exists()


def test_the_sample_rules_ship_and_hold(town):
    assert events.plant_sample_group_policy(now=MONDAY)
    assert not events.plant_sample_group_policy(now=MONDAY)
    assert events.group_rules(MONDAY)[""]["recur_count"] > 1


@given(metres=st.floats(0, 300), nearer=st.floats(0, 300), likeness=st.floats(0, 1), days=st.integers(0, 30))
def test_nearer_is_never_ranked_lower(metres, nearer, likeness, days):
    rules, age = near.NearRules(), timedelta(days=days)
    far, close_by = max(metres, nearer), min(metres, nearer)
    at = [near.nearness(near.Spot(True, place, age, likeness), rules) for place in (far, close_by)]
    assert 0 <= at[0] <= at[1] <= 1.0000001
