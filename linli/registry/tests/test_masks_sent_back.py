"""A masked value that is sent back, by whatever door, never overwrites the true one."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.registry.rules.dictionary import read_dictionary
from linli.registry.rules.elements import MASKS, TYPES, ElementRefusedError, check_element
from linli.registry.rules.masks import masked
from linli.registry.rules.values import BadValueError, clean_value
from linli.registry.tests.factories import NOW, TODAY, WU_ID, Entity, make_ground, make_wu, say
from tests.snapshot import kept

SHIPPED = [one for one in read_dictionary() if one.type != "code"]
PEOPLE = st.sampled_from(["张三", "欧阳修", "Anna Li", "买买提·艾力", "李"])
BY_TYPE = {
    "text": st.one_of(PEOPLE, st.text(min_size=1, max_size=40)),
    "number": st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False, width=32)),
    "flag": st.sampled_from(["是", "否"]),
    "date": st.dates(date(1900, 1, 1), TODAY).map(str),
    "citizen_id": st.just(WU_ID),
    "credit_code": st.just("91350100M000100Y43"),
    "phone": st.from_regex(r"1[3-9][0-9]{9}|0731[0-9]{7}|[0-9]{7,10}", fullmatch=True),
    "area": st.from_regex(r"[0-9]{12}|[0-9]{15}", fullmatch=True),
}


@given(
    data=st.data(), element=st.sampled_from(SHIPPED), mask=st.sampled_from(sorted(MASKS)),
    of=st.sampled_from(sorted(set(TYPES) - {"code"})),
)  # fmt: skip
def test_no_mask_of_any_value_of_any_element_is_taken_for_a_value(data, element, mask, of):
    for one in (element, replace(element, type=of, mask=mask, table="", search="none", identifies=False)):
        try:
            check_element(one)
            value = clean_value(one, data.draw(BY_TYPE[one.type]), today=TODAY)
        except (ElementRefusedError, BadValueError):
            continue
        assume(value is not None)
        shown = masked(one, value)
        if shown != str(value):
            with pytest.raises(BadValueError):
                clean_value(one, shown, today=TODAY)


@kept
def built():
    return make_ground()


@pytest.fixture
def ground(db):
    return built()


def whole(entity):
    return Entity.objects.get(pk=entity).whole()


def masks_of(entity):
    known = registry.elements_of("person")
    return {code: masked(known[code], value) for code, value in whole(entity).items() if code in known}


@pytest.mark.slow
@pytest.mark.parametrize(("source", "key"), [("police", "P1"), ("visits", "V1"), ("visits", "V2"), ("civil", "C1")])
def test_what_an_import_sends_back_behind_masks_changes_nothing(ground, source, key):
    wu = make_wu(ground.grids["xuefu1"])
    before, back = whole(wu), masks_of(wu)
    assert back["citizen_id"] != before["citizen_id"]
    if key in {"V2", "C1"}:  # a key of another row, about the same person
        back["citizen_id"] = WU_ID
    say(source, "person", key, **back)
    assert whole(wu) == before


def test_a_source_that_sends_masks_beside_news_keeps_what_it_said_before(ground):
    wu = make_wu(ground.grids["xuefu1"])
    said = {"name": "吴**", "citizen_id": "990101**********2X", "birth_date": "1940-03-13"}
    taken = registry.take_in(
        source="police", kind="person", run="t", by=accounts.SYSTEM, now=NOW,
        statements=[registry.Statement("P1", said, NOW)],
    )  # fmt: skip
    assert {code for _key, code, _words in taken.problems} == {"name", "citizen_id"}
    now = whole(wu)
    assert (now["name"], now["citizen_id"], now["birth_date"]) == ("吴桂芳", WU_ID, "1940-03-13")
