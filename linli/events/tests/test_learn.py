"""Learning and evaluating: files, held-out parts, taking over, rolling back, the commands."""

import csv
import gzip
import json
import os
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from linli.events.actions.learn import hold_out, learn_classifier, roll_back_classifier
from linli.events.actions.learned import NothingToRollBackError, VersionNameError
from linli.events.management.commands import learn as command
from linli.events.queries import classifier, evaluation
from linli.events.rules.classify import Grams
from linli.events.rules.classify_training import Example, Recipe
from linli.events.sample import matters

NOW = datetime(2026, 11, 1, tzinfo=UTC)
QUICK = Recipe(members=("ridge",), folds=2)
SHARED = Path(os.environ.get("LINLI_SHARED_DATA", Path(__file__).resolve().parents[3].parent / "shared" / "data"))
COMPLAINTS = SHARED / "complaints" / "complaints_dev.csv.gz"
COLUMNS = ("msg_id", "label", "title", "body", "tokens", "has_raw")


@cache
def some(per_matter=30, codes=("0203", "0404", "0901")):
    return [Example(*one) for one in matters.generated_texts(per_matter) if one[1] in codes]


def write(path, rows):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def labelled(examples):
    return [
        {
            "msg_id": n,
            "label": one.code,
            "title": one.text[:8],
            "body": one.text[8:],
            "tokens": " ".join(one.text),
            "has_raw": n % 2,
        }
        for n, one in enumerate(examples)
    ]


def teach(version, **rest):
    inside, outside = hold_out(some())
    return learn_classifier(
        examples=inside, held_out=outside, **{"version": version, "now": NOW, "recipe": QUICK, **rest}
    )


@pytest.fixture
def data(settings, tmp_path, db, keys_in_memory):
    settings.DATA = tmp_path
    classifier._shelf._loaded = None
    yield tmp_path
    classifier._shelf._loaded = None


def test_classify_uses_the_shipped_model_at_first(data):
    assert classifier.current_classifier().version == "sample-1"
    assert classifier.classify("楼道里有很浓的煤气味")[0].code == "0404"


@pytest.mark.slow
def test_learning_takes_over_when_not_worse_and_rolls_back(data):
    report = teach("mine-1", force=True)
    assert report.in_use
    assert report.held_out > 0
    assert classifier.current_classifier().version == "mine-1"
    assert roll_back_classifier() == ""
    assert classifier.current_classifier().version == "sample-1"
    with pytest.raises(NothingToRollBackError):
        roll_back_classifier()


@pytest.mark.slow
def test_learning_something_worse_does_not_take_over(data):
    teach("good", force=True)
    blind = Recipe(members=("ridge",), folds=2, grams=Grams((9,)))
    report = teach("blind", recipe=blind)
    assert report.after["accuracy"] < report.before["accuracy"]
    assert not report.in_use
    assert classifier.current_classifier().version == "good"


@pytest.mark.parametrize("name", ["", "../up", "a b", "x" * 61])
def test_version_names_cannot_leave_the_folder(data, name):
    with pytest.raises(VersionNameError):
        teach(name)


@pytest.mark.slow
def test_version_names_are_used_once(data):
    teach("once")
    with pytest.raises(VersionNameError):
        teach("once")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["raw", "tokens"])
def test_evaluate_prints_one_object_last(data, kind):
    rows = labelled(some(40))
    first, second = write(data / "train.csv", rows[::2] + rows[1::4]), write(data / "test.csv.gz", rows[3::4])
    out = StringIO()
    call_command("evaluate", "classify", train=first, test=second, text=kind, json=True, stdout=out)
    shown = json.loads(out.getvalue().splitlines()[-1])
    assert shown["macro_f1"] > 0.8
    assert set(shown) >= {"macro_f1", "accuracy", "accuracy_at_80", "per_class"}
    assert set(shown["per_class"]["0203"]) == {"precision", "recall", "f1", "n"}


@pytest.mark.slow
def test_evaluate_without_a_test_file_cross_validates(data):
    path = write(data / "train.csv", labelled(some(30)))
    shown = evaluation.evaluate_classifier(learn_from=path, test_on=path, kind="raw", now=NOW)
    assert shown["method"] == "cross-validation"
    assert shown["n"] == len(evaluation.rows_to_test(evaluation.read_labelled(path), "raw"))


@pytest.mark.slow
def test_evaluate_leaves_test_rows_out_of_training(data):
    rows = labelled(some(30))
    path, test = write(data / "train.csv", rows), write(data / "test.csv", rows[:20])
    shown = evaluation.evaluate_classifier(learn_from=path, test_on=test, kind="tokens", now=NOW)
    assert shown["trained_on"] <= len(rows) - 20


def test_evaluate_of_a_file_without_labels_says_what_to_do(data):
    (data / "bad.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="label, title, body, tokens"):
        call_command("evaluate", "classify", train=data / "bad.csv")
    with pytest.raises(CommandError, match="There is no file"):
        call_command("evaluate", "classify", train=data / "none.csv")


@pytest.mark.slow
def test_learn_command_learns_from_a_file_and_rolls_back(data):
    path = write(data / "mine.csv", labelled(some(30)))
    out = StringIO()
    call_command("learn", file=path, out="from-file", force=True, json=True, stdout=out)
    assert json.loads(out.getvalue())["in_use"] is True
    out = StringIO()
    call_command("learn", rollback=True, json=True, stdout=out)
    assert json.loads(out.getvalue()) == {"in_use": "sample"}


@pytest.mark.slow
@pytest.mark.skipif(not COMPLAINTS.exists(), reason=f"real messages are not at {COMPLAINTS}; set LINLI_SHARED_DATA")
def test_real_messages_reach_the_promised_quality(data):
    rows = evaluation.read_labelled(COMPLAINTS)[::3]
    start, test = write_slice(data / "train.csv", rows, 1), write_slice(data / "test.csv", rows, 0)
    shown = evaluation.evaluate_classifier(learn_from=start, test_on=test, kind="tokens", now=NOW)
    assert shown["macro_f1"] > 0.87
    assert shown["accuracy_at_80"] > 0.95


def write_slice(path, rows, keep):
    chosen = [row for n, row in enumerate(rows) if (n % 4 != 0) == bool(keep)]
    return write(path, [{name: row[name] for name in COLUMNS} for row in chosen])


@pytest.mark.slow
def test_hold_out_keeps_groups_together():
    inside, outside = hold_out(some(60))
    assert {one.group for one in inside}.isdisjoint(one.group for one in outside)
    assert 0.1 < len(outside) / (len(inside) + len(outside)) < 0.35


@pytest.mark.slow
def test_learn_command_joins_history_with_the_texts_that_ship(data, monkeypatch):
    told = [(one.text + "啊", one.code) for one in some(20)]
    monkeypatch.setattr(command, "training_examples", lambda: iter(told))
    few = [(one.text, one.code, one.group) for one in some()]
    monkeypatch.setattr(matters, "generated_texts", lambda: iter(few))
    out = StringIO()
    call_command("learn", history=True, out="from-history", force=True, json=True, stdout=out)
    shown = json.loads(out.getvalue())
    assert shown["in_use"] is True
    assert shown["held_out"] > len(told) / 6


def test_learn_command_refuses_a_file_too_small_to_hold_out(data):
    path = write(data / "tiny.csv", labelled([Example("井盖坏", "0203"), Example("煤气味", "0404")]))
    with pytest.raises(CommandError, match="too few texts"):
        call_command("learn", file=path, out="tiny")
