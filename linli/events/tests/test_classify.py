"""The classifier: features, figures, calibration, files, speed, and how it learns."""

import json
import pickle
import threading
import time
import zipfile
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.events.rules.classify import BUCKETS, Classifier, Grams, ModelFileError, gram_buckets
from linli.events.rules.classify_scores import Judged, figures, sharpness, threshold
from linli.events.rules.classify_training import (
    Example,
    Recipe,
    TooFewExamplesError,
    cross_validate,
    distinct,
    judge,
    train,
)
from linli.events.sample import matters

NOW = datetime(2026, 11, 1, tzinfo=UTC)
UNITS = "csgl zjj jtj jyj wjj sthj rsj scjg gaj mzj zrzy slj yjj wltj gongshui gongdian ranqi"
CODES = ("0203", "0404", "0901", "1204")


def some(per_matter=40):
    return [Example(*one) for one in matters.generated_texts(per_matter) if one[1] in CODES]


@pytest.fixture(scope="module")
def small():
    return train(some(), version="small-1", now=NOW, recipe=Recipe(members=("ridge", "ratio"), folds=3))


@pytest.mark.slow
def test_classify_names_the_matter_with_three_falling_probabilities(small):
    found = small.classify("路上一个井盖不见了，小孩差点掉下去")
    assert found[0].code == "0203"
    assert len(found) == 3
    assert [one.probability for one in found] == sorted((one.probability for one in found), reverse=True)
    assert 0.25 < found[0].probability <= 1


@pytest.mark.parametrize("text", ["", "  \n", "🀄🀄🀄"])
def test_classify_says_nothing_where_it_knows_nothing(small, text):
    assert small.classify(text) == ()


@given(st.text(max_size=300))
def test_grams_stay_inside_the_table_and_ignore_blanks(text):
    found = gram_buckets(text, Grams((1, 2, 3), opening=9))
    assert ((found >= 0) & (found < BUCKETS)).all()
    assert (found == gram_buckets(f" {text}\n", Grams((1, 2, 3), opening=9))).all()


def test_grams_make_width_and_case_equal():
    assert (gram_buckets("ＡＢ１２区", Grams()) == gram_buckets("ab12区", Grams())).all()


@pytest.mark.slow
def test_training_twice_gives_the_same_model(small):
    again = train(some(), version="small-1", now=NOW, recipe=Recipe(members=("ridge", "ratio"), folds=3))
    assert np.array_equal(again.weights, small.weights)
    assert again.meta == small.meta


def test_model_file_round_trip_keeps_answers_and_metadata(small, tmp_path):
    small.save(tmp_path / "model.npz")
    loaded = Classifier.load(tmp_path / "model.npz")
    assert (loaded.version, loaded.threshold, loaded.codes) == ("small-1", small.threshold, small.codes)
    before, after = (one.classify("老板拖欠工资三个月") for one in (small, loaded))
    assert [one.code for one in before] == [one.code for one in after]
    assert before[0].probability == pytest.approx(after[0].probability, abs=0.01)


def test_model_file_holds_only_plain_arrays(small, tmp_path):
    small.save(tmp_path / "model.npz")
    with zipfile.ZipFile(tmp_path / "model.npz") as archive:
        assert all(b"'|O'" not in archive.read(name)[:128] for name in archive.namelist())


class Trap:
    def __reduce__(self):
        return (pytest.fail, ("a model file ran code",))


def test_model_file_with_a_pickle_is_refused(tmp_path):
    (tmp_path / "evil.npz").write_bytes(pickle.dumps(Trap()))
    np.savez(tmp_path / "evil2.npz", meta=np.array([{}], dtype=object))
    for name in ("evil.npz", "evil2.npz", "missing.npz"):
        with pytest.raises(ModelFileError):
            Classifier.load(tmp_path / name)


def test_threads_share_one_model(small):
    answers = []
    work = [threading.Thread(target=lambda: answers.append(small.classify("狗没拴绳咬人"))) for _ in range(8)]
    for one in work:
        one.start()
    for one in work:
        one.join()
    assert len(set(answers)) == 1


def test_too_few_examples_are_refused():
    with pytest.raises(TooFewExamplesError):
        train([Example("一", "a"), Example("二", "b")], version="x", now=NOW, recipe=Recipe())


def test_distinct_drops_empty_and_repeated_texts():
    assert distinct([Example("甲 乙", "1"), Example("甲乙", "2"), Example(" ", "1")]) == [Example("甲 乙", "1")]


