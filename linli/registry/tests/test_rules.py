"""What needs no database: which source is believed, search terms, masks, values, the dictionary that ships."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.registry.rules import terms
from linli.registry.rules.cards import Brief
from linli.registry.rules.dictionary import read_dictionary
from linli.registry.rules.elements import ElementInfo, check_element
from linli.registry.rules.graphs import Edge, Graph, Node, laid_out
from linli.registry.rules.kinds import BONDS, KINDS
from linli.registry.rules.masks import HIDDEN, NOTHING, clearance_of, freshness, masked, shown
from linli.registry.rules.refusals import ElementRefusedError
from linli.registry.rules.retention import limit_day, limit_of
from linli.registry.rules.survivorship import Said, project
from linli.registry.rules.values import BadValueError, clean_value

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PHONE = ElementInfo("person", "phone", "联系电话", type="phone", grade=3, mask="phone", owner="社区", fresh_days=180)


def said(number, source="police", department="公安", at=NOW, since=TODAY, **more):
    values = more.pop("values", {"phone": str(number)})
    more.setdefault("is_verified", False)
    more.setdefault("valid_to", None)
    return Said(
        UUID(int=number), source, "1", department, observed_at=more.pop("observed_at", at), recorded_at=at,
        valid_from=since, values=values, **more,
    )  # fmt: skip


def believed(*records, on=TODAY, known_at=NOW, owner="社区"):
    found = project(records, {"phone": owner}, on=on, known_at=known_at)
    return found["phone"].value if "phone" in found else None


def test_the_owner_comes_first_then_who_was_there_then_who_came_last():
    police, visit = said(1), said(2, "visits", "社区", at=NOW - timedelta(days=90))
    assert believed(police, visit) == "2"
    assert believed(police, visit, owner="卫健") == "1"
    seen = replace(visit, is_verified=True)
    assert believed(police, seen, owner="卫健") == "2"
    assert believed(police, seen, owner="公安") == "1"


def test_a_source_that_says_nothing_of_an_element_leaves_it_to_others():
    assert believed(said(1, values={"name": "王一"}), said(2, "visits", "卫健")) == "2"
    assert believed(said(1, values={"strange": "1"})) is None


def test_two_clocks_of_one_source():
    """The address of 2020 was known at once; that of May 2026 only in July."""
    first = said(1, at=datetime(2020, 1, 2, tzinfo=UTC), since=date(2020, 1, 1))
    second = said(2, at=datetime(2026, 7, 1, tzinfo=UTC), since=date(2026, 5, 1))
    june = date(2026, 6, 1)
    assert believed(first, second) == "2"
    assert believed(first, second, on=date(2023, 1, 1)) == "1"
    assert believed(first, second, on=june) == "2"
    assert believed(first, second, on=june, known_at=datetime(2026, 6, 1, tzinfo=UTC)) == "1"
    assert believed(first, second, on=date(2019, 1, 1)) is None


def test_an_old_statement_that_arrives_late_does_not_win():
    new, late = said(1, since=date(2026, 5, 1)), said(2, at=NOW, since=date(2020, 1, 1))
    assert believed(new, late) == "1"
    assert believed(said(1, valid_to=date(2026, 6, 1), since=date(2020, 1, 1))) is None


@given(st.permutations(range(5)))
def test_the_order_in_which_records_are_read_does_not_matter(order):
    records = [said(n + 1, f"s{n}", "卫健", at=NOW - timedelta(hours=n % 2)) for n in range(5)]
    assert believed(*[records[n] for n in order]) == believed(*records)


def test_search_terms_find_fragments_and_keep_numbers_whole():
    home = terms.text_terms("翠竹花园３栋2单元501室")
    for query in ("翠竹", "花园3栋", "3栋2单元501", "501", "2单元"):
        assert set(terms.query_terms(query)) <= home, query
    for query in ("13栋", "3栋1单元", "50", "竹翠"):
        assert not set(terms.query_terms(query)) <= home, query
    assert set(terms.query_terms("芳")) <= terms.name_terms("吴桂芳")
    assert set(terms.query_terms("吴芳")) - terms.name_terms("吴桂芳")
    assert terms.query_terms("!?") == []


def test_what_every_address_holds_tells_little_and_is_still_asked_for_when_nothing_else_is_said():
    whole, telling = terms.query_terms("翠竹苑1栋2单元501室"), terms.telling_terms("翠竹苑1栋2单元501室")
    assert set(telling) < set(whole)
    assert set(telling) == {
        *terms.query_terms("翠竹苑1"), *terms.query_terms("栋2"), *terms.query_terms("元501")
    }  # fmt: skip
    assert terms.telling_terms("1栋2单元") == terms.query_terms("栋2")
    assert terms.telling_terms("单元室") == terms.query_terms("单元室")
    assert terms.telling_terms("芳") == terms.query_terms("芳")
    assert terms.telling_terms("") == []


@given(st.text(alphabet="张三李四0123栋单元室ab", min_size=1, max_size=12), st.data())
def test_every_part_of_a_text_finds_it(text, data):
    pieces = terms.pieces_of(text)
    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first, len(pieces) - 1))
    query = " ".join(pieces[first : last + 1])
    assert set(terms.query_terms(query)) <= terms.name_terms(text)


def test_addresses_sort_as_people_count():
    doors = ["3栋10单元", "3栋2单元", "12栋1单元"]
    assert sorted(doors, key=terms.sort_key) == ["3栋2单元", "3栋10单元", "12栋1单元"]


def test_a_grade_decides_what_is_shown():
    assert shown(PHONE, "13800001111", clearance_of(["registry.see"])) == ("masked", "138****1111")
    assert shown(PHONE, "13800001111", clearance_of(["registry.see", "registry.reveal"])) == ("plain", "13800001111")
    assert shown(PHONE, "13800001111", NOTHING) == ("hidden", HIDDEN)
    health = replace(PHONE, code="health", type="text", grade=4, mask="none")
    assert shown(health, "慢性病", clearance_of(["registry.reveal"])) == ("hidden", HIDDEN)
    assert masked(health, "慢性病") == HIDDEN
    assert masked(replace(PHONE, mask="tail", type="text"), "6222021234567890") == "************7890"
    assert masked(replace(PHONE, mask="tail", type="text"), "678") == HIDDEN


@given(st.sampled_from(read_dictionary()), st.text(alphabet="0123456789张伟", min_size=5, max_size=18))
def test_what_is_masked_is_not_the_value(element, value):
    assert element.mask == "none" or masked(element, value) != value


def test_freshness_follows_the_element():
    ages = [freshness(PHONE, NOW - timedelta(days=days), NOW) for days in (0, 180, 181, 360, 361)]
    assert ages == ["fresh", "fresh", "ageing", "ageing", "stale"]
    assert freshness(replace(PHONE, fresh_days=None), NOW - timedelta(days=9999), NOW) == "fresh"


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("date", "2026年1月3日", "2026-01-03"), ("date", "20260103", "2026-01-03"),
        ("date", "2026/1/3 00:00:00", "2026-01-03"),
        ("number", "1,200", 1200), ("number", 58.5, 58.5), ("flag", "是", True), ("flag", "0", False),
        ("text", "  ", None),
        ("phone", "138 0000 1111", "13800001111"), ("citizen_id", "340524800101001", "34052419800101001X"),
        ("credit_code", "91350100m000100y43", "91350100M000100Y43"), ("area", "990101001001", "990101001001"),
        ("code", "1", "1"), ("text", None, None),
    ],
)  # fmt: skip
def test_values_are_made_uniform(kind, raw, kept):
    element = replace(PHONE, type=kind)
    assert clean_value(element, raw, codes={"1"}, today=TODAY) == kept


@pytest.mark.parametrize(
    ("kind", "raw"),
    [("date", "3.5"), ("date", "2026-02-30"), ("date", "2027-01-01"), ("number", "十二"), ("flag", "也许"),
     ("phone", "12ab"),
     ("citizen_id", "340524198001010011"), ("credit_code", "91350100M000100Y44"), ("area", "9901"), ("code", "7"),
     ("text", "长" * 501)],
)  # fmt: skip
def test_bad_values_are_refused_with_a_sentence(kind, raw):
    with pytest.raises(BadValueError) as refused:
        clean_value(replace(PHONE, type=kind), raw, codes={"1"}, today=TODAY)
    assert str(refused.value.sentence)


def test_the_shipped_dictionary_is_sound():
    shipped = read_dictionary()
    for element in shipped:
        check_element(element)
    count = {kind: sum(one.kind == kind for one in shipped) for kind in (*KINDS, "residence")}
    assert count["person"] >= 30
    assert count["house"] >= 15
    assert min(count.values()) >= 4
    assert all((one.kind, KINDS[one.kind].title) for one in shipped if one.kind in KINDS)
    named = {(one.kind, one.code) for one in shipped}
    assert all((kind.code, kind.title) in named for kind in KINDS.values())
    assert all(one.owner for one in shipped)
    assert not [one.code for one in shipped if not one.standard and not one.is_sample]


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "ghost"}, {"code": "Phone!"}, {"label": " "}, {"type": "colour"}, {"grade": 7}, {"table": "sex"},
         {"grade": 2, "sensitive": True},
     {"sharing": "none"}, {"search": "fragment"}, {"type": "text", "identifies": True}],
)  # fmt: skip
def test_an_element_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(ElementRefusedError):
        check_element(replace(PHONE, **wrong))


def test_relations_join_known_kinds():
    assert {kind for bond in BONDS.values() for kind in (*bond.starts, *bond.ends)} == set(KINDS)


def test_a_picture_has_a_place_for_each_node():
    keys = [UUID(int=n) for n in range(9)]
    nodes = tuple(
        Node(key, 0 if n == 0 else 1 if n < 4 else 2, Brief(key, "person", "王**", "")) for n, key in enumerate(keys)
    )
    edges = tuple(Edge("guards", keys[(n - 1) // 2], keys[n], TODAY, None) for n in range(1, 9))
    spots = laid_out(Graph(keys[0], nodes, edges, is_cut=False))
    assert len({(spot.x, spot.y) for spot in spots}) == 9
    assert (spots[0].x, spots[0].y) == (0.0, 0.0)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4))
def test_an_outer_ring_lies_outside_the_inner_ones(counts):
    steps = [0, *(number for number, count in enumerate(counts, start=1) for _ in range(count))]
    nodes = tuple(Node(UUID(int=key), far, None) for key, far in enumerate(steps))
    spots = laid_out(Graph(UUID(int=0), nodes, (), is_cut=False))
    reach = {far: [(s.x / 1.6) ** 2 + s.y**2 for s in spots if s.node.steps == far] for far in set(steps)}
    assert all(max(reach[far]) + 1 < min(reach[far + 1]) for far in range(len(counts)))


def test_a_time_of_keeping_ends_on_the_day_of_the_month():
    assert limit_day(12, TODAY) == date(2025, 11, 23)
    assert limit_day(1, date(2026, 3, 31)) == date(2026, 2, 28)
    assert limit_day(120, TODAY) == date(2016, 11, 23)
    assert limit_of(24, NOW) == datetime(2024, 11, 23, 4, 0, tzinfo=UTC)
