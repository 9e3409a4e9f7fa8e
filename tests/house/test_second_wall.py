"""The second wall: within it a query that forgot its filter shows nobody else, writes nothing, and uses its index."""

import json
import re
from dataclasses import replace
from itertools import accumulate

import pytest
from django.core.checks import run_checks
from django.db import ProgrammingError, connection, transaction

from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.registry.models import Change, Entity, Identifier, Identity, Listing, Relation, SourceRecord, TagMark
from linli.registry.tests.factories import NOW, ledger, make_ground, make_house, make_wu, relate, say, viewer
from linli.trust import api as trust
from linli.trust import checks
from linli.trust import slots as trust_slots
from linli.trust.actions.wall import build_wall
from linli.trust.queries import wall
from tests.snapshot import kept

SEE = "registry.see"
CALL = re.compile(r"(?<![\w.])(?!ANY|COALESCE|NULLIF|EXISTS|SELECT)([a-z_]\w*)\(")


@pytest.fixture
def ground(db, keys_in_memory):
    return _ground()


@kept
def _ground():
    kernel.load_shipped_codes()
    return make_ground()


@pytest.fixture
def people(ground):
    """Old Wu at home in one community, old Lin at home in the other."""
    return _people(ground)


@kept
def _people(ground):
    house = make_house(ground.grids["xuefu1"])
    wu = make_wu(ground.grids["xuefu1"])
    relate("lives_in", wu, house)
    far = make_house(ground.grids["lanting1"], "兰亭路8号", "F2")
    lin = say("police", "person", "P2", name="林远", citizen_id="990101195001010016",
              area_code=ground.grids["lanting1"].code)  # fmt: skip
    relate("lives_in", lin, far)
    return {"wu": wu, "house": house, "lin": lin, "far": far}


def labels(rows=None):
    return {row.pk for row in (Entity.objects.all() if rows is None else rows)}


def test_whoever_forgets_the_filter_sees_the_own_area_only(ground, people):
    assert labels() == set(people.values())
    with trust.sight(viewer(ground.town.community.id, SEE), SEE):
        assert labels() == {people["wu"], people["house"]}
        assert not Entity.objects.filter(pk=people["lin"]).exists()
        for model, column in ((Identifier, "entity_id"), (SourceRecord, "entity_id"), (Identity, "entity_id")):
            assert set(model.objects.values_list(column, flat=True)) == {people["wu"], people["house"]}, model
        assert set(Relation.objects.values_list("start_id", "end_id")) == {(people["wu"], people["house"])}
    assert labels() == set(people.values())


@pytest.mark.parametrize(
    ("where", "seen"),
    [
        ("county", {"wu", "house", "lin", "far"}),
        ("street", {"wu", "house", "lin", "far"}),
        ("community", {"wu", "house"}),
        ("other_community", {"lin", "far"}),
        ("xuefu1", {"wu", "house"}),
        ("xuefu2", set()),
    ],
)
def test_the_wall_stands_where_the_predicate_ends(ground, people, where, seen):
    town = ground.town
    grid = ground.grids.get(where)
    division = town.community if grid else getattr(town, where)
    actor = viewer(division.id, SEE, grid_id=grid.id if grid else None)
    by_predicate = labels(trust.visible(actor, SEE, Entity.objects.all()))
    with trust.sight(actor, SEE):
        assert labels() == by_predicate == {people[one] for one in seen}


def test_an_area_above_the_county_stands_for_its_counties(ground, people):
    county = ground.town.county
    for above in county.path[:-1]:
        assert wall.areas_of(viewer(above, SEE), SEE) == [county.id]
        with trust.sight(viewer(above, SEE), SEE):
            assert labels() == set(people.values())


