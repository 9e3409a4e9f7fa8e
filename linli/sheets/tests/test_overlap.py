"""The overlap report: query where the base holds it all, merge with what asks the same, shrink to what is missing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from linli.sheets.queries.issuing import sample_rules
from linli.sheets.rules.designs import DesignColumn
from linli.sheets.rules.overlap import Held, Other, Wanted, alike, meanings, overlap, plain
from linli.sheets.rules.transforms import made

RULES = sample_rules()
NAMES = ("姓名", "性别", "联系电话", "饮食习惯", "住房面积", "是否独居", "备注")


def col(header, element="", kind="text"):
    return DesignColumn((header,), element, made(kind))


NAME, PHONE, DIET = col("姓名", "person.name"), col("电话", "person.phone"), col("饮食习惯", kind="blank")
BASE = {"person.name": Held("姓名", "公安", 1.0, True), "person.phone": Held("联系电话", "社区", 0.96)}


def report(*columns, base=BASE, others=(), title="老人台账"):
    return overlap(Wanted(title, columns, "", tuple(others)), base, RULES)


def other(*columns, number="Z-1", title="别的表"):
    return Other(number, title, "民政局", columns)


def test_a_form_that_the_base_holds_is_answered_by_a_query():
    found = report(NAME, PHONE, col("序号", kind="row_number"), col("备注", kind="blank"))
    assert (found.advice, found.asked, found.held, found.gaps) == ("query", 2, 2, 0)
    assert [line.owner for line in found.lines[:2]] == ["公安", "社区"]


def test_a_gap_keeps_a_query_from_being_proposed():
    found = report(NAME, PHONE, DIET)
    assert found.advice == "shrink"
    assert found.keep == (NAME, DIET), "the name stays, or nobody knows whose row it is"


def test_little_that_is_known_is_no_query():
    thin = {**BASE, "person.phone": Held("联系电话", "社区", 0.4)}
    found = report(PHONE, base=thin)
    assert found.advice == "admit"
    assert [line.standing for line in found.lines] == ["partly"]


def test_a_form_on_the_list_that_asks_the_same_under_other_names_is_found():
    there = other(col("手机号码", "person.phone"), DIET, col("住房面积"))
    found = report(PHONE, DIET, col("住房面积"), others=[there])
    assert found.advice == "merge"
    assert found.merge == there
    assert found.similar[0].pairs == (("电话", "手机号码"),)


def test_a_version_of_the_same_title_is_shown_though_few_columns_are_equal():
    versions = [other(PHONE, *(col(f"问{letter}") for letter in "甲乙丙丁戊己"), title="2025年老人台账")]
    (similar,) = report(PHONE, DIET, others=versions, title="2026年老人台账").similar
    assert similar.is_version
    assert similar.share < RULES.similar_share / 100


def test_a_form_is_not_compared_with_itself():
    same = other(PHONE, DIET)
    wanted = Wanted("老人台账", (PHONE, DIET), same.number, (same,))
    assert not overlap(wanted, BASE, RULES).similar


def test_figures_that_the_base_counts_are_held():
    assert report(col("老年人数", kind="count")).advice == "query"


columns = some.lists(
    some.builds(
        col, some.sampled_from(NAMES), some.sampled_from(["", "person.name", "person.phone", "person.sex"]),
        some.sampled_from(["text", "blank", "row_number", "count"]),
    ),
    max_size=5,
)  # fmt: skip
held = some.dictionaries(
    some.sampled_from(["person.name", "person.phone", "person.sex"]),
    some.builds(Held, some.just("x"), some.just("公安"), some.sampled_from([0.0, 0.3, 0.95, 1.0]), some.booleans()),
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw loads the tables of characters
@given(columns, columns, held)
def test_a_report_never_says_more_than_there_is(here, there, base):
    found = report(*here, base=base, others=[other(*there)])
    assert 0 <= found.share <= 1
    assert all(one in here for one in found.keep)
    assert found.held + found.gaps <= found.asked <= len(here)
    if found.advice == "query":
        assert found.gaps == 0
        assert found.share * 100 >= RULES.answer_share
    if found.advice == "merge":
        assert alike(here, there) * 100 >= RULES.merge_share


@given(columns, columns)
def test_being_alike_is_mutual_and_whole_with_itself(here, there):
    assert alike(here, there) == alike(there, here)
    assert alike(here, here) == (1 if meanings(here) else 0)
    assert 0 <= alike(here, there) <= 1


@given(columns, held, some.randoms())
def test_the_order_of_columns_changes_no_advice(here, base, chance):
    mixed = list(here)
    chance.shuffle(mixed)
    assert report(*here, base=base).advice == report(*mixed, base=base).advice


@given(some.text())
def test_a_plain_name_stays_plain(text):
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("written", ["联系 电话", "联系电话：", "（联系电话）", "2026联系电话"])
def test_names_are_compared_without_their_layout(written):
    assert plain(written) == "联系电话"
