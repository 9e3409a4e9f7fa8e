"""Tags: rules, hands, expiry, what is sensitive, lists by tag, outsiders."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.registry.models import TagMark
from linli.registry.rules.tagging import OPERATORS, Part, TagRule, TagRuleError, holds, read_rule
from linli.registry.tests.factories import NOW, TODAY, exported, ledger, make_house, make_wu, relate, say, viewer
from linli.trust import api as trust
from tests.snapshot import kept

SEE, TAGS, SENSITIVE = "registry.see", "registry.tags", "registry.tags.sensitive"
OLD = {"join": "and", "parts": [["birth_date", "years_from", "80"], ["lives_alone", "is", "yes"]]}


@pytest.fixture
def officer(ground):
    return viewer(ground.town.community.id, SEE, TAGS, "registry.export")


@pytest.fixture
@kept
def wu(ground):
    house = make_house(ground.grids["xuefu1"])
    person = make_wu(ground.grids["xuefu1"], lives_alone="是", low_income="是")
    relate("lives_in", person, house)
    return person


def define(by, ground, name="高龄独居", rule=None, **more):
    division = more.pop("division_id", ground.town.community.id)
    held = replace(by.holdings[0], unit_id=ground.town.units["community"].pk)
    by = replace(by, holdings=(held, *by.holdings[1:]))
    more = {"kind": "person", "purpose": "上门看望", **more}
    return registry.define_tag(
        draft=registry.TagDraft(name=name, rule=rule, division_id=division, **more), by=by, now=NOW
    )


def listed(by, tag=None, **more):
    wanted = registry.Wanted(tag_id=tag.id if tag else None, **more)
    return list(registry.look_through(wanted=wanted, by=by, now=NOW).items)


@pytest.mark.parametrize(
    ("operator", "value", "wanted", "expected"),
    [
        ("is", True, "yes", True), ("is", "2", "2", True), ("is_not", "2", "1", True),
        ("contains", "翠竹花园", "竹", True),
        ("contains", "翠竹", "", False), ("at_least", 3, "3", True), ("at_most", "4", "3", False),
        ("at_least", "many", "3", False), ("years_from", "1946-11-23", "80", True),
        ("years_from", "1946-11-24", "80", False),
        ("years_below", "2020-01-01", "18", True), ("years_from", "unknown", "80", False), ("known", "x", "", True),
    ],
)  # fmt: skip
def test_conditions_read_as_they_are_written(operator, value, wanted, expected):
    assert holds(TagRule("and", (Part("one", operator, wanted),)), {"one": value}, TODAY) is expected


@given(
    st.sampled_from(sorted(OPERATORS)),
    st.text(max_size=8),
    st.one_of(st.text(max_size=8), st.booleans(), st.integers()),
)
def test_a_rule_never_breaks_on_a_value(operator, wanted, value):
    parts = (Part("one", operator, wanted), Part("two", operator, wanted))
    both, either = (holds(TagRule(join, parts), {"one": value}, TODAY) for join in ("and", "or"))
    assert not both, "what is not known does not hold"
    assert either == holds(TagRule("and", parts[:1]), {"one": value}, TODAY)


def test_a_rule_about_nothing_is_refused():
    for told in ({"parts": []}, {"parts": [["unknown", "is", "1"]]}, {"parts": [["one", "like", "1"]]}):
        with pytest.raises(TagRuleError):
            read_rule(told, {"one": None})


@pytest.mark.slow
def test_a_rule_gives_and_takes_a_tag(officer, ground, wu):
    tag = define(officer, ground, rule=OLD)
    assert registry.sweep(now=NOW) == 1
    (brief,) = listed(officer, tag)
    assert brief.tags == ("高龄独居",)
    say("visits", "person", "V1", at=NOW + timedelta(days=1), name="吴桂芳", lives_alone="否")
    assert listed(officer, tag) == []
    assert TagMark.objects.get().ended_by == "rule"


@pytest.mark.slow
def test_who_is_new_is_tagged_when_projected(officer, ground):
    tag = define(officer, ground, rule={"join": "or", "parts": [["sex", "is", "2"]]})
    registry.sweep(now=NOW)
    person = make_wu(ground.grids["xuefu1"])
    assert [one.id for one in listed(officer, tag)] == [person]


def test_a_tag_counts_in_its_area_only(officer, ground):
    tag = define(officer, ground, rule={"join": "or", "parts": [["sex", "is", "2"]]})
    say("police", "person", "P7", name="陈兰", sex="2", area_code=ground.grids["lanting1"].code)
    registry.sweep(now=NOW)
    assert not TagMark.objects.filter(tag=tag).exists()


@pytest.mark.slow
def test_a_tag_is_given_and_taken_by_hand(officer, ground, wu):
    tag = define(officer, ground, expires_on=TODAY + timedelta(days=30))
    registry.give_tag(tag_id=tag.id, entity_id=wu, by=officer, now=NOW)
    registry.give_tag(tag_id=tag.id, entity_id=wu, by=officer, now=NOW)
    assert TagMark.objects.get().until == TODAY + timedelta(days=30)
    assert [one.tags for one in listed(officer)] == [("高龄独居",)]
    registry.take_tag(tag_id=tag.id, entity_id=wu, by=officer, now=NOW)
    assert listed(officer, tag) == []
    assert [one.action for one in ledger(purpose="registry.tags")] == ["tag_define", "tag_give", "tag_give", "tag_take"]
    with pytest.raises(registry.TagRefusedError):
        registry.take_tag(tag_id=tag.id, entity_id=wu, by=officer, now=NOW)


@pytest.mark.slow
def test_an_expired_tag_falls_off_by_itself(officer, ground, wu):
    tag = define(officer, ground)
    registry.give_tag(tag_id=tag.id, entity_id=wu, until=TODAY, by=officer, now=NOW)
    assert registry.sweep(now=NOW) == 0
    assert registry.sweep(now=NOW + timedelta(days=1)) == 1
    assert listed(officer, tag) == []
    assert TagMark.objects.get().ended_by == "sweep"


@pytest.mark.slow
def test_a_retired_tag_is_borne_by_nobody(officer, ground, wu):
    tag = define(officer, ground)
    registry.give_tag(tag_id=tag.id, entity_id=wu, by=officer, now=NOW)
    registry.retire_tag(tag_id=tag.id, by=officer, now=NOW)
    assert [one.tags for one in listed(officer)] == [()]
    registry.sweep(now=NOW)
    assert TagMark.objects.get().ended_at == NOW
    assert define(officer, ground).id != tag.id, "the name is free again"


@pytest.mark.slow
def test_a_sensitive_tag_needs_a_capability_of_its_own(officer, ground, wu):
    cleared = viewer(ground.town.community.id, SEE, TAGS, SENSITIVE, "registry.export", number=3)
    rule = {"join": "and", "parts": [["low_income", "is", "yes"]]}
    with pytest.raises(registry.TagRefusedError):
        define(officer, ground, "低保", rule=rule)
    tag = define(cleared, ground, "低保", rule=rule)
    assert tag.grade == 4, "the grade of its element"
    registry.sweep(now=NOW)
    assert [one.tags for one in listed(cleared, tag)] == [("低保",)]
    wanted = registry.Wanted(tag_id=tag.id)
    assert listed(officer, tag) == []
    assert [one.tags for one in listed(officer)] == [()]
    assert registry.look_at(entity_id=wu, by=officer, now=NOW).tags == ()
    assert registry.open_card(entity_id=wu, by=officer, purpose="visit", now=NOW).brief.tags == ()
    assert registry.count_of(viewer=officer, wanted=wanted) == 0
    assert exported(wanted=wanted, by=officer, purpose="visit", now=NOW)[1:] == []
    assert tag not in registry.tags_seen_by(officer)
    assert registry.count_of(viewer=cleared, wanted=wanted) == 1
    assert listed(officer, words="低保") == []


@pytest.mark.slow
def test_sensitive_counts_over_the_area_of_its_post_only(ground, wu):
    cleared = viewer(ground.town.community.id, SEE, TAGS, SENSITIVE, number=3)
    tag = define(cleared, ground, "低保", grade=4)
    registry.give_tag(tag_id=tag.id, entity_id=wu, by=cleared, now=NOW)
    far = viewer(ground.town.other_community.id, SEE, SENSITIVE, number=4).holdings
    near = viewer(ground.town.community.id, SEE, number=5).holdings
    both = accounts.Actor(person_id=cleared.person_id, name="赵", kind="staff", holdings=(*near, *far))
    assert listed(both, tag) == []
    assert [one.tags for one in listed(both)] == [()]


@pytest.mark.slow
def test_an_outsider_knows_nothing_of_the_tag(officer, ground, wu):
    tag = define(officer, ground)
    registry.give_tag(tag_id=tag.id, entity_id=wu, by=officer, now=NOW)
    outsider = viewer(ground.town.other_community.id, SEE, TAGS, number=2)
    assert list(registry.tags_seen_by(outsider)) == []
    assert registry.count_of(viewer=outsider, wanted=registry.Wanted(tag_id=tag.id)) == 0
    for deed in (registry.give_tag, registry.take_tag):
        with pytest.raises(trust.Hidden):
            deed(tag_id=tag.id, entity_id=wu, by=outsider, now=NOW)
    with pytest.raises(registry.TagRefusedError):
        define(outsider, ground, "别处")
    with pytest.raises(trust.NotAllowed):
        define(viewer(ground.town.community.id, SEE), ground, "无权")


@pytest.mark.slow
def test_a_list_is_narrowed_by_tag_and_element(officer, ground, wu):
    tag = define(officer, ground)
    registry.give_tag(tag_id=tag.id, entity_id=wu, by=officer, now=NOW)
    assert len(listed(officer, tag, where=("sex", "2"))) == 1
    assert listed(officer, tag, where=("sex", "1")) == []
    assert listed(officer, tag, where=("citizen_id", "x")) == [], "what lists mask narrows nothing"
    assert len(listed(officer, tag, words="桂芳")) == 1
    assert len(listed(officer, tag, community_id=ground.town.community.id)) == 1


@pytest.mark.slow
def test_the_number_of_queries_does_not_grow(officer, ground):
    tag = define(officer, ground, rule={"join": "or", "parts": [["sex", "is", "2"]]})
    for number in (1, 2, 3):
        say("police", "person", f"P{number}", name=f"陈兰{number}", sex="2", area_code=ground.grids["xuefu1"].code)
        listed(officer, tag)  # fills what is kept in memory
        with CaptureQueriesContext(connection) as asked:
            assert len(listed(officer, tag)) == number
        own = [one for one in asked.captured_queries if "kernel_revision" not in one["sql"]]  # cached outside of tests
        assert len(own) == 8, "savepoint, tag, whether many bear it, who, page, its tags, ledger, release"


def test_a_list_is_saved_under_a_name(officer, ground):
    for words in ("翠竹", "桂芳"):
        registry.save_list(name="我的名单", wanted={"find": words}, by=officer, now=NOW)
    (saved,) = registry.saved_lists(officer)
    assert saved.wanted == {"find": "桂芳"}
    other = viewer(ground.town.community.id, SEE, number=9)
    registry.forget_list(list_id=saved.id, by=other)
    assert registry.saved_lists(other) == []
    registry.forget_list(list_id=saved.id, by=officer)
    assert registry.saved_lists(officer) == []


def test_a_saved_list_bears_the_highest_grade_of_what_narrows_it_and_rises_with_it(officer, ground):
    by_sex, by_words = registry.Wanted(where=("sex", "2")), registry.Wanted(words="翠竹")
    plain, nothing = registry.Wanted(), registry.Wanted(where=("nothing", "1"))
    before = registry.grades_of_lists([plain, by_sex, by_words, nothing])
    highest = max(one.grade for one in registry.elements_of("person").values() if one.search == "fragment")
    assert before == [1, 2, highest, 4]
    graded = registry.Graded(3, "01", sensitive=False, mask="all")
    registry.grade_element(kind="person", code="sex", graded=graded, words="调高", by=accounts.SYSTEM, now=NOW)
    assert registry.grades_of_lists([plain, by_sex]) == [1, 3]
    tag = define(officer, ground, grade=2)
    assert registry.grades_of_lists([registry.Wanted(tag_id=tag.id)]) == [2]


@pytest.mark.slow
def test_a_tag_rises_with_an_element_of_its_rule_and_is_hidden_the_same_second(officer, ground, wu):
    tag = define(officer, ground, rule=OLD)
    other = define(officer, ground, name="女性", rule={"join": "and", "parts": [["sex", "is", "2"]]})
    registry.sweep(now=NOW)
    assert tag in registry.tags_seen_by(officer)
    graded = registry.Graded(4, "01", sensitive=True, mask="all")
    registry.grade_element(kind="person", code="lives_alone", graded=graded, words="调高", by=accounts.SYSTEM, now=NOW)
    assert list(registry.tags_seen_by(officer)) == [other]
    keeper = viewer(ground.town.community.id, SEE, TAGS, SENSITIVE)
    assert {one.grade for one in registry.tags_seen_by(keeper)} >= {4}
    graded = replace(graded, grade=3)
    registry.grade_element(kind="person", code="lives_alone", graded=graded, words="调低", by=accounts.SYSTEM, now=NOW)
    assert list(registry.tags_seen_by(officer)) == [other], "it does not sink by itself"
