"""One person under several spellings becomes one; what a person decides survives; nobody sees more than they may."""

import pytest
from django.db import connection
from django.urls import reverse

from linli.accounts import api as accounts
from linli.exchange.actions.judge import judge_pair
from linli.exchange.actions.link_online import look_up
from linli.exchange.actions.rerun import learn_weights, rerun_all, rerun_linkage
from linli.exchange.models import LinkageEntry, LinkageKey, LinkageModel, LinkageReview
from linli.exchange.queries.linkage_index import model_in_force
from linli.exchange.queries.linkage_reviews import reasons_for, reviews_seen_by
from linli.exchange.rules.linkage_batch import judged, link
from linli.exchange.rules.linkage_crowd import crowd
from linli.exchange.rules.linkage_kinds import rows_from
from linli.exchange.rules.linkage_rows import rows_of
from linli.exchange.rules.linkage_weights import SAME
from linli.exchange.rules.refusals import ExchangeRefusedError
from linli.regions import api as regions
from linli.registry import api as registry
from linli.registry.tests.factories import NOW, Entity, Identity, IdentityDeed, ledger, make_house, relate, say, viewer
from linli.trust import api as trust

WU = {"name": "吴桂芳", "birth_date": "1940-03-12", "sex": "2", "address": "青石巷7号2栋1单元201室"}
PHONE, ID = "13800001111", "99010119400312122X"
CAPABILITIES = ("registry.see", "registry.reveal", "registry.link", "exchange.link")


@pytest.fixture
def officer(ground):
    return viewer(ground.town.street.id, *CAPABILITIES)


@pytest.fixture
def grid(ground):
    return ground.grids["xuefu1"]


def wu(source, key, grid, **other):
    return say(source, "person", key, **{**WU, "area_code": grid.code, **other})


def doubtful(grid):
    """Let two sources speak of what may be one person or twins."""
    one = wu("police", "P1", grid, phone=PHONE)
    other = wu("visits", "V1", grid, name="吴桂珍", phone="")
    assert one != other
    return one, other, LinkageReview.objects.get()


def test_three_departments_under_three_spellings_know_one_person(grid):
    police = wu("police", "P1", grid, citizen_id=ID)
    assert wu("civil", "M1", grid, name="吴贵芳", phone=PHONE, address="青石巷七号二栋一单元201") == police
    assert wu("visits", "V1", grid, citizen_id=ID, name="吴桂芬", address="", birth_date="") == police
    assert Entity.objects.filter(kind="person").count() == 1
    assert LinkageReview.objects.count() == 0


def test_two_valid_ids_are_two_people_with_everything_else_the_same(grid):
    twin = "990101194003121262"
    one = wu("police", "P1", grid, citizen_id=ID, phone=PHONE)
    assert registry.elements_of("person")
    other = wu("visits", "V1", grid, citizen_id=twin, phone=PHONE)
    assert one != other


def test_a_doubtful_pair_is_somebody_new_and_waits_in_the_queue(grid, officer):
    _one, _other, review = doubtful(grid)
    assert review.state == "open"
    assert list(reviews_seen_by(officer)) == [review]
    reasons = {reason.field: reason for reason in reasons_for(review)}
    assert reasons["姓名"].agreement == "差一个字"
    assert reasons["出生日期"].weight == "有力支持是同一个"


def test_two_drafts_of_one_import_are_one_person(grid):
    said = [registry.Statement(key, {**WU, "area_code": grid.code, "phone": PHONE}, NOW) for key in ("V1", "V2")]
    taken = registry.take_in(source="visits", kind="person", statements=said, run="t", by=accounts.SYSTEM, now=NOW)
    assert taken.ids["V1"] == taken.ids["V2"]
    assert taken.new == 1


def test_one_merges_and_undo_restores(grid, officer):
    one, other, review = doubtful(grid)
    house = make_house(grid)
    relate("lives_in", other, house)
    judge_pair(review_id=review.id, step="one", by=officer, now=NOW)
    survivor = min(one, other)
    assert set(Identity.objects.filter(kind="person").values_list("entity_id", flat=True)) == {survivor}
    card = registry.open_card(entity_id=max(one, other), by=officer, purpose="link", now=NOW)
    assert card.brief.id == survivor
    assert [bond.bond for bond in card.bonds] == ["lives_in"]
    assert len(Entity.objects.get(pk=survivor).subjects) >= 2
    judge_pair(review_id=review.id, step="undo", by=officer, now=NOW)
    assert {row.key: row.entity_id for row in Identity.objects.filter(kind="person")} == {"P1": one, "V1": other}
    assert registry.open_card(entity_id=one, by=officer, purpose="link", now=NOW).bonds == ()
    assert [bond.bond for bond in registry.open_card(entity_id=other, by=officer, purpose="link", now=NOW).bonds] == [
        "lives_in"
    ]
    assert [step.step for step in review.steps.order_by("at", "id")] == ["one", "undo"]
    assert list(IdentityDeed.objects.order_by("id").values_list("act", flat=True)) == ["merge", "split"]