@pytest.mark.parametrize(
    ("areas", "seen"),
    [
        (("xuefu2", "lanting1"), {"lin", "far"}),
        (("xuefu2", "community"), {"wu", "house"}),
        (("community", "other_community"), {"wu", "house", "lin", "far"}),
    ],
)
def test_who_holds_several_areas_sees_each(ground, people, areas, seen):
    held = []
    for area in areas:
        grid = ground.grids.get(area)
        division = ground.town.community if grid else getattr(ground.town, area)
        held += viewer(division.id, SEE, grid_id=grid.id if grid else None).holdings
    actor = replace(viewer(1), holdings=tuple(held))
    assert len(wall.areas_of(actor, SEE)) == len(areas)
    with trust.sight(actor, SEE):
        assert labels() == {people[one] for one in seen}


def test_who_is_registered_here_and_lives_elsewhere_is_seen_from_both(ground, people):
    relate("registered_at", people["wu"], people["far"])
    with trust.sight(viewer(ground.town.other_community.id, SEE), SEE):
        assert people["wu"] in labels()
    with trust.sight(viewer(ground.town.community.id, SEE), SEE):
        assert people["wu"] in labels()


def test_other_capabilities_and_no_holding_open_nothing(ground, people):
    with trust.sight(viewer(ground.town.county.id, "registry.export"), SEE):
        assert labels() == set()
    with trust.sight(viewer(ground.town.county.id), SEE):
        assert labels() == set()


WRITES = {
    "a change": lambda people: Entity.objects.filter(pk=people["wu"]).update(label="x"),
    "a lock": lambda people: list(Entity.objects.select_for_update().filter(pk=people["wu"])),
    "a deletion": lambda people: Identifier.objects.filter(entity_id=people["wu"]).delete(),
    "an entry of the ledger": lambda people: ledger_entry(people["wu"]),
    "a table that is not named": lambda _people: list(Change.objects.all()),
}


def ledger_entry(entity):
    return trust.record(
        by=viewer(1, SEE), action="card", purpose="registry.visit", subjects=[], object_kind="person",
        object_id=entity, elements=[], now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("what", WRITES)
def test_nothing_is_written_within(ground, people, what):
    actor = viewer(ground.town.county.id, SEE)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), trust.sight(actor, SEE):
        WRITES[what](people)
    assert Entity.objects.get(pk=people["wu"]).label == "吴桂芳"
    ledger_entry(people["wu"])  # the role is gone with the savepoint


def test_an_error_of_the_program_leaves_the_wall_too(ground, people):
    actor = viewer(ground.town.community.id, SEE)
    with pytest.raises(ValueError, match="on purpose"), trust.sight(actor, SEE):
        raise ValueError("on purpose")
    assert labels() == set(people.values())


def test_a_failed_query_that_is_rolled_back_within_stays_within(ground, people):
    with trust.sight(viewer(ground.town.community.id, SEE), SEE):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Entity.objects.update(label="x")
        assert labels() == {people["wu"], people["house"]}
    assert labels() == set(people.values())


def test_one_wall_at_a_time(ground):
    actor = viewer(ground.town.community.id, SEE)
    with pytest.raises(RuntimeError), trust.sight(actor, SEE), trust.sight(actor, SEE):
        pass
    with trust.sight(actor, SEE):
        assert labels() == set()


def role_and_areas():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user, current_setting('linli.sight', true)")
        return cursor.fetchone()


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_each_query_is_one_and_leaves_nothing_behind(keys_in_memory, transactional_db):
    assert not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("SET linli.sight = ''")
    with trust.sight(viewer(7, SEE, grid_id=8), SEE):
        assert role_and_areas() == (False, "{-8}")
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('linli.sight') || %s;", ["%"])
            assert cursor.fetchall() == [("{-8}%",)]
    assert role_and_areas() == (True, "")


def test_each_query_goes_in_one_message(ground, people, django_assert_num_queries):
    list(Entity.objects.all())
    with trust.sight(viewer(ground.town.community.id, SEE), SEE), django_assert_num_queries(2):
        assert len(Entity.objects.all()) == 2
        assert Entity.objects.count() == 2


def test_rows_that_would_be_fetched_bit_by_bit_are_refused(ground, people):
    with trust.sight(viewer(ground.town.community.id, SEE), SEE), pytest.raises(RuntimeError, match="in one piece"):
        list(Entity.objects.iterator())


