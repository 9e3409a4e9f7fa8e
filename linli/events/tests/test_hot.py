"""Hot issues: what many people write about one thing at one place is one issue, and another thing there is another."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.events.rules.hot import Message, hot_issues, trend_of
from linli.events.rules.hot_names import names_in
from linli.events.sample.matters import generated_texts

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
MIXER = (
    "{place}旁边的搅拌站半夜施工,噪音大得睡不着",
    "投诉{place}附近搅拌站粉尘和噪音扰民",
    "{place}边上建搅拌站,灰尘满天,窗户不敢开",
    "搅拌站离{place}不到百米,车辆日夜进出噪音大",
    "请管一管{place}附近的搅拌站,噪音粉尘污染",
)
PARKING = (
    "{place}开发商捆绑销售车位,不买车位不让签合同",
    "投诉{place}强制捆绑销售车位",
    "{place}购房必须同时买车位,合理吗",
    "反对{place}捆绑车位销售,请退还车位款",
)
BACKGROUND = 160


def told(sentences: tuple[str, ...], place: str, *, first: int, people: int = 0) -> list[Message]:
    return [
        Message(
            f"{first + number:04d}", f"person-{people or first + number}", text.format(place=place),
            "", START + timedelta(days=number),
        )
        for number, text in enumerate(sentences)
    ]  # fmt: skip


def background() -> list[Message]:
    texts = [text for text, _code, _phrase in generated_texts(2)][:BACKGROUND]
    return [Message(f"9{number:04d}", f"other-{number}", text, "", START + timedelta(hours=number))
            for number, text in enumerate(texts)]  # fmt: skip


def town() -> list[Message]:
    return [
        *told(MIXER, "清风新城", first=100),
        *told(PARKING, "清风新城", first=200),
        *told(PARKING, "望月家园", first=300),
        *background(),
    ]


def keys(issue) -> set[str]:
    return {one.key for one in issue.messages}


def test_two_things_at_one_place_stay_apart() -> None:
    found = [keys(one) for one in hot_issues(town())]
    assert {f"{100 + n:04d}" for n in range(5)} in found
    assert not any({"0100", "0200"} <= group for group in found)


def test_the_same_messages_in_another_order_give_the_same_issues() -> None:
    assert hot_issues(town()) == hot_issues(reversed(town()))


def test_one_person_who_writes_often_is_not_hot() -> None:
    found = [keys(one) for one in hot_issues([*told(MIXER, "清风新城", first=100, people=7), *background()])]
    assert not any("0100" in group for group in found)


def test_the_name_of_the_place_and_what_made_the_heat_are_told() -> None:
    issue = next(one for one in hot_issues(town()) if "0100" in keys(one))
    assert issue.name is not None
    assert issue.name.text == "清风新城"
    assert (issue.people, issue.busiest, issue.likes) == (5, 5, 0)
    assert issue.since == START
    assert issue.until == START + timedelta(days=4)


def test_likes_warm_but_do_not_replace_people() -> None:
    liked = [
        Message(one.key, one.person, one.title, one.text, one.at, 5000) if one.key == "0300" else one for one in town()
    ]
    issue = {one.typical.key[:2]: one.heat for one in hot_issues(liked)}
    plain = {one.typical.key[:2]: one.heat for one in hot_issues(town())}
    assert plain["03"] < issue["03"] < 3 * plain["03"]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_messages_are_no_issue(count: int) -> None:
    assert hot_issues(town()[:count]) == []


def test_trend_counts_people_of_two_months() -> None:
    messages = told(MIXER, "清风新城", first=100)
    assert trend_of(messages, START + timedelta(days=32)) == (2, 3)


@pytest.mark.parametrize(
    "said", ["下班路上被车撞了", "出租车师傅一路抽烟", "孩子放学路上没有路灯", "上高速公路怎么收费"]
)
def test_a_way_without_a_name_is_no_place(said):
    assert not [name for name in names_in([said], part=0.5) if name.endswith("路")]


def test_a_street_with_a_name_is_a_place():
    assert "五星一路" in names_in(["五星一路积水"], part=0.5)
