"""The legal basis of a form: read where it is named, missed where it is not; what it bounds."""

import pytest

from linli.sheets.queries.bounds import beyond
from linli.sheets.rules.basis import LONGEST, basis_in
from linli.sheets.rules.designs import DesignColumn


@pytest.mark.parametrize(
    ("texts", "basis"),
    [
        (["填表说明：根据《社会救助暂行办法》第十一条，请于5日前报送。"], "《社会救助暂行办法》第十一条"),
        (["", "依据《老年人权益保障法》《省实施办法（试行）》（民发〔2020〕8号）第3条填报"],
         "《老年人权益保障法》"),
        (["按照《甲办法》和《乙办法》第二条第三款"], "《甲办法》和《乙办法》第二条第三款"),
        (["请对照《填表指南》填写", "根据上级要求"], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_acts_are_read_where_a_form_names_its_ground(texts, basis):
    assert basis_in(texts) == basis


def test_a_long_ground_is_cut_where_it_is_kept():
    acts = "、".join(f"《第{number}号{'办' * 70}》" for number in range(9))
    assert len(basis_in([f"根据{acts}"])) == LONGEST


def test_beyond_is_what_neither_the_element_nor_the_name_was_admitted_for():
    admitted = [asked("姓名", "person.name"), asked("联系方式", "person.phone"), asked("饮食习惯")]
    wanted = [
        asked("户主姓名", "person.name"), asked("饮食习惯"), asked("联系方式", "person.education"),
        asked("出生日期", "person.birth_date"), asked("备注"), asked("存款余额"),
    ]  # fmt: skip
    assert beyond(wanted, admitted) == ("出生日期", "存款余额")


def asked(name, element=""):
    return DesignColumn((name,), element)