def test_looks_with_a_forgotten_filter_show_nobody_of_elsewhere(ground, people, monkeypatch):
    """The predicate opens everything: list, search, count, card, picture, export and brief stay in the area."""
    from linli.registry.queries import listing, sight

    actor = viewer(ground.town.community.id, SEE, "registry.export")
    monkeypatch.setattr(trust, "visible", lambda _actor, _capability, rows: rows)
    monkeypatch.setattr(trust, "visible_parts", lambda _actor, _capability, rows: [rows])
    monkeypatch.setattr(sight, "terms_of_sight", lambda _actor, _kind: None)
    for wanted in (registry.Wanted(), registry.Wanted(words="990101195001010016"), registry.Wanted(words="林远")):
        found = registry.look_through(wanted=wanted, by=actor, now=NOW).items
        assert people["lin"] not in {one.id for one in found}
        assert registry.count_of(viewer=actor, wanted=wanted) == len(found)
        exported = registry.export_entities(wanted=wanted, by=actor, purpose="verify", now=NOW).lines
        assert len(exported) == 1 + len(found)
    assert listing.page_of(viewer=actor, wanted=registry.Wanted())[0].items
    with pytest.raises(trust.Hidden):
        registry.open_card(entity_id=people["lin"], by=actor, purpose="visit", now=NOW)
    with pytest.raises(trust.Hidden):
        registry.around(entity_id=people["lin"], by=actor, purpose="visit", now=NOW)
    with pytest.raises(trust.Hidden):
        registry.look_at(entity_id=people["lin"], by=actor, now=NOW)
    assert set(registry.look_at_some(entity_ids=people.values(), by=actor, now=NOW)) == {people["wu"], people["house"]}
    assert not ledger(object_id=str(people["lin"]))


def plan(rows, **options):
    """Return the plan of a query as nested dictionaries, and every node in it."""
    (row,) = json.loads(rows.explain(format="json", verbose=True, **options))
    return row["Plan"], list(_nodes(row["Plan"]))


def _nodes(node):
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def own_list(ground):
    condition = {"kind": "person", "community_id": ground.town.community.id}
    return Entity.objects.filter(**condition).order_by("sort", "id")[:31]


def test_the_index_of_the_list_is_used_and_the_areas_are_read_once(ground, people):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    with trust.sight(viewer(ground.town.community.id, SEE), SEE):
        _top, nodes = plan(own_list(ground), analyze=True)
    (scan,) = [one for one in nodes if one.get("Relation Name") == "registry_entity"]
    assert scan["Index Name"] == "entity_community"
    assert "community_id = " in scan["Index Cond"]
    once = [one for one in nodes if one.get("Parent Relationship") == "InitPlan"]
    assert once
    assert all(one["Actual Loops"] <= 1 for one in once)
    assert not [one for one in nodes if one.get("Parent Relationship") == "SubPlan"]


def called_per_row(words):
    """Return the functions that a policy calls outside of sub-selects."""
    while "( SELECT" in words:
        begin = words.index("( SELECT")
        depth = accumulate({"(": 1, ")": -1}.get(sign, 0) for sign in words[begin:])
        end = begin + next(n for n, open_ in enumerate(depth) if not open_)
        words = words[:begin] + words[end + 1 :]
    return set(CALL.findall(words))


def policies(cursor):
    cursor.execute("SELECT polrelid::regclass::text, pg_get_expr(polqual, polrelid) FROM pg_policy")
    return dict(cursor.fetchall())


def volatile_among(cursor, names):
    cursor.execute("SELECT proname FROM pg_proc WHERE provolatile = 'v' AND proname = ANY (%s)", [list(names)])
    return {name for (name,) in cursor.fetchall()}


def test_no_policy_calls_a_function_for_each_row_and_none_a_volatile_one(db):
    with connection.cursor() as cursor:
        found = policies(cursor)
        assert set(found) == {one.code for one in trust_slots.readables.all() if one.guarded}
        assert not {table for table, words in found.items() if called_per_row(words)}
        called = {name for words in found.values() for name in CALL.findall(words)}
        assert "current_setting" in called
        assert not volatile_among(cursor, called)


