"""The voice of the people: hot issues keep their id, replies are looked over, answers become public without names."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.actions.publish import PublicAlreadyError
from linli.events.rules.answer_drafts import drafts_of
from linli.events.rules.hot_carry import carried_on
from linli.events.rules.reply_check import doubts_about
from linli.trust import api as trust
from tests.duties import DUTIES
from tests.town import MONDAY, Town, build_town, report

GOOD = "您好!经核实,3栋楼道的灯是线路老化,社区已于11月16日换好,现已恢复照明。如再有问题请告诉我们。"
SAID = (
    "学府社区清风新城旁边的搅拌站半夜施工,噪音大得睡不着",
    "投诉清风新城附近搅拌站粉尘和噪音扰民",
    "清风新城边上建搅拌站,灰尘满天,窗户不敢开",
    "搅拌站离清风新城不到百米,车辆日夜进出噪音大",
    "请管一管清风新城附近的搅拌站,噪音粉尘污染",
)
groups = st.lists(st.frozensets(st.sampled_from("abcdefghij"), min_size=1), max_size=6)


@pytest.mark.slow
@given(st.dictionaries(st.integers(), st.frozensets(st.sampled_from("abcdefghij"), min_size=1), max_size=6), groups)
def test_no_issue_goes_on_in_two_groups(known, found):
    carried = [key for key in carried_on(known, found) if key is not None]
    assert len(carried) == len(set(carried))
    assert len(carried_on(known, found)) == len(found)


def test_an_issue_goes_on_where_most_of_its_events_are():
    assert carried_on({"old": {"1", "2", "3"}}, [{"1", "2", "3", "4"}, {"3", "9", "8"}]) == ["old", None]
    assert carried_on({"old": {"1", "2", "3"}}, [{"7", "8"}]) == [None]


@pytest.mark.parametrize(
    ("asked", "reply", "doubts"),
    [
        ("3栋楼道的灯坏了", GOOD, set()),
        ("3栋楼道的灯坏了", "您好!您的留言已收悉。", {"on_topic", "complete", "explained"}),
        (
            "楼道的灯什么时候修",
            "您好!楼道的灯坏了我们已经知道,因为线路老化,社区已安排电工来修,请您放心。",
            {"complete"},
        ),
        ("3栋楼道的灯坏了", GOOD.replace("如再有问题请告诉我们", "不要无理取闹"), {"polite"}),
    ],
)
def test_a_reply_is_looked_over(asked, reply, doubts):
    found = doubts_about(asked=asked, reply=reply, due=MONDAY, now=MONDAY)
    assert {one.code for one in found} == doubts


def test_a_late_reply_is_told():
    found = doubts_about(asked="楼道灯", reply=GOOD, due=MONDAY, now=MONDAY + timedelta(hours=1))
    assert [one.code for one in found if one.code == "on_time"] == ["on_time"]


def test_a_draft_fills_in_what_is_known_and_leaves_a_line_for_the_rest():
    drafts = drafts_of([{"name": "a", "text": "{place}的{title}已由{unit}处理,{wish}"}, {"name": "b"}],
                       {"place": "青石巷", "title": "路灯", "unit": "城管"})  # fmt: skip
    assert drafts == [("a", "青石巷的路灯已由城管处理,____")]


def test_the_drafts_of_the_matter_stand_in_the_form_of_the_answer_without_a_script(town, client):
    items = [{**DUTIES[0], "templates": [{"name": "已修复", "text": "{matter}（{number}）已由{unit}修好，{day}。"}]}]
    events.put_in_force(duty_list=events.add_duty_list(name="清单", source="测试", items=items, now=MONDAY), now=MONDAY)
    number = report(town).number
    (draft,) = events.answer_drafts(events.Event.objects.get(number=number), MONDAY)
    assert draft == ("已修复", f"楼道照明（{number}）已由南苑社区居委会修好，2026年11月16日。")
    worker = town.actor("community_worker")
    events.accept_event(event_id=events.Event.objects.get(number=number).id, by=worker, now=MONDAY)
    with time_machine.travel(MONDAY):
        client.force_login(town.people["community_worker"])
        page = client.get(f"/desk/e/{number}").content.decode()
    assert f'data-insert="{draft[1]}"' in page
    assert f"<dd>{draft[1]}</dd>" in page


@pytest.fixture
def town(db) -> Town:
    return build_town()


def crowd(town: Town, sentences=SAID) -> list[events.Receipt]:
    return [report(town, text, phone=f"1380000{number:04d}") for number, text in enumerate(sentences)]


@pytest.mark.slow
def test_what_many_report_is_found_and_keeps_its_id(town):
    crowd(town)
    (first,) = events.find_hot(now=MONDAY + timedelta(hours=1))
    assert (first.people, first.size, first.place_name) == (5, 5, "清风新城")
    report(town, "清风新城附近的搅拌站噪音太大了,粉尘也大", phone="13900009999")
    (again,) = events.find_hot(now=MONDAY + timedelta(hours=2))
    assert (again.id, again.people) == (first.id, 6)


@pytest.mark.slow
def test_one_reporter_is_one_person_however_often_they_write(town):
    for text in SAID:
        report(town, text, phone="13800000001")
    assert events.find_hot(now=MONDAY + timedelta(hours=1)) == []


@pytest.mark.slow
def test_an_issue_cools_down_and_another_county_never_sees_it(town):
    crowd(town)
    events.find_hot(now=MONDAY + timedelta(hours=1))
    assert events.hot_issues_seen_by(town.actor("dispatcher")).count() == 1
    assert events.hot_issues_seen_by(town.actor("outsider")).count() == 0
    events.find_hot(now=MONDAY + timedelta(days=200))
    assert events.hot_issues_seen_by(town.actor("dispatcher")).count() == 0
    assert events.hot_issues_seen_by(town.actor("dispatcher"), cooled=True).count() == 1


@pytest.mark.slow
def test_a_public_answer_holds_no_personal_data_and_is_found_by_words(town):
    receipt = report(town, "3栋楼道的灯坏了")
    words = {"question": "楼道灯坏了怎么办", "asked": "我的电话13800001111", "answer": "请联系身份证110101199003070038"}
    made = events.publish_answer(event_id=receipt.event_id, by=accounts.SYSTEM, now=MONDAY, **words)
    assert "13800001111" not in made.asked
    assert "110101199003070038" not in made.answer
    assert list(events.public_answers("楼道灯")) == [made]
    assert list(events.public_answers("搅拌站")) == []
    with pytest.raises(PublicAlreadyError):
        events.publish_answer(event_id=receipt.event_id, by=accounts.SYSTEM, now=MONDAY, **words)
    events.withdraw_answer(answer_id=made.id, by=accounts.SYSTEM, now=MONDAY)
    assert list(events.public_answers()) == []


def test_only_who_may_check_makes_answers_public(town):
    receipt = report(town, "3栋楼道的灯坏了")
    words = {"question": "问", "asked": "", "answer": "答"}
    for name in ("outsider", "old_wu"):
        with pytest.raises(trust.NotAllowed):
            events.publish_answer(event_id=receipt.event_id, by=town.actor(name), now=MONDAY, **words)
