"""What `linli evaluate` prints for issues, replies, duplicates; and what it says about files it cannot use."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from linli.events.rules.replies import FEATURES, core_of, features_of
from linli.events.rules.replies_model import Answered, ReplyModel, ReplyModelError, train_replies
from linli.events.tests.test_hot import town

EMPTY = ("您好!留言已收悉。", "你好,已转相关部门处理。", "您好!您反映的问题已转交有关部门,感谢您的留言。", "请咨询{}。")
FULL = (
    "您好!经核实,{}的路灯因电缆老化停用。城管中队已于3月2日更换电缆,现已恢复照明。如再有问题,请致电我们。",
    "您好!根据《物业管理条例》第二十八条,{}的公共收益归业主共有。社区已要求物业在4月底前公示账目。",
    "您好!经现场调查,{}共有12户没有接通燃气,因为管道未入户。燃气公司计划6月15日前完成安装。",
)
PLACES = ("学府社区", "和平路", "南苑小区", "东门市场", "望月家园")


def write(path, rows):
    with path.open("w", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def replies() -> list[Answered]:
    return [
        Answered(f"{place}的问题{n}怎么办", text.format(place) + "。" * (n % 3), perfunctory=text in EMPTY)
        for n in range(4)
        for place in PLACES
        for text in (*EMPTY, *FULL)
    ]


def test_hot_prints_ranked_issues(tmp_path):
    rows = [{"msg_id": one.key, "user": one.person, "title": one.title, "body": one.text,
             "time": one.at.strftime("%Y/%m/%d %H:%M:%S"), "likes": 0} for one in town()]  # fmt: skip
    out = StringIO()
    call_command("evaluate", "hot", messages=write(tmp_path / "m.csv", rows), json=True, stdout=out)
    issues = json.loads(out.getvalue())["issues"]
    assert [one["rank"] for one in issues] == list(range(1, len(issues) + 1))
    first = issues[0]
    assert set(first) >= {"rank", "title", "place", "from", "to", "people", "messages"}
    assert (first["place"], first["people"], first["from"]) == ("清风新城", 5, "2026-03-01")


def test_a_time_that_is_no_date_is_named(tmp_path):
    rows = [{"msg_id": "1", "user": "a", "title": "t", "body": "b", "time": "yesterday"}]
    with pytest.raises(CommandError, match="'yesterday' of message 1"):
        call_command("evaluate", "hot", messages=write(tmp_path / "m.csv", rows))


def test_duplicates_are_judged_by_another_means(tmp_path):
    text = "学府社区三栋楼下的路灯坏了半个月,晚上老人下楼看不见台阶,请尽快派人来修"
    texts = [text, f"请帮忙:{text}", "和平路早上有人遛狗不牵绳,孩子上学害怕,希望有人管一管"]
    out = StringIO()
    rows = [{"title": "", "body": one} for one in texts]
    call_command("evaluate", "duplicates", messages=write(tmp_path / "m.csv", rows), json=True, stdout=out)
    assert json.loads(out.getvalue()) == {"precision": 1.0, "recall": 1.0, "pairs": 1, "found": 1, "messages": 3}


@pytest.mark.slow
def test_reply_is_judged_on_rows_it_did_not_see(tmp_path):
    rows = [{"title": one.asked, "body": "", "reply": one.reply, "human_explainable_A": int(not one.perfunctory)}
            for one in replies()]  # fmt: skip
    out = StringIO()
    first, second = write(tmp_path / "a.csv", rows[::2]), write(tmp_path / "b.csv", rows[1::2])
    call_command("evaluate", "reply", train=first, test=second, keep=tmp_path / "m.npz", json=True, stdout=out)
    figures = json.loads(out.getvalue())
    assert figures["class"] == "perfunctory"
    assert figures["f1"] > 0.9
    assert figures["auc"] > 0.95
    assert ReplyModel.load(tmp_path / "m.npz").probability(replies()).shape == (140,)


def test_a_model_needs_both_kinds_and_a_damaged_one_is_refused(tmp_path):
    with pytest.raises(ReplyModelError, match="too few"):
        train_replies([one for one in replies() if one.perfunctory])
    (tmp_path / "m.npz").write_bytes(b"no")
    with pytest.raises(ReplyModelError, match="can be read"):
        ReplyModel.load(tmp_path / "m.npz")


@pytest.mark.slow
def test_a_saved_model_answers_as_before(tmp_path):
    model = train_replies(replies())
    model.save(tmp_path / "m.npz")
    assert ReplyModel.load(tmp_path / "m.npz").probability(replies()) == pytest.approx(
        model.probability(replies()), abs=1e-3
    )


def test_courtesy_is_not_the_core():
    assert core_of("尊敬的网友:您好! 您的问题已经解决。感谢您对我们工作的支持! 2026年3月2日") == "您的问题已经解决。"
    assert len(features_of("路灯坏了", "路灯已修好")) == len(FEATURES)