def test_a_policy_that_asks_a_volatile_function_for_each_row_would_be_found(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION is_allowed(area bigint) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN true; END $$;"
            "CREATE POLICY slow ON registry_tag FOR SELECT USING (is_allowed(division_id))"
        )
        words = policies(cursor)["registry_tag"]
        assert called_per_row(words) == volatile_among(cursor, CALL.findall(words)) == {"is_allowed"}


def test_the_wall_is_checked(db):
    assert not [one for one in run_checks(include_deployment_checks=True) if one.id and one.id.startswith("trust.")]
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN EXECUTE format('GRANT INSERT ON registry_entity TO %I', {wall.ROLE}); END $$")
        cursor.execute(f"DO $$ BEGIN EXECUTE format('GRANT SELECT ON registry_change TO %I', {wall.ROLE}); END $$")
        cursor.execute("ALTER TABLE registry_relation DISABLE ROW LEVEL SECURITY")
    said = {one.msg for one in run_checks(include_deployment_checks=True) if one.id == "trust.E002"}
    assert said == {
        "The second wall has a hole: the role may write registry_entity.",
        "The second wall has a hole: the role may read registry_change.",
        "The second wall has a hole: registry_relation has no policy.",
    }


def test_a_user_who_may_not_make_roles_gets_no_wall_and_is_told(ground, people, monkeypatch):
    actor = viewer(ground.town.community.id, SEE)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE modest; ALTER TABLE trust_ledgerentry OWNER TO modest; SET LOCAL ROLE modest")
        build_wall()
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = 'modest_sight'")
        assert cursor.fetchone() == (0,)
        (said,) = checks.second_wall()
        cursor.execute("SET LOCAL ROLE NONE")
    assert "modest may not read as modest_sight" in said.msg
    assert "CREATE ROLE modest_sight NOLOGIN; GRANT modest_sight TO modest" in said.hint
    monkeypatch.setattr(wall, "_known", {})
    with trust.sight(actor, SEE):  # no role of this name: the predicate alone says who sees whom
        assert labels() == set(people.values())
    brief = registry.look_through(wanted=registry.Wanted(), by=actor, now=NOW).items[0]
    assert brief.id == people["wu"]


def test_what_hangs_on_nobody_in_sight_is_not_there(ground, people):
    assert not TagMark.objects.exists()
    registry.take_step(register="rented", entity_id=people["far"], step="register", by=viewer(
        ground.town.county.id, SEE, "registry.keep"), now=NOW)  # fmt: skip
    assert Listing.objects.count() == 1
    with trust.sight(viewer(ground.town.community.id, SEE), SEE):
        assert Listing.objects.count() == 0


def test_rows_that_are_streamed_come_from_within(ground, people):
    rows = Entity.objects.values_list("pk", "sealed").order_by("pk")
    with trust.sight(viewer(ground.town.community.id, SEE), SEE):
        found = list(trust.streamed(rows))
        assert labels() == {people["wu"], people["house"]}
    assert {key for key, _sealed in found} == {people["wu"], people["house"]}
    assert [sealed.reveal() for key, sealed in found if key == people["wu"]]
    assert {key for key, _sealed in trust.streamed(rows)} == set(people.values())
    assert list(trust.streamed(rows.none())) == []


@transaction.atomic
def leave_early(actor):
    with trust.sight(actor, SEE):
        for _key in trust.streamed(Entity.objects.values_list("pk")):
            raise ValueError("on purpose")


def test_who_leaves_a_stream_before_its_end_keeps_no_role(ground, people):
    with pytest.raises(ValueError, match="on purpose"):
        leave_early(viewer(ground.town.community.id, SEE))
    assert role_and_areas()[0]
    assert labels() == set(people.values())


@pytest.mark.django_db(transaction=True)
def test_nothing_is_streamed_within_outside_of_a_transaction(keys_in_memory, transactional_db):
    with trust.sight(viewer(7, SEE, grid_id=8), SEE), pytest.raises(RuntimeError, match="within a transaction"):
        list(trust.streamed(Entity.objects.values_list("pk")))
