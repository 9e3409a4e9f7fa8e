"""Comparison of Chinese person fields: levels, weights, clusters. No database."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.exchange.queries.linkage_index import keyed, keyed_pairs
from linli.exchange.queries.linkage_measure import measured, pair_scores
from linli.exchange.rules.linkage_address import OldNames, number_of, parts_of
from linli.exchange.rules.linkage_batch import judged, link
from linli.exchange.rules.linkage_blocks import keys_of, pairs_of
from linli.exchange.rules.linkage_clusters import clusters_of
from linli.exchange.rules.linkage_compare import FIELDS, LEVELS, levels_of
from linli.exchange.rules.linkage_crowd import crowd
from linli.exchange.rules.linkage_rows import SOUNDS, People, listed_sounds, named_before, named_today, rows_of
from linli.exchange.rules.linkage_training import train
from linli.exchange.rules.linkage_weights import DOUBTFUL, OTHER, SAME, from_json, reasons_of, to_json
from linli.exchange.rules.linkage_words import AGREEMENT
from linli.kernel import api as kernel

WANG = {"name": "王小明", "id": "990101198001010014", "born": "1980-01-01", "sex": "2", "phone": "13800001111",
        "address": "青石巷7号2栋1单元201室"}  # fmt: skip
NAMES = st.text(alphabet="王李明小晓芳方·", min_size=0, max_size=5)
DIGITS = st.text(alphabet="0123456789", min_size=11, max_size=11)
DAYS = st.dates(date(1900, 1, 1), date(2026, 1, 1))
AMONG = 1_000_000


def rows(*people):
    columns = [[one.get(code, "") for one in people] for code in ("name", "id", "born", "sex", "phone", "address")]
    return rows_of(People(*columns))


def wang(**other):
    return {**WANG, **other}


def level(one, other):
    both = rows(one, other)
    found = levels_of(both[:1], both[1:])[0]
    return {code: LEVELS[code][found[at]] if found[at] >= 0 else "missing" for at, code in enumerate(FIELDS)}


@pytest.fixture(scope="module")
def model():
    return train(rows_of(crowd(20_000, seed=5)[0]))


def verdict(model, one, other):
    both = rows(one, other)
    return int(judged(both[:1], both[1:], model, among=AMONG)[0][0])


def valid_id(number17):
    return next(f"{number17}{last}" for last in "0123456789X" if kernel.check_citizen_id(f"{number17}{last}").valid)


@pytest.mark.parametrize(
    ("other", "how"),
    [
        ("王小明", "same"), ("王晓明", "homophone"), ("王小亮", "one_off"), ("王明", "one_off"), ("王明小", "one_off"),
        ("王大强", "surname"), ("李大强", "other"), ("", "missing"), ("王 小明", "same"),
    ],
)  # fmt: skip
def test_names(other, how):
    assert level(WANG, wang(name=other))["name"] == how


def test_an_id_of_15_places_is_that_of_18():
    assert level(wang(id="34052419800101001X"), wang(id="340524800101001"))["citizen_id"] == "same"


def test_ids_that_are_mistyped_and_ids_of_two_people():
    right = valid_id("99010119800101001")
    typo = right[:3] + str((int(right[3]) + 1) % 10) + right[4:]
    turned = right[:16] + right[17] + right[16]
    assert level(wang(id=right), wang(id=typo))["citizen_id"] == "near"
    if turned != right:
        assert level(wang(id=right), wang(id=turned))["citizen_id"] == "near"
    twin = valid_id("99010119800101003")
    assert level(wang(id=right), wang(id=twin))["citizen_id"] == "other"


def test_birth_dates():
    assert level(WANG, wang(born="1980-01-10"))["birth_date"] == "near"  # the same month
    assert level(wang(born="1980-03-12"), wang(born="1980-12-03"))["birth_date"] == "near"
    assert level(wang(born="1980-03-12"), wang(born="1990-03-12"))["birth_date"] == "near"
    assert level(wang(born="1980-03-12"), wang(born="1955-11-02"))["birth_date"] == "other"


def test_birth_date_and_sex_follow_from_a_right_id():
    right = valid_id("99010119791231002")
    (row,) = rows({"name": "王一", "id": right})
    assert bytes(row["born"]) == b"19791231"
    assert row["sex"] == 2
    (wrong,) = rows({"name": "王一", "id": right[:17] + ("1" if right[17] != "1" else "2")})
    assert wrong["born"][0] == 0


def test_addresses_are_compared_by_place_and_door():
    same = [
        "青石巷7号2栋1单元201室",
        "湘阳县城关镇青石巷7号2幢1单元201",
        "青石巷七号二栋一单元二〇一室",
        "青石巷7-2-1-201",
    ]
    for one in same:
        assert level(WANG, wang(address=one))["address"] == "same", one
    assert level(WANG, wang(address="青石巷7号2栋1单元301室"))["address"] == "place"
    assert level(WANG, wang(address="翠竹花园7号2栋1单元201室"))["address"] == "other"
    assert parts_of("幸福小区3栋2单元501室") == ("幸福小区", (3, 2, 501))
    assert parts_of("老街7号", OldNames({"老街": "青石巷"})) == ("青石巷", (7,))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("东风路12号", "人民路"),
        ("学府社区东风路12号", "人民路"),
        ("新村东风路12号", "新村人民路"),
        ("新东风路12号", "新东风路"),
        ("建设新村路12号", "建设新村路"),
        ("建设新村12栋", "翠竹花园"),
        ("3号东风路", "人民路"),
    ],
)
def test_a_former_name_counts_only_where_it_is_a_name_by_itself(address, words):
    names = OldNames({"东风路": "人民路", "建设新村": "翠竹花园"})
    assert parts_of(address, names)[0] == words


def test_rows_made_before_a_name_was_known_meet_those_of_today():
    names = OldNames({"东风路": "人民路"})
    old, new = rows(wang(address="东风路12号2单元201")), rows(wang(address="人民路12号2单元201"))
    assert old["place"] != new["place"]
    assert named_today(old, names)["place"] == new["place"]
    assert named_before(new, names)["place"] == old["place"]
    assert len(named_before(old, names)) == 0
    assert named_today(new, names) is new
    assert (number_of("十二"), number_of("二〇一"), number_of("一百二十三")) == (12, 201, 123)


@given(NAMES, NAMES, DIGITS, DIGITS, DAYS, DAYS)
def test_comparison_is_symmetric(name, other_name, phone, other_phone, born, other_born):  # noqa: PLR0917  drawn
    one = {"name": name, "phone": phone, "born": born.isoformat(), "id": valid_id(f"990101{born:%Y%m%d}001")}
    other = {"name": other_name, "phone": other_phone, "born": other_born.isoformat(), "sex": "1"}
    both = rows(one, other)
    assert (levels_of(both[:1], both[1:]) == levels_of(both[1:], both[:1])).all()


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_every_id_of_15_places_equals_its_new_form(born, number):
    new = valid_id(f"990101{born:%Y%m%d}{number:03}")
    assert level({"id": new}, {"id": new[:6] + new[8:17]})["citizen_id"] == "same"


@given(DAYS, st.integers(0, 999), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_never_two_people(born, number, place, more):
    right = valid_id(f"990101{born:%Y%m%d}{number:03}")
    digit = "0" if right[place] == "X" else str((int(right[place]) + more) % 10)
    assert level({"id": right}, {"id": right[:place] + digit + right[place + 1 :]})["citizen_id"] == "near"


def test_keys_of_few_rows_are_those_of_many():
    rows = rows_of(crowd(60, seed=4)[0])
    places, keys = keyed_pairs("person", rows)
    each = [(place, key) for place, own in enumerate(keyed("person", rows)) for key in own]
    assert each == list(zip(places.tolist(), keys.tolist(), strict=True))
    assert each


@pytest.mark.slow
def test_the_same_person_under_three_spellings_is_one(model):
    typo = "990101198001010041"
    assert verdict(model, WANG, wang(name="王晓明", phone="")) == SAME
    assert verdict(model, wang(id=""), wang(name="王晓明", id="")) == SAME
    assert verdict(model, wang(id=valid_id("99010119800101001")), wang(id=typo, address="")) == SAME


def test_two_right_ids_are_never_one(model):
    one, other = valid_id("99010119800101002"), valid_id("99010119800101004")
    assert verdict(model, wang(id=one), wang(id=other)) == OTHER


def test_twins_are_for_a_person_to_judge(model):
    assert verdict(model, wang(id=""), wang(id="", name="王小亮")) == DOUBTFUL
    assert verdict(model, wang(id="", sex="1"), wang(id="", name="王小红", phone="")) in {DOUBTFUL, OTHER}


def test_father_and_son_of_one_name_at_one_door_are_not_joined(model):
    assert verdict(model, wang(id=""), wang(id="", born="2008-06-17")) != SAME
    assert verdict(model, wang(id=""), wang(id="", name="王大强", born="2008-06-17")) == OTHER


def test_rare_names_weigh_more_than_common_ones(model):
    one = rows({"name": "王伟"}, {"name": "常榕霭"})
    levels = levels_of(one, one)
    weights = [{code: odds for code, _level, odds in reasons_of(levels[at], one[at], model)} for at in (0, 1)]
    assert weights[1]["name"] > weights[0]["name"]


def test_every_level_has_its_words():
    assert {(code, one) for code in FIELDS for one in LEVELS[code]} == set(AGREEMENT)


def test_a_model_survives_being_written(model):
    again = from_json(to_json(model))
    both = rows(WANG, wang(name="王晓明"))
    old, new = (judged(both[:1], both[1:], one, among=AMONG)[1][0] for one in (model, again))
    assert new == pytest.approx(old, abs=0.1)


def test_a_chain_is_cut_where_two_are_known_to_be_two():
    def repelled(one, other):
        return (np.minimum(one, other) == 0) & (np.maximum(one, other) == 2)

    pairs = np.array([0, 1]), np.array([1, 2])
    found = clusters_of(4, pairs, np.array([9.0, 5.0]), repelled)
    assert found.tolist() == [0, 0, 2, 3]
    assert clusters_of(4, pairs, np.array([9.0, 5.0]), lambda one, _other: one < 0).tolist() == [0, 0, 0, 3]


def test_a_key_that_too_many_share_says_nothing():
    keys = np.array([[7]] * 50 + [[9], [9], [0], [0]], dtype="u8")
    left, right = pairs_of(keys)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(50, 51)]


def test_blocks_hold_pairs_with_a_slip_in_any_one_field():
    base = wang(id=valid_id("99010119800101001"))
    for other in (
        {"name": "王小亮"},
        {"born": "1981-01-01"},
        {"id": ""},
        {"phone": ""},
        {"address": "柳荷路3号楼1单元2室"},
    ):
        left, _right = pairs_of(keys_of(rows(base, {**base, **other})))
        assert len(left) == 1, other


@pytest.mark.slow
def test_a_crowd_is_linked_as_well_as_promised_by_weights_of_others():
    people, truth = crowd(30_000, seed=11)
    figures, linked = measured(people, truth)
    assert figures["precision"] >= 0.999
    assert figures["recall"] >= 0.98
    assert pair_scores(linked.people, truth) == (figures["precision"], figures["recall"])


def test_the_crowd_has_the_dirt_it_promises():
    people, truth = crowd(20_000, seed=1)
    assert len(np.unique(truth)) == 15_000
    assert sum(not one for one in people.ids) / 20_000 == pytest.approx(0.25, abs=0.02)
    assert sum(not one for one in people.phones) / 20_000 == pytest.approx(0.30, abs=0.02)
    assert all(one.startswith(("99", "9", "")) for one in people.ids)
    assert crowd(500, seed=3)[0].names == crowd(500, seed=3)[0].names


def test_linking_twice_gives_the_same(model):
    made = rows_of(crowd(5_000, seed=2)[0])
    assert (link(made, model).people == link(made, model).people).all()


@pytest.mark.slow
def test_the_file_of_syllables_is_what_pypinyin_says():
    assert np.array_equal(np.load(SOUNDS)["syllables"], listed_sounds())