def test_two_survives_reruns_and_imports(grid, officer):
    one, other, review = doubtful(grid)
    judge_pair(review_id=review.id, step="two", by=officer, now=NOW)
    for _again in range(2):
        assert rerun_linkage(kind="person", now=NOW).raised == 0
    assert wu("visits", "V1", grid, name="吴桂芳", phone=PHONE) == other
    assert rerun_linkage(kind="person", now=NOW).raised == 0
    assert Identity.objects.get(key="P1").entity_id == one
    whom = registry.identities_of([review.left_id, review.right_id])
    with pytest.raises(registry.MergeRefusedError):
        registry.merge_entities(survivor=one, absorbed=other, by=officer, now=NOW)
    assert len(whom) == 2


def test_a_pin_holds_for_a_key_that_comes_again(grid, officer):
    one, other, review = doubtful(grid)
    judge_pair(review_id=review.id, step="one", by=officer, now=NOW)
    Identity.objects.filter(key="V1").delete()
    assert wu("visits", "V1", grid, name="完全不同", phone="13911112222", birth_date="1990-01-01") == min(one, other)


def test_a_rerun_proposes_what_became_certain_and_is_idempotent(grid):
    wu("police", "P1", grid, phone=PHONE)
    say("visits", "person", "V1", name="周某", area_code=grid.code)
    assert rerun_linkage(kind="person", now=NOW).raised == 0
    say("visits", "person", "V1", **WU, phone=PHONE, area_code=grid.code)
    assert rerun_all(now=NOW)["person"].raised == 1
    assert rerun_all(now=NOW)["person"].raised == 0
    assert Entity.objects.filter(kind="person").count() == 2


@pytest.mark.slow
def test_online_decides_as_batch_does(ground):
    people, _truth = crowd(3_000, seed=4)
    rows = rows_of(people)
    model, among = model_in_force()
    linked = link(rows, model)
    codes = ("name", "citizen_id", "birth_date", "sex", "phone", "address")
    columns = (people.names, people.ids, people.births, people.sexes, people.phones, people.addresses)
    pairs = [(int(first), at) for at, first in enumerate(linked.people) if first != at][:40]
    statements = {
        at: dict(zip(codes, [column[at] for column in columns], strict=True)) for pair in pairs for at in pair
    }
    sure = 0
    for one, other in pairs:
        key = say("police", "person", f"A{one}", **statements[one])
        (found,) = look_up("person", rows_from("person", [statements[other]]))
        same = judged(rows[[one]], rows[[other]], model, among=among)[0][0] == SAME
        assert (found.entity == key) == same
        sure += same
    assert sure > 30


def test_houses_and_households_link_by_their_door(grid, ground):
    house = say("police", "house", "F1", address="青石巷7号2栋1单元201室", area_code=grid.code)
    assert say("visits", "house", "H9", address="青石巷七号2幢1单元201", area_code=grid.code) == house
    elsewhere = ground.grids["lanting1"]
    assert say("visits", "house", "H8", address="青石巷7号2栋1单元201室", area_code=elsewhere.code) != house
    home = {"address": "青石巷7号2栋1单元201室", "area_code": grid.code}
    family = say("police", "household", "B1", head_name="吴桂芳", **home)
    assert say("visits", "household", "B2", head_name="吴桂芳", **home) == family
    assert say("visits", "household", "B3", head_name="陈大文", **home) != family


def test_nothing_that_is_compared_stands_plain_in_the_index(grid):
    wu("police", "P1", grid, citizen_id=ID, phone=PHONE)
    assert LinkageKey.objects.count() >= 6
    assert LinkageEntry.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(\"row\", 'hex') FROM exchange_linkageentry")
        (text,) = cursor.fetchone()
    for whole in (ID, PHONE, "吴桂芳", "19400312"):
        assert whole.encode().hex() not in text


