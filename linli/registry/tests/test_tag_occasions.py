"""Tags of a task or an occasion: areas, many at once, ticks, the end with the occasion and the way back."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.registry import slots
from linli.registry.models import TagMark
from linli.registry.tests.factories import NOW, TODAY, ledger, make_house, make_wu, say, viewer
from linli.registry.tests.test_tags import SEE, SENSITIVE, TAGS, define, listed
from linli.trust import api as trust

pytestmark = pytest.mark.slow

HOME = "翠竹花园3栋"


class Fair(slots.Occasions):
    """A fair that only those may know of who are called Li."""

    code, label, is_open = "fair", "fair", True

    def known(self, keys, *, viewer):
        if viewer.name != "李青":
            return {}
        return {key: slots.Happening(key, "1", "庙会", self.is_open) for key in keys if key == "f1"}


@pytest.fixture
def fair(monkeypatch):
    fair = Fair()
    monkeypatch.setitem(slots.occasions._plugins, "fair", fair)
    return fair


@pytest.fixture
def officer(ground):
    return viewer(ground.town.community.id, SEE, TAGS, "registry.export")


@pytest.fixture
def homes(ground):
    return [make_house(ground.grids["xuefu1"], f"{HOME}1单元{n}01室", f"F{n}") for n in range(1, 4)]


def of_fair(officer, ground, **more):
    more = {"kind": "house", "about": "event", "occasion": "fair", "occasion_key": "f1", "keep_days": 5, **more}
    return define(officer, ground, "庙会周边住户", **more)


def houses(by, tag, **more):
    return [one.id for one in listed(by, tag, kind="house", **more)]


def test_all_that_a_search_finds_are_given_the_tag_at_once(officer, ground, homes):
    tag = define(officer, ground, kind="house")
    away = make_house(ground.grids["xuefu1"], "青石巷七号", "F9")
    wanted = registry.Wanted(words=HOME)
    assert registry.give_tag_to_found(tag_id=tag.id, wanted=wanted, by=officer, now=NOW) == 3
    assert registry.give_tag_to_found(tag_id=tag.id, wanted=wanted, by=officer, now=NOW) == 0
    assert registry.give_tag_to(tag_id=tag.id, entity_ids=[away, homes[0]], by=officer, now=NOW) == 1
    assert set(houses(officer, tag)) == {*homes, away}
    assert [one.action for one in ledger(purpose="registry.tags")] == ["tag_define", *["tag_give"] * 3]
    with pytest.raises(registry.TagRefusedError):
        registry.give_tag_to_found(tag_id=tag.id, wanted=registry.Wanted(), by=officer, now=NOW)


def test_a_task_holds_in_its_areas_only(ground):
    officer = viewer(ground.town.street.id, SEE, TAGS)
    here, there = ground.town.community, ground.town.other_community
    near = make_house(ground.grids["xuefu1"])
    far = make_house(ground.grids["lanting1"], "兰亭路1号", "F2")
    more = {"kind": "house", "about": "task", "division_id": ground.town.street.id, "areas": (here.id,)}
    tag = define(officer, ground, begins_on=TODAY, expires_on=TODAY + timedelta(days=9), **more)
    assert registry.give_tag_to(tag_id=tag.id, entity_ids=[near, far], by=officer, now=NOW) == 1
    assert houses(officer, tag) == [near]
    for deed in (
        lambda: registry.give_tag(tag_id=tag.id, entity_id=far, by=officer, now=NOW),
        lambda: registry.give_tag_to(tag_id=tag.id, entity_ids=[far], by=officer, now=NOW),
        lambda: define(officer, ground, "别处", **(more | {"division_id": here.id, "areas": (there.id,)})),
        lambda: define(officer, ground, "倒着", begins_on=TODAY, expires_on=TODAY - timedelta(days=1), **more),
    ):
        with pytest.raises(registry.TagRefusedError):
            deed()
    ruled = define(officer, ground, "有址", rule={"join": "and", "parts": [["address", "known", ""]]}, **more)
    registry.sweep(now=NOW)
    assert houses(officer, ruled) == [near]
    assert registry.passing_tags(officer, TODAY) == [tag, ruled]
    assert registry.passing_tags(officer, TODAY + timedelta(days=10)) == [ruled]
    registry.sweep(now=NOW + timedelta(days=10))
    assert houses(officer, tag) == []


def test_what_is_done_is_ticked_off_and_counted(officer, ground, homes):
    tag = define(officer, ground, kind="house")
    registry.give_tag_to(tag_id=tag.id, entity_ids=homes, by=officer, now=NOW)
    neighbour = viewer(ground.town.community.id, SEE, grid_id=ground.grids["xuefu1"].pk, number=5)
    told = {"tag_id": tag.id, "by": neighbour, "now": NOW}
    registry.tick(entity_id=homes[0], done=True, **told)
    assert houses(neighbour, tag, done=True) == [homes[0]]
    assert registry.count_of(viewer=officer, wanted=registry.Wanted(kind="house", tag_id=tag.id, done=False)) == 2
    page = registry.look_through_tagged(wanted=registry.Wanted(tag_id=tag.id, done=True), by=officer, now=NOW)
    assert [(one.brief.id, one.done_at, one.done_by) for one in page.items] == [(homes[0], NOW, "李青")]
    registry.tick(entity_id=homes[0], done=False, **told)
    assert houses(officer, tag, done=True) == []
    bare = make_house(ground.grids["xuefu1"], "青石巷七号", "F9")
    with pytest.raises(registry.TagRefusedError):
        registry.tick(entity_id=bare, done=True, **told)


def test_nobody_from_elsewhere_ticks_or_reads(officer, ground, homes):
    tag = define(officer, ground, kind="house")
    registry.give_tag_to(tag_id=tag.id, entity_ids=homes, by=officer, now=NOW)
    outsider = viewer(ground.town.other_community.id, SEE, TAGS, number=2)
    told = {"by": outsider, "now": NOW}
    for deed in (
        lambda: registry.tick(tag_id=tag.id, entity_id=homes[0], done=True, **told),
        lambda: registry.give_tag_to(tag_id=tag.id, entity_ids=homes, **told),
        lambda: registry.give_tag_to_found(tag_id=tag.id, wanted=registry.Wanted(words=HOME), **told),
        lambda: registry.look_through_tagged(wanted=registry.Wanted(tag_id=tag.id), **told),
    ):
        with pytest.raises(trust.Hidden):
            deed()
    assert registry.passing_tags(outsider, TODAY) == []
    with pytest.raises(registry.TagRefusedError):
        registry.give_tag_to(tag_id=define(outsider, ground, division_id=ground.town.other_community.id).id,
                             entity_ids=homes, **told)  # fmt: skip


def test_a_tag_ends_with_its_occasion_and_falls_off_some_days_later(officer, ground, homes, fair):
    tag = of_fair(officer, ground)
    registry.give_tag_to(tag_id=tag.id, entity_ids=homes[:2], by=officer, now=NOW)
    over = {"occasion": "fair", "keys": ["f1", "f2"], "by": accounts.SYSTEM}
    assert registry.end_occasions(now=NOW, **over) == 1
    assert registry.end_occasions(now=NOW + timedelta(days=1), **over) == 0
    assert len(houses(officer, tag)) == 2, "what is left can still be done"
    with pytest.raises(registry.TagRefusedError):
        registry.give_tag(tag_id=tag.id, entity_id=homes[2], by=officer, now=NOW)
    registry.sweep(now=NOW + timedelta(days=5))
    assert len(houses(officer, tag)) == 2
    registry.sweep(now=NOW + timedelta(days=6))
    assert list(registry.tags_seen_by(officer)) == []
    assert set(TagMark.objects.values_list("ended_by", flat=True)) == {"sweep"}
    assert registry.resume_occasions(now=NOW + timedelta(days=7), **over) == 0, "what has fallen off stays so"


def test_an_occasion_that_goes_on_again_has_its_tag_back(officer, ground, homes, fair):
    tag = of_fair(officer, ground)
    registry.give_tag_to(tag_id=tag.id, entity_ids=homes[:2], by=officer, now=NOW)
    over = {"occasion": "fair", "keys": ["f1"], "by": accounts.SYSTEM}
    registry.end_occasions(now=NOW, **over)
    assert registry.resume_occasions(now=NOW + timedelta(days=3), **over) == 1
    assert registry.resume_occasions(now=NOW + timedelta(days=3), **over) == 0
    registry.sweep(now=NOW + timedelta(days=90))
    assert len(houses(officer, tag)) == 2
    registry.give_tag(tag_id=tag.id, entity_id=homes[2], by=officer, now=NOW)
    assert [one.action for one in ledger(purpose="registry.tags", actor_kind="system")] == ["tag_end", "tag_resume"]


def test_a_tag_hangs_on_what_its_maker_may_know_and_what_goes_on(officer, ground, fair):
    for more in ({"occasion_key": "f2"}, {"expires_on": TODAY}, {"keep_days": 400}):
        with pytest.raises(registry.TagRefusedError):
            of_fair(officer, ground, **more)
    tag = of_fair(officer, ground)
    assert registry.tags_on("fair", "f1", viewer=officer) == [tag]
    assert registry.happening_of(tag, officer).words == "庙会"
    assert registry.happening_of(tag, accounts.SYSTEM) is None
    assert registry.happening_of(define(officer, ground), officer) is None
    fair.is_open = False
    with pytest.raises(registry.TagRefusedError):
        of_fair(officer, ground, kind="person")


def test_a_sensitive_occasion_keeps_to_its_grade(officer, ground, fair):
    cleared = viewer(ground.town.community.id, SEE, TAGS, SENSITIVE)
    wu = make_wu(ground.grids["xuefu1"])
    tag = of_fair(cleared, ground, kind="person", grade=4)
    registry.give_tag_to(tag_id=tag.id, entity_ids=[wu], by=cleared, now=NOW)
    assert registry.tags_on("fair", "f1", viewer=officer) == registry.passing_tags(officer, TODAY) == []
    with pytest.raises(trust.Hidden):
        registry.tick(tag_id=tag.id, entity_id=wu, done=True, by=officer, now=NOW)
    registry.tick(tag_id=tag.id, entity_id=wu, done=True, by=cleared, now=NOW)
    say("police", "person", "P5", name="陈兰", area_code=ground.grids["xuefu1"].code)
    assert [one.id for one in listed(cleared, tag, done=True)] == [wu]
