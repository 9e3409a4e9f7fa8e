"""The change log: what is told of a change, to whom, and what a first load leaves untold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.registry.models import Change, ChangeCount, Source
from linli.registry.rules.changes import State, changes_between
from linli.registry.rules.elements import ElementInfo
from linli.registry.tests.factories import NOW, WU_ID, ledger, make_house, make_wu, relate, say, viewer

LATER = NOW + timedelta(hours=1)
MONDAY = registry.monday_of(NOW.date())


def told(**where):
    return sorted(Change.objects.filter(**where).values_list("what", "community_id"))


def see(ground, *more, community=None):
    return viewer((community or ground.town.community).id, "registry.see", *more)


def test_a_birth_and_a_newcomer_are_told_apart(ground):
    grid = ground.grids["xuefu1"]
    say("police", "person", "P1", name="吴小满", birth_date="2026-11-01", area_code=grid.code)
    say("police", "person", "P2", name="王五", birth_date="1980-11-01", area_code=grid.code)
    assert told() == [("born", ground.town.community.id), ("new_person", ground.town.community.id)]


@pytest.mark.slow
def test_a_move_is_news_for_both_communities_and_none_for_the_street(ground):
    old, new = make_house(ground.grids["xuefu1"]), make_house(ground.grids["lanting1"], key="F2", address="兰亭1栋101")
    wu = make_wu(ground.grids["xuefu1"])
    row = relate("lives_in", wu, old)
    Change.objects.all().delete()
    registry.end_relation(relation_id=row.id, on=NOW.date(), by=accounts.SYSTEM, now=LATER)
    relate("lives_in", wu, new, NOW.date(), at=LATER)
    rows = {row.what: row for row in Change.objects.all()}
    assert rows["moved_out"].community_id == ground.town.community.id
    assert rows["moved_out"].other_id == ground.town.other_community.id
    assert rows["moved_in"].community_id == ground.town.other_community.id
    assert {row.street_id for row in rows.values()} == {None}
    (line,) = registry.look_at_changes(what="moved_out", monday=MONDAY, by=see(ground), now=LATER).items
    assert (line.brief.title, line.brief.hint, line.opens) == ("吴**", "", False)


def test_a_death_a_rental_and_a_benefit_have_names_of_their_own(ground):
    grid = ground.grids["xuefu1"]
    make_house(grid)
    make_wu(grid)
    Change.objects.all().delete()
    say("police", "person", "P1", at=LATER, name="吴桂芳", citizen_id=WU_ID, area_code=grid.code, died_on="2026-11-20")
    say("civil", "person", "M1", at=LATER, citizen_id=WU_ID, low_income="是")
    say("police", "house", "F1", at=LATER, address="翠竹花园3栋2单元501室", address_code="F1", rented="是",
        area_code=grid.code)  # fmt: skip
    assert {what for what, _community in told()} >= {"died", "benefit_started", "new_rental"}


def test_benefits_are_counted_for_all_and_listed_for_who_may(ground):
    make_wu(ground.grids["xuefu1"])
    say("civil", "person", "M1", at=LATER, citizen_id=WU_ID, low_income="是")
    week = registry.week_of_changes(by=see(ground), monday=MONDAY)
    assert (week.counts["benefit_started"], week.kept_back) == (1, {"benefit_started": 1})
    asked = {"what": "benefit_started", "monday": MONDAY, "now": LATER}
    assert registry.look_at_changes(by=see(ground), **asked).items == ()
    (line,) = registry.look_at_changes(by=see(ground, "registry.sensitive"), **asked).items
    assert line.elements == ("最低生活保障对象",)


def test_another_community_hears_nothing(ground):
    make_wu(ground.grids["xuefu1"])
    other = see(ground, community=ground.town.other_community)
    assert registry.week_of_changes(by=other, monday=MONDAY).total == 0
    assert registry.look_at_changes(what="new_person", monday=MONDAY, by=other, now=NOW).items == ()


def test_each_look_stands_in_the_ledger(ground):
    make_wu(ground.grids["xuefu1"])
    registry.look_at_changes(what="new_person", monday=MONDAY, by=see(ground), now=NOW)
    (entry,) = ledger(object_kind="change_list")
    assert (entry.action, len(entry.subjects)) == ("list", 1)


def test_no_value_stands_in_the_log(ground):
    make_wu(ground.grids["xuefu1"])
    text = str(list(Change.objects.values()))
    assert WU_ID not in text
    assert "吴" not in text


def test_a_first_load_is_told_to_nobody_and_what_follows_is(ground):
    grid = ground.grids["xuefu1"]
    said = [registry.Statement("P1", {"name": "王一", "citizen_id": WU_ID, "area_code": grid.code}, NOW)]
    load = {"source": "police", "kind": "person", "run": "1", "by": accounts.SYSTEM, "later": True}
    registry.take_in(statements=said, now=NOW, **load)
    registry.project_due(now=NOW)
    assert told() == []
    assert Source.objects.get(pk="police").loaded_at == NOW
    more = [registry.Statement("P2", {"name": "王二", "area_code": grid.code}, NOW)]
    registry.take_in(statements=more, now=LATER, **load)
    registry.project_due(now=LATER)
    assert told() == [("new_person", ground.town.community.id)]


def test_what_is_said_again_is_no_change(ground):
    make_wu(ground.grids["xuefu1"])
    rows = Change.objects.count()
    make_wu(ground.grids["xuefu1"])
    assert Change.objects.count() == rows


def test_counts_agree_with_rows(ground):
    make_wu(ground.grids["xuefu1"])
    make_house(ground.grids["xuefu2"])
    for row in ChangeCount.objects.filter(level="community"):
        same = Change.objects.filter(community_id=row.area, what=row.what, kind=row.kind)
        assert same.count() == row.count
    assert ChangeCount.objects.count() >= 8


def test_a_mark_counts_for_the_post_and_can_be_taken_back(ground):
    make_wu(ground.grids["xuefu1"])
    ground.town.unit if hasattr(ground.town, "unit") else None
    who = see(ground)
    unit = accounts.units()[0].id
    held = who.holdings[0]
    who = accounts.Actor(who.person_id, "李青", "staff", (type(held)(**{**{s: getattr(held, s) for s in held.__slots__},
                                                                     "unit_id": unit}),))  # fmt: skip
    asked = {"what": "new_person", "monday": MONDAY, "by": who, "now": NOW}
    (line,) = registry.look_at_changes(**asked).items
    assert registry.mark_seen(ids=[line.id], by=who, now=NOW) == 1
    assert registry.look_at_changes(**asked).items[0].seen_by == "李青"
    assert registry.mark_seen(ids=[line.id], by=who, now=NOW, seen=False) == 1
    assert registry.look_at_changes(**asked).items[0].seen_by == ""
    other = see(ground, community=ground.town.other_community)
    assert registry.mark_seen(ids=[line.id], by=other, now=NOW) == 0


def test_the_number_of_queries_does_not_grow(ground, django_assert_num_queries):
    make_wu(ground.grids["xuefu1"])
    asked = {"what": "new_person", "monday": MONDAY, "by": see(ground), "now": NOW}
    for _round in range(2):
        with django_assert_num_queries(7):  # savepoint, page, ledger, entities, sources, seen, release
            registry.look_at_changes(**asked)
        for number in range(2):
            say("police", "person", f"P{number}{_round}", name="王六", area_code=ground.grids["xuefu1"].code)


def test_slices_say_who_speaks_of_an_area_and_how_freshly(ground):
    make_wu(ground.grids["xuefu1"])
    registry.recount_slices(now=NOW + timedelta(days=1))
    rows = {(row["source_id"], row["kind"]): (row["n"], row["n_fresh"]) for row in registry.slices(by=see(ground))}
    assert rows == {("police", "person"): (1, 1), ("visits", "person"): (1, 1)}
    assert registry.slices(by=see(ground, community=ground.town.other_community)) == []


INFO = {code: ElementInfo("person", code, code, grade=grade) for code, grade in (("a", 2), ("b", 3), ("c", 4))}
VALUES = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.sampled_from(["x", "y"]))
AREA = st.fixed_dictionaries({level: st.frozensets(st.integers(1, 3), max_size=2)
                              for level in ("grid", "community", "street", "county")})  # fmt: skip


@pytest.mark.hypothesis
@given(VALUES, VALUES, AREA, AREA)
def test_nothing_is_told_of_nothing_and_something_of_everything(old, new, here, there):
    found = changes_between("person", State(old, here), State(new, there), INFO, today=date(2026, 11, 23))
    moved = here != there
    changed = {code for code in INFO if old.get(code) != new.get(code)}
    heard = any(there.values())
    assert bool(found) == (moved or (bool(changed) and heard))
    told_codes = {code for one in found for code in one.elements}
    assert told_codes == (changed if heard else set())