def test_who_may_not_judge_sees_and_changes_nothing(grid, ground, officer):
    _one, _other, review = doubtful(grid)
    elsewhere = viewer(ground.town.other_community.id, *CAPABILITIES, number=2)
    powerless = viewer(ground.town.street.id, "registry.see", number=3)
    for actor in (elsewhere, powerless):
        assert not list(reviews_seen_by(actor))
        with pytest.raises((trust.Hidden, trust.NotAllowed)):
            judge_pair(review_id=review.id, step="one", by=actor, now=NOW)
    review.refresh_from_db()
    assert review.state == "open"


def test_a_pair_is_judged_once(grid, officer):
    _one, _other, review = doubtful(grid)
    judge_pair(review_id=review.id, step="later", by=officer, now=NOW)
    judge_pair(review_id=review.id, step="two", by=officer, now=NOW)
    with pytest.raises(ExchangeRefusedError):
        judge_pair(review_id=review.id, step="one", by=officer, now=NOW)


def test_a_judgement_stands_in_the_ledger_for_both(grid, officer):
    _one, _other, review = doubtful(grid)
    judge_pair(review_id=review.id, step="one", by=officer, now=NOW)
    (merge,) = ledger(action="merge_records")
    assert len(merge.subjects) == 2


@pytest.mark.slow
@pytest.mark.parametrize("pairs", [1, 3])
def test_the_queue_costs_as_many_queries_for_many(grid, officer, pairs, django_assert_num_queries):
    for number in range(pairs):
        born = ("1950-03-12", "1967-05-28", "1984-11-01")[number]
        home = {"address": f"柳荷路{number + 3}号2单元101室", "birth_date": born}
        wu("police", f"P{number}", grid, **home)
        wu("visits", f"V{number}", grid, name="吴桂珍", **home)
    assert reviews_seen_by(officer).count() == pairs
    with django_assert_num_queries(1):
        assert len(list(reviews_seen_by(officer)[:31])) == pairs


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 100])
def test_many_drafts_cost_as_many_queries_as_few(grid, count, django_assert_max_num_queries):
    said = [
        registry.Statement(
            f"K{n}", {"name": f"吴{chr(0x4E00 + n)}芳", "birth_date": "1950-01-02", "area_code": grid.code}, NOW
        )
        for n in range(count)
    ]
    with django_assert_max_num_queries(30):
        registry.take_in(source="visits", kind="person", statements=said, run="t", by=accounts.SYSTEM, now=NOW)


def test_too_few_records_teach_nothing(grid):
    wu("police", "P1", grid)
    assert learn_weights(now=NOW) is False
    assert not LinkageModel.objects.exists()


def test_the_address_of_a_pair_names_nobody(grid):
    _one, _other, review = doubtful(grid)
    assert str(review.id) in reverse("exchange:pair", args=[review.id])


OLD, NEW = "东风路12号2栋1单元201室", "人民路12号2栋1单元201室"


def renamed(ground):
    """Write down that 人民路 was 东风路."""
    road = regions.standardise(text="人民路12号", within=ground.town.community, by="tests", now=NOW)[0]
    return regions.add_place_name(of=road, draft=regions.NameDraft("former", "东风路"), by="tests", now=NOW)


def speak_of_one(grid, *, first=OLD, second=NEW):
    """Let two sources speak of one man: the second with a mistyped id, another telephone, another day of birth."""
    one = wu("police", "P1", grid, citizen_id=ID, phone=PHONE, address=first)
    return one, wu(
        "civil", "M1", grid, citizen_id="990101194003131226", name="吴贵芳", phone="", address=second, birth_date=""
    )


@pytest.mark.slow
@pytest.mark.parametrize("known", [True, False])
def test_a_mistyped_id_at_a_renamed_street_meets_only_by_the_table_of_old_names(grid, ground, known):
    if known:
        renamed(ground)
    one, other = speak_of_one(grid)
    assert (one == other or LinkageReview.objects.exists()) is known


@pytest.mark.slow
def test_what_was_said_before_the_name_was_known_is_met_online_and_by_the_rerun(grid, ground):
    one, other = speak_of_one(grid)
    assert one != other
    assert rerun_linkage(kind="person", now=NOW).raised == 0
    renamed(ground)
    again = wu("visits", "V1", grid, name="吴桂芳", citizen_id="", birth_date="", phone="", address=NEW)
    assert again == one or LinkageReview.objects.exists()
    assert rerun_linkage(kind="person", now=NOW).pairs > 0
