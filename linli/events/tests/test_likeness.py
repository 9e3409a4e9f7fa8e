"""How alike two reports are: bounds, symmetry, and an index that finds what comparing each with each finds."""

from hypothesis import given
from hypothesis import strategies as st

from linli.events.rules.likeness import (
    SAME,
    LikenessIndex,
    groups_of_pairs,
    likeness,
    near_identical,
    ranked_by_likeness,
)
from linli.events.rules.terms import terms_of

LAMP = "学府社区三栋楼下的路灯坏了半个月,晚上老人下楼看不见台阶,请尽快派人来修"
AGAIN = "请帮忙:学府社区三栋楼下的路灯坏了半个月了,晚上老人下楼看不见台阶,请尽快派人修理"
DOGS = "和平路早上有人遛狗不牵绳,孩子上学害怕,希望有人管一管"


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_symmetric_and_a_share(one: str, other: str) -> None:
    first, second = terms_of(one), terms_of(other)
    assert likeness(first, second) == likeness(second, first)
    assert 0.0 <= likeness(first, second) <= 1.0
    assert not first or likeness(first, first) == 1.0


def test_a_copy_that_was_edited_is_near_identical_and_another_matter_is_not() -> None:
    assert near_identical(LAMP, AGAIN)
    assert not near_identical(LAMP, DOGS)
    assert not near_identical("", "")


def test_others_are_ranked_by_what_they_share() -> None:
    found = ranked_by_likeness("路灯坏了,晚上看不见", {"dogs": terms_of(DOGS), "lamp": terms_of(LAMP)}, at_least=0.01)
    assert [one.key for one in found] == ["lamp"]


def test_the_index_returns_earlier_texts_only() -> None:
    index: LikenessIndex[str] = LikenessIndex()
    assert index.add("first", LAMP) == []
    assert index.add("dogs", DOGS) == []
    assert [one.key for one in index.add("second", AGAIN)] == ["first"]
    assert [one.key for one in index.near(LAMP)] == ["first", "second"]
    assert index.near("") == []
    assert len(index) == 3


@given(st.lists(st.integers(0, 30), min_size=20, max_size=20), st.integers(0, 12))
def test_what_the_index_finds_is_as_alike_as_it_says(places: list[int], cut: int) -> None:
    letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥东南西北春夏秋冬山水"
    text = "".join(letters[place] for place in places)
    index: LikenessIndex[int] = LikenessIndex()
    index.add(0, text)
    for one in index.near(text[cut:]):
        assert one.likeness == likeness(terms_of(text), terms_of(text[cut:])) >= SAME


def test_pairs_hang_together_in_groups() -> None:
    assert sorted(sorted(one) for one in groups_of_pairs([(1, 2), (5, 6), (2, 3)])) == [[1, 2, 3], [5, 6]]
    assert groups_of_pairs([]) == []
