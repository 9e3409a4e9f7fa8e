"""Places in messages that write districts as codes: what a code means is learned, what is not told stays empty."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from linli.regions.rules.coded_places import Divisions, PlaceReader, learn_codes, own_city

NAMES = {
    "900101": "东区", "900102": "西县",
    "900101001": "清风街道", "900101002": "望月街道", "900102001": "石桥镇", "900102002": "竹园乡",
    "900101001001": "学府社区居委会", "900102001001": "下湾村委会",
    "910101001": "清风街道", "910101": "别区",
}  # fmt: skip
TEXTS = [
    "A1区清风街道的路灯坏了", "A1区望月街道没有公交", "A1区清风街道停水", "A2县石桥镇修路", "A2县竹园乡自来水",
    "A2县石桥镇的桥", "A1区望月街道噪音",
]  # fmt: skip


@pytest.fixture
def reader() -> PlaceReader:
    divisions = Divisions(NAMES)
    own = divisions.within(own_city(TEXTS, divisions) or "")
    return PlaceReader(own, learn_codes(TEXTS, own))


@pytest.mark.parametrize(
    ("title", "body", "street", "county"),
    [
        ("A1区路灯坏了", "", None, "900101"),
        ("A1区路灯坏了", "在清风街道办事处门口", "900101001", "900101"),
        ("石桥镇修路", "", "900102001", "900102"),
        ("A1区学府社区停水", "", "900101001", "900101"),
        ("学府社区停水", "", None, None),
        ("A1区石桥镇的亲戚来了", "", None, "900101"),
        ("A1区请风街道停水", "", "900101001", "900101"),
        ("B7市清风街道停水", "", None, None),
        ("路灯坏了", "请修", None, None),
    ],
)
def test_what_the_text_tells(reader, title, body, street, county):
    told = reader.read(title, body)
    assert (told.street, told.county) == (street, county)


def test_a_code_beside_too_few_streets_is_not_believed():
    divisions = Divisions(NAMES).within("9001")
    assert learn_codes(["A1区清风街道停水"], divisions) == {}
    assert learn_codes([], divisions) == {}


def test_places_prints_one_row_for_each_message(tmp_path):
    lines = ["msg_id,title,body", *(f"{number},{text}," for number, text in enumerate(TEXTS))]
    (tmp_path / "m.csv").write_text("\n".join(lines))
    (tmp_path / "streets.csv").write_text("\n".join(["code,name,areaCode", *(
        f"{code},{name},{code[:6]}" for code, name in NAMES.items() if len(code) == 9)]))  # fmt: skip
    out = StringIO()
    call_command(
        "evaluate", "places", messages=tmp_path / "m.csv", divisions=[tmp_path / "streets.csv"], json=True, stdout=out
    )
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert rows[3] == {"msg_id": "3", "street": "900102001", "county": "900102"}
    with pytest.raises(CommandError, match="There is no"):
        call_command("evaluate", "places", messages=tmp_path / "m.csv", divisions=[tmp_path / "none"])
