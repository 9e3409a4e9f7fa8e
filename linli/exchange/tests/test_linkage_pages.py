"""The queue of doubtful pairs at the desk, and a record that is taken apart and put together again."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.http import urlencode

from linli.accounts import api as accounts
from linli.exchange.models import LinkageReview
from linli.exchange.queries.linkage_reviews import Narrowed, following, reviews_seen_by, waiting_count
from linli.exchange.queries.linkage_sides import pieces
from linli.exchange.rules.linkage_review import cause_of
from linli.registry import api as registry
from linli.registry.tests.factories import NOW, Identity, ledger, make_house, relate, say, viewer
from linli.trust import api as trust

MAY = ("registry.see", "registry.reveal", "registry.link", "exchange.link")
WU = {"name": "吴桂芳", "sex": "2", "address": "青石巷7号2栋1单元201室"}


@pytest.fixture
def grid(ground):
    return ground.grids["xuefu1"]


@pytest.fixture
def officer(ground):
    return viewer(ground.town.county.id, *MAY)


@pytest.fixture
def desk(ground, client):
    person = accounts.create_person(username="linker", name="林数", by=accounts.SYSTEM, now=NOW)
    post = accounts.save_post(code="p-linker", name="linker", capabilities=list(MAY), by=accounts.SYSTEM, now=NOW)
    accounts.open_holding(
        person=person, post=post, unit=ground.town.units["centre"], division_id=ground.town.county.id, grid_id=None,
        valid_from=date(2020, 1, 1), by=accounts.SYSTEM, now=NOW,
    )  # fmt: skip
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        client.force_login(person)
        yield client


TWINS = (("吴桂芳", "吴桂珍", "1950-03-12"), ("陈大文", "陈大武", "1967-05-28"), ("李青山", "李青川", "1984-11-01"))


def twins(grid, number, *, at=NOW):
    """Let two sources speak of what may be one person or twins, at a door of their own."""
    name, other_name, born = TWINS[number]
    home = {"address": f"柳荷路{number + 3}号2单元101室", "birth_date": born, "area_code": grid.code}
    one = say("police", "person", f"P{number}", at=at, name=name, **home)
    other = say("visits", "person", f"V{number}", at=at, name=other_name, **home)
    assert one != other
    return LinkageReview.objects.latest("raised_at", "id")


def merged(grid):
    """Let three sources speak of one person, the third of somebody else in truth; return the person."""
    wu = say("police", "person", "P1", **WU, citizen_id="99010119400312122X", area_code=grid.code)
    assert say("visits", "person", "V1", **WU, citizen_id="99010119400312122X", area_code=grid.code) == wu
    other = say("civil", "person", "M1", name="吴小妹", phone="13911112222", area_code=grid.code)
    registry.merge_entities(survivor=wu, absorbed=other, by=accounts.SYSTEM, now=NOW, reason="误合并")
    return wu, other


def url(name, *args, **query):
    return f"{reverse(f'exchange:{name}', args=args)}{'?' if query else ''}{urlencode(query)}"


@pytest.mark.slow
def test_the_longest_waiting_stands_first_and_filters_narrow(grid, ground, officer):
    old = twins(grid, 1, at=NOW - timedelta(days=40))
    new = twins(ground.grids["lanting1"], 2)
    assert list(reviews_seen_by(officer)) == [old, new]
    assert (old.cause, new.cause) == ("siblings", "siblings")
    for wanted, found in (
        (Narrowed(days=30), [old]),
        (Narrowed(division_id=ground.town.other_community.id), [new]),
        (Narrowed(cause="siblings"), [old, new]),
        (Narrowed(cause="namesake"), []),
    ):
        assert list(reviews_seen_by(officer, by=wanted, now=NOW)) == found, wanted
    by_band = [list(reviews_seen_by(officer, by=Narrowed(band=band), now=NOW)) for band in ("high", "middle", "low")]
    assert sorted(map(len, by_band)) == [0, 0, 2]
    assert waiting_count(reviews_seen_by(officer)) == 2
    assert following(reviews_seen_by(officer), old) == new
    assert following(reviews_seen_by(officer), new) == old


@pytest.mark.parametrize(
    ("levels", "cause"),
    [
        ((4, 1, 2, 2), "mistyped"), ((4, 2, 0, 2), "mistyped"), ((4, -1, 0, 2), "namesake"),
        ((2, -1, 2, 2), "siblings"),
        ((3, -1, -1, 0), "sound"), ((4, -1, -1, 0), "thin"), ((4, 3, 2, 2), "thin"),
    ],
)  # fmt: skip
def test_why_a_machine_can_not_decide_is_said(levels, cause):
    assert cause_of(dict(zip(("name", "citizen_id", "birth_date", "address"), levels, strict=True))) == cause


def test_characters_that_differ_are_marked():
    assert pieces("吴桂芳", "吴桂珍") == ((("吴桂", False), ("芳", True)), (("吴桂", False), ("珍", True)))
    assert pieces("", "") == ((), ())


def test_deciding_brings_the_next_pair_of_the_same_choice_and_the_last_can_be_taken_back(desk, grid):
    one, two = twins(grid, 1, at=NOW - timedelta(days=2)), twins(grid, 2)
    shown = desk.get(url("linkage", cause="siblings")).content.decode()
    assert url("pair", one.pk, cause="siblings") in shown
    page = desk.get(url("pair", one.pk, cause="siblings")).content.decode()
    for words in ("<mark>", "不同", "一致", 'data-key="1"', 'data-key="2"', 'data-key="3"'):
        assert words in page, words
    answer = desk.post(url("judge-pair", one.pk, cause="siblings"), {"step": "two"})
    assert answer.url == url("pair", two.pk, cause="siblings", last=one.pk)
    assert url("judge-pair", one.pk, cause="siblings") in desk.get(answer.url).content.decode()
    answer = desk.post(url("judge-pair", one.pk, cause="siblings"), {"step": "undo"})
    assert answer.url == url("pair", one.pk, cause="siblings")
    one.refresh_from_db()
    assert one.state == "open"
    desk.post(url("judge-pair", one.pk), {"step": "later"})
    assert desk.post(url("judge-pair", two.pk), {"step": "two"}).url == url("linkage", last=two.pk)
    assert "9" in desk.get(url("linkage", last=two.pk)).content.decode()
    assert desk.get(url("linkage", band="x", cause="y", days="z", area="²", last="no")).status_code == 200
    assert desk.get(url("linkage", cursor="no")).status_code == 302


def test_the_queue_is_read_page_by_page(desk, grid, monkeypatch):
    monkeypatch.setattr("linli.exchange.views.linkage.SHOWN", 2)
    for number in range(3):
        twins(grid, number, at=NOW - timedelta(days=9 - number))
    first = desk.get(url("linkage", cause="siblings"))
    assert len(first.context["rows"]) == 2
    second = desk.get(url("linkage", cause="siblings", cursor=first.context["page"].next_cursor))
    assert len(second.context["rows"]) == 1


@pytest.mark.slow
def test_a_split_is_seen_before_it_is_decided_and_survives_the_next_import(officer, grid):
    wu, _other = merged(grid)
    house = make_house(grid)
    relate("lives_in", wu, house)
    made = registry.look_into(entity_id=wu, by=officer, now=NOW)
    assert [one.source for one in made.sources][-1] == "民政救助系统"
    assert [one.act for one in made.deeds] == ["merge"]
    leaving = [made.sources[-1].identity]
    halves = registry.preview_split(entity_id=wu, leaving=leaving, by=officer, now=NOW)
    assert "吴小妹" not in {line.text for line in halves.stays}
    assert {line.code for line in halves.leaves} >= {"name", "phone"}
    assert Identity.objects.filter(entity_id=wu, kind="person").count() == 3
    with pytest.raises(registry.MergeRefusedError):
        registry.separate(entity_id=wu, leaving=leaving, by=officer, now=NOW, reason=" ")
    deed = registry.separate(entity_id=wu, leaving=leaving, by=officer, now=NOW, reason="救助的是另一个人")
    assert say("civil", "person", "M1", name="吴小妹", phone="13911112222", area_code=grid.code) == deed.target_id
    with pytest.raises(registry.MergeRefusedError):
        registry.merge_entities(survivor=wu, absorbed=deed.target_id, by=officer, now=NOW)
    assert ledger(action="split_record")
    registry.take_deed_back(deed_id=deed.id, by=officer, now=NOW)
    assert Identity.objects.filter(entity_id=wu, kind="person").count() == 3
    assert [one.act for one in registry.look_into(entity_id=wu, by=officer, now=NOW).deeds] == [
        "merge", "split", "merge",
    ]  # fmt: skip
    with pytest.raises(registry.MergeRefusedError):
        registry.take_deed_back(deed_id=deed.id, by=officer, now=NOW)


@pytest.mark.parametrize("leaving", [[], "all", [10**9]])
def test_some_sources_leave_and_some_stay(officer, grid, leaving):
    wu, _other = merged(grid)
    chosen = list(Identity.objects.filter(entity_id=wu).values_list("id", flat=True)) if leaving == "all" else leaving
    for deed in (registry.preview_split, lambda **told: registry.separate(reason="x", **told)):
        with pytest.raises(registry.MergeRefusedError):
            deed(entity_id=wu, leaving=chosen, by=officer, now=NOW)


def test_who_may_not_see_a_record_neither_looks_into_it_nor_splits_it(ground, grid):
    wu, _other = merged(grid)
    outsider = viewer(ground.town.other_community.id, *MAY, number=2)
    powerless = viewer(ground.town.county.id, "registry.see", number=3)
    leaving = list(Identity.objects.filter(entity_id=wu).values_list("id", flat=True))[:1]
    merge = registry.look_into(entity_id=wu, by=viewer(ground.town.county.id, *MAY), now=NOW).deeds[0]
    for actor in (outsider, powerless):
        for deed in (
            lambda by: registry.look_into(entity_id=wu, by=by, now=NOW),
            lambda by: registry.preview_split(entity_id=wu, leaving=leaving, by=by, now=NOW),
            lambda by: registry.separate(entity_id=wu, leaving=leaving, by=by, now=NOW, reason="x"),
            lambda by: registry.take_deed_back(deed_id=merge.id, by=by, now=NOW),
        ):
            with pytest.raises((trust.Hidden, trust.NotAllowed)):
                deed(actor)
    assert Identity.objects.filter(entity_id=wu, kind="person").count() == 3


def test_a_merge_is_taken_back_and_a_record_taken_apart_on_its_page(desk, grid):
    wu, other = merged(grid)
    page = desk.get(url("records", wu))
    assert "误合并" in page.content.decode()
    number = Identity.objects.get(key="M1").id
    preview = desk.get(url("records", wu, leaving=number)).content.decode()
    assert 'name="reason"' in preview
    everything = [("leaving", one) for one in Identity.objects.filter(entity_id=wu).values_list("id", flat=True)]
    assert desk.get(f"{url('records', wu)}?{urlencode(everything)}").status_code == 200
    desk.post(url("split-record", wu), {"leaving": number, "reason": ""})
    assert Identity.objects.get(key="M1").entity_id == wu
    desk.post(url("split-record", wu), {"leaving": number, "reason": "不是同一人"})
    new = Identity.objects.get(key="M1").entity_id
    assert new not in {wu, other}
    deeds = desk.get(url("records", wu)).context["made"].deeds
    assert desk.post(url("undo-deed", wu), {"deed": deeds[0].id}).status_code == 302
    assert Identity.objects.get(key="M1").entity_id == wu
    assert desk.post(url("undo-deed", wu), {"deed": "no"}).status_code == 404
    merge = next(one for one in desk.get(url("records", wu)).context["made"].deeds if one.reason == "误合并")
    assert merge.may_undo
    desk.post(url("undo-deed", wu), {"deed": merge.id})
    assert Identity.objects.get(key="M1").entity_id == other
