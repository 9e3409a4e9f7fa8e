"""The texts that go out: what ships is good, what is broken is refused, and nothing a value says is read as a place."""

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.queries.policies import sample_policies, text_of
from linli.events.rules.message_texts import (
    KINDS,
    LONGEST,
    as_it_reads,
    default_texts,
    fill,
    labels,
    places_of,
    problems_of_texts,
)
from tests.town import MONDAY

RECEIPT = {"number": "N-1", "unit": "南苑街道办事处", "day": "6月5日"}


def test_every_kind_has_a_name_and_a_good_text_that_ships():
    assert set(KINDS) == set(labels()) == set(default_texts())
    assert problems_of_texts(default_texts()) == []
    assert all("{" not in as_it_reads(text) for text in default_texts().values())
    assert places_of("work").startswith("{unit} ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("  ", "内容为空"),
        (7, "内容为空"),
        ("已收到，请放心", "必须写上 {number}"),
        ("编号{number}，{phone}联系您", "没有 {phone} 这个占位符"),
        ("编号{number}，{ unit }", "没有 { unit } 这个占位符"),
        ("编号{number}，{number.__class__}", "占位符"),
        ("编号{number}，{unit", "没有成对"),
        ("编号{number}" + "好" * LONGEST, "上限"),
    ],
)
def test_a_text_that_helps_nobody_is_refused_in_a_sentence(text, says):
    (problem,) = problems_of_texts({"receipt": text})
    assert says in problem
    assert problem.startswith(labels()["receipt"])


def test_an_unknown_message_is_refused():
    assert len(problems_of_texts({"birthday": "生日快乐"})) == 1


def test_the_longest_answer_counts_before_it_is_there():
    text = "{number}{answer}" + "好" * 100
    assert problems_of_texts({"follower": text}) == []
    assert problems_of_texts({"answer": text}), "its link has to fit as well"


def test_what_a_value_says_is_never_a_place():
    assert fill("{number}：{answer}", {"number": "N-1", "answer": "{number}{x}", "x": 1}) == "N-1：{number}{x}"


@pytest.mark.django_db
def test_the_version_that_holds_now_speaks_and_what_it_leaves_out_has_the_text_that_ships():
    sample = sample_policies()["texts"]
    assert text_of("receipt", RECEIPT, now=MONDAY) == fill(sample["receipt"], RECEIPT)
    draft = events.draft_policy(
        kind="texts", content={"receipt": "{unit}收到了：{number}"}, by=accounts.SYSTEM, now=MONDAY
    )
    assert text_of("receipt", RECEIPT, now=MONDAY) == fill(sample["receipt"], RECEIPT)
    events.put_policy_in_force(policy_id=draft.pk, since=MONDAY, by=accounts.SYSTEM, now=MONDAY)
    assert text_of("receipt", RECEIPT, now=MONDAY) == "南苑街道办事处收到了：N-1"
    assert text_of("task", {"number": "N-1"}, now=MONDAY).endswith("（N-1）")
    with pytest.raises(events.PolicyRefusedError, match="必须写上"):
        events.draft_policy(kind="texts", content={"receipt": "收到了"}, by=accounts.SYSTEM, now=MONDAY)