def test_cross_validation_never_separates_a_group():
    twins = [
        Example(f"{word}{n}", code, group=word)
        for code in "ab"
        for n in range(6)
        for word in ("甲" + code, "乙" + code)
    ]
    judged = cross_validate(twins, recipe=Recipe(members=("ridge",), folds=2))
    assert judged.scores.shape == (24, 2)


def judged(*rows):
    return Judged(
        ("a", "b"), np.array([truth for truth, _, _ in rows]), np.array([row[1:] for row in rows], dtype=float)
    )


def test_figures_of_a_known_table():
    shown = figures(judged((0, 2, 0), (0, 0, 1), (1, 0, 3), (1, 0, 2), (1, 0, 5)))
    assert shown["accuracy"] == pytest.approx(0.8)
    assert shown["accuracy_at_80"] == 1.0
    assert shown["per_class"]["a"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "n": 2}
    assert shown["macro_f1"] == pytest.approx((2 / 3 + 6 / 7) / 2)


def test_threshold_is_one_where_nothing_is_dependable():
    assert threshold(judged((1, 2, 0), (1, 3, 0)), precision=0.9) == 1.0


def test_sharpness_grows_with_being_right():
    right, unsure = judged(*[(0, 1, 0)] * 20), judged(*[(0, 1, 0), (1, 1, 0)] * 10)
    assert sharpness(right) > sharpness(unsure)


def test_sharpness_leaves_out_truths_without_a_code():
    assert sharpness(judged((0, 1, 0), (0, 1, 0), (-1, 5, 0))) == sharpness(judged((0, 1, 0), (0, 1, 0)))
    assert sharpness(judged((-1, 5, 0))) == 1.0


def test_sample_phrases_words_and_sentences_cover_every_matter():
    codes = {item["code"] for item in matters.duty_list()["items"]}
    assert {code for _, code, _ in matters.generated_texts(1)} == codes
    written = [code for _, code in matters.handwritten_texts()]
    assert set(written) == codes
    assert min(written.count(code) for code in codes) >= 12


@pytest.mark.slow
def test_sample_training_texts_hold_no_handwritten_sentence():
    generated = {text for text, _, _ in matters.generated_texts()}
    assert not generated & {text for text, _ in matters.handwritten_texts() if len(text) > 6}


def test_shipped_model_reads_sentences_it_never_saw():
    model = Classifier.load(matters.MODEL)
    unseen = [Example(*one) for one in matters.handwritten_texts()][1::2]
    shown = figures(judge(model, unseen))
    assert shown["accuracy"] >= 0.85
    assert shown["top3"] >= 0.95
    assert shown["accuracy_at_80"] >= 0.93


@pytest.mark.slow
def test_shipped_model_was_trained_on_the_texts_that_ship():
    from linli.events.rules.classify_training import digest

    texts = distinct([Example(*one) for one in matters.generated_texts()])
    assert Classifier.load(matters.MODEL).meta["digest"] == digest(texts), "Run `linli learn --sample`."


def test_shipped_model_is_calibrated_within_ten_points():
    model = Classifier.load(matters.MODEL)
    shown = judge(model, [Example(*one) for one in matters.handwritten_texts()][1::2])
    chances = shown.chances.max(axis=1)
    assert abs(chances.mean() - (shown.scores.argmax(axis=1) == shown.truth).mean()) < 0.1


def test_shipped_model_is_unsure_of_what_it_does_not_know():
    model = Classifier.load(matters.MODEL)
    strange = ("火星上有没有生命", "请问红烧肉怎么做才好吃", "股票明天会不会涨", "我想问一下奥运会什么时候开")
    assert all(model.classify(text)[0].probability < model.threshold for text in strange)


def test_shipped_model_is_small_and_fast():
    assert matters.MODEL.stat().st_size < 6_000_000
    model, text = Classifier.load(matters.MODEL), "我家楼下饭店油烟很大，每天晚上都不敢开窗，" * 5
    model.classify(text)
    started = []
    for _ in range(50):
        before = time.perf_counter()
        model.classify(text)
        started.append(time.perf_counter() - before)
    assert min(started) < 0.0006


def test_duty_list_is_marked_as_a_sample_and_names_known_owners():
    listed = matters.duty_list()
    units = UNITS.split()
    owners = {"street", "community", "centre", *(f"department:{unit}" for unit in units)}
    for item in listed["items"]:
        assert {item["lead"], *item["co_units"], item["fallback"]} <= owners
        assert item["source"] == "sample 样例"
        assert item["class_path"][-1] == item["name"]
        assert item["accept_hours"] <= item["contact_hours"]
        assert not (item["duty_kind"] == "reserved" and item["lead"] == "street")
    assert sum(item["grade"] == "A" for item in listed["items"]) >= 3
    json.dumps(listed)
