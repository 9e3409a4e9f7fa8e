"""A county learns what it calls perfunctory: the file, the part held out, taking over, the reasons, rolling back."""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from linli.events.actions.learn_replies import learn_replies, roll_back_replies
from linli.events.actions.learned import NothingToRollBackError, VersionNameError
from linli.events.models import Event
from linli.events.queries import reply_model
from linli.events.queries.replies import REPLY_COLUMNS, judged_replies
from linli.events.rules.replies_model import FOLDS, Answered, ReplyModelError, parts_of, train_replies
from linli.events.rules.reply_reasons import REASONS, reasons_for
from linli.events.tests.test_evaluations import EMPTY, FULL, PLACES, replies
from linli.kernel import slots
from tests.town import MONDAY, build_town, report

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BARE = "您好!您的留言已收悉。"


@pytest.fixture
def data(settings, tmp_path, db, keys_in_memory):
    settings.DATA = tmp_path
    reply_model._loaded.cache_clear()
    yield tmp_path
    reply_model._loaded.cache_clear()


def judged():
    """Return replies that all begin differently, so that some of either kind can be held out."""
    return [
        Answered(f"{place}第{n}栋的问题怎么办", f"{n}号答复员{place}:{text.format(place)}", perfunctory=text in EMPTY)
        for n in range(4)
        for place in PLACES
        for text in (*EMPTY, *FULL)
    ]


def write(path, rows):
    with path.open("w", newline="") as target:
        writer = csv.DictWriter(target, REPLY_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def rows():
    return [
        {"number": n, "title": one.asked, "body": "", "reply": one.reply, "perfunctory": int(one.perfunctory)}
        for n, one in enumerate(judged())
    ]


def test_without_a_model_the_rules_speak_alone(data):
    assert reply_model.current_reply_model() is None
    assert reply_model.model_doubt("路灯坏了", BARE) is None
    with pytest.raises(NothingToRollBackError):
        roll_back_replies()


@pytest.mark.slow
def test_a_learned_model_is_judged_and_takes_over_and_rolls_back(data):
    said = learn_replies(replies=judged(), version="ours-1", now=NOW)
    assert said.compared_with == "rules"
    assert said.after["f1"] >= said.before["f1"]
    assert said.in_use
    assert said.held_out >= 10
    doubt = reply_model.model_doubt("路灯坏了怎么办", BARE)
    assert (doubt.code, doubt.version) == ("perfunctory", "ours-1")
    assert set(doubt.reasons) <= set(REASONS)
    assert reply_model.model_doubt("南苑小区的路灯坏了", FULL[0].format("南苑小区")) is None
    assert learn_replies(replies=judged(), version="ours-2", now=NOW, force=True).compared_with == "ours-1"
    assert [roll_back_replies(), roll_back_replies()] == ["ours-1", ""]
    assert reply_model.model_doubt("路灯坏了怎么办", BARE) is None


@pytest.mark.slow
def test_a_worse_model_is_kept_but_not_used(data):
    learn_replies(replies=judged(), version="good", now=NOW, force=True)
    held_out = parts_of(judged()) == FOLDS - 1
    twisted = [
        replace(one, perfunctory=one.perfunctory is bool(out)) for one, out in zip(judged(), held_out, strict=True)
    ]
    said = learn_replies(replies=twisted, version="noise", now=NOW)
    assert said.after["f1"] < said.before["f1"]
    assert not said.in_use
    assert reply_model.current_reply_model()[0] == "good"


@pytest.mark.slow
def test_a_damaged_model_leaves_the_rules_alone(data):
    learn_replies(replies=judged(), version="ours", now=NOW, force=True)
    reply_model.reply_model_path("ours").write_bytes(b"no")
    reply_model._loaded.cache_clear()
    with pytest.raises(ReplyModelError):
        reply_model.current_reply_model()
    assert reply_model.model_doubt("路灯坏了", BARE) is None


@pytest.mark.parametrize("name", ["", "../up", "a b"])
def test_version_names_cannot_leave_the_folder(data, name):
    with pytest.raises(VersionNameError):
        learn_replies(replies=judged(), version=name, now=NOW)


def test_reasons_are_seen_in_the_reply():
    model = train_replies(replies())
    told = reasons_for(model, Answered("路灯坏了怎么办", "您好!您反映的问题已转交有关部门。"))
    assert told[0] == "short"
    assert {"asks_more", "promised", "wording"}.isdisjoint(told)
    assert len(told) <= 3
    assert "short" not in reasons_for(model, Answered("路灯坏了怎么办", FULL[0].format("南苑小区") * 3))


@pytest.mark.slow
def test_the_command_learns_from_a_judged_file_and_rolls_back(data):
    out = StringIO()
    path = write(data / "judged.csv", [*rows(), {**rows()[0], "perfunctory": ""}])
    call_command("learn_replies", file=path, out="ours", json=True, stdout=out)
    shown = json.loads(out.getvalue())
    assert shown["in_use"] is True
    assert shown["trained_on"] + shown["held_out"] == len(rows())
    out = StringIO()
    call_command("learn_replies", rollback=True, stdout=out)
    assert out.getvalue().split() == ["in_use", "rules"]


def test_a_file_that_is_judged_otherwise_is_refused(data):
    path = write(data / "odd.csv", [{**rows()[0], "perfunctory": "maybe"}])
    with pytest.raises(slots.NotJudgeableError, match="maybe"):
        judged_replies(path)
    with pytest.raises(CommandError, match="too few"):
        call_command("learn_replies", file=write(data / "few.csv", rows()[:5]))


def test_the_sheet_holds_own_replies_without_names_to_be_judged(data):
    receipt = report(build_town(), "居民李建国反映3栋2单元501室楼道灯坏了")
    said = {"closed_at": MONDAY, "close_reason": "solved", "state": "closed", "public_answer": "王女士您好,灯已换好。"}
    Event.objects.filter(pk=receipt.event_id).update(**said)
    call_command("learn_replies", sheet=data / "sheet.csv", stdout=StringIO())
    with (data / "sheet.csv").open(encoding="utf-8-sig") as source:
        (row,) = csv.DictReader(source)
    assert row["perfunctory"] == ""
    assert "王女士" not in row["reply"]
    assert "李建国" not in row["title"] + row["body"]
