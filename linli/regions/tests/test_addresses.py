"""Reading addresses: the model that ships, learning, and the evaluation."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import slots
from linli.regions.queries.address_files import read_addresses
from linli.regions.queries.addresses import shipped_model
from linli.regions.rules.address_model import TAGS, AddressModel, AddressModelError, Segment
from linli.regions.rules.address_names import AddressNames
from linli.regions.rules.address_scores import scores
from linli.regions.rules.address_training import train
from linli.regions.sample.addresses import generated_addresses, invented_names

SHARED = Path(os.environ.get("LINLI_SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
REAL = SHARED / "addresses" / "addresses_dev.tsv.gz"
ROWS = (("99", "清原省"), ("9901", "清河市"), ("990102", "青禾县"), ("990102001", "南苑街道"), ("990102002", "荷塘镇"))
TEXT = "清原省清河市青禾县南苑街道学府路12号锦绣花园三期8号楼2单元1602室电联"


def told(segments):
    return [(one.text, one.tag) for one in segments]


def test_an_address_is_read_down_to_its_room():
    assert told(shipped_model().read([TEXT], AddressNames(ROWS))[0]) == [
        ("清原省", "prov"), ("清河市", "city"), ("青禾县", "district"), ("南苑街道", "town"), ("学府路", "road"),
        ("12号", "roadno"), ("锦绣花园", "poi"), ("三期", "subpoi"), ("8号楼", "houseno"), ("2单元", "cellno"),
        ("1602室", "roomno"), ("电联", "redundant"),
    ]  # fmt: skip


@given(st.lists(st.text(alphabet="清河市县街道路12号３楼 -室(电联)Ａé🚩[UNK]", max_size=40), max_size=4))
def test_segments_together_are_the_address_as_it_was_written(texts):
    read = shipped_model().read(texts, AddressNames(ROWS))
    assert ["".join(one.text for one in segments) for segments in read] == texts
    assert {one.tag for segments in read for one in segments} <= set(TAGS)


def test_names_are_found_within_what_lies_above_them():
    names = AddressNames([*ROWS, ("98", "河山省"), ("9801", "南苑市"), ("980101", "青禾县")])
    assert names.spans("清原省青禾县荷塘镇3组") == [(0, 3, "prov"), (3, 6, "district"), (6, 9, "town")]
    assert names.spans("清河市青禾县荷塘乡") == [(0, 3, "city"), (3, 6, "district"), (6, 9, "town")]
    assert names.spans("青禾县荷塘镇") == [], "two counties bear this name"
    assert names.spans("某处") == []


@pytest.mark.slow
def test_a_model_learns_keeps_and_is_read_again(tmp_path):
    rows = list(generated_addresses(400))
    model = train(rows, names=invented_names(), version="small", rounds=3)
    model.save(tmp_path / "small.npz")
    again = AddressModel.load(tmp_path / "small.npz")
    fresh = list(generated_addresses(100, seed=7))
    texts = ["".join(one.text for one in row) for row in fresh]
    figures = scores(fresh, again.read(texts, invented_names()))
    assert again.version == "small"
    assert figures["county"] > 0.9
    assert figures["segment_f1"] > 0.75


def test_generated_addresses_are_the_same_each_time():
    assert list(generated_addresses(20)) == list(generated_addresses(20))
    assert list(generated_addresses(20)) != list(generated_addresses(20, seed=1))


def test_a_damaged_model_is_refused(tmp_path):
    (tmp_path / "bad.npz").write_bytes(b"PK no model")
    with pytest.raises(AddressModelError):
        AddressModel.load(tmp_path / "bad.npz")


def test_scores_count_exact_segments():
    truth = [[Segment("甲省", "prov"), Segment("乙县", "district"), Segment("丙路", "road")]]
    read = [[Segment("甲省", "prov"), Segment("乙县丙", "district"), Segment("路", "road")]]
    assert scores(truth, read) == {"province": 1.0, "city": 0.0, "county": 0.0, "town": 0.0, "segment_f1": 1 / 3}


@pytest.mark.parametrize("line", ["甲省\t甲省/somewhere", "甲省", "甲省\t/prov"])
def test_a_file_of_another_form_is_refused(tmp_path, line):
    path = tmp_path / "bad.tsv"
    path.write_text(f"address\tsegments\n{line}\n", encoding="utf-8")
    with pytest.raises(slots.NotJudgeableError):
        read_addresses(path)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_evaluation_prints_its_figures_last(tmp_path):
    path = tmp_path / "own.tsv"
    row = " ".join(f"{one.text}/{one.tag}" for one in shipped_model().read([TEXT], None)[0])
    path.write_text(f"address\tsegments\n{TEXT}\t{row}\n", encoding="utf-8")
    out = StringIO()
    call_command("evaluate", "addresses", "--test", str(path), "--json", stdout=out)
    figures = json.loads(out.getvalue().splitlines()[-1])
    assert set(figures) == {"province", "city", "county", "town", "segment_f1"}
    assert figures["segment_f1"] == 1.0


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.skipif(not REAL.exists(), reason=f"real addresses are not at {REAL}; set LINLI_SHARED_DATA")
def test_real_addresses_are_read_by_the_model_that_ships():
    """It never saw any of them; the node holds no division of theirs."""
    rows = read_addresses(REAL)[::8]
    texts = ["".join(one.text for one in row) for row in rows]
    figures = scores(rows, shipped_model().read(texts, AddressNames([])))
    assert figures["county"] >= 0.98
    assert figures["town"] >= 0.92
    assert figures["segment_f1"] >= 0.85
