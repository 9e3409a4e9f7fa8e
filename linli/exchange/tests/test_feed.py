"""The change feed: what a slice tells, in order and without gaps; what comes in is taken once."""

from datetime import timedelta

import pytest
from django.db import connection

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.actions.intake import open_intake, take_page
from linli.exchange.models import FeedEntry, Intake, Peer
from linli.exchange.tests.other_side import NOW, OtherSide
from linli.registry import api as registry
from linli.registry.tests.factories import WU_ID, WU_PHONE, ledger, make_house, make_wu, relate, say, viewer

LATER = NOW + timedelta(hours=1)
ELEMENTS = ("person.name", "person.sex", "person.phone", "person.area_code", "house.address")


@pytest.fixture
def city(ground):
    return OtherSide()


def wanted(ground, *elements, division=None):
    return exchange.Slice(
        "学府社区人口",
        division or ground.town.community.id,
        elements or ELEMENTS,
        "人口核对",
        "测试依据",
        NOW + timedelta(days=30),
    )


def told(ground, city, **more):
    return exchange.subscribe(peer=city.peer, wanted=wanted(ground, **more), by=accounts.SYSTEM, now=NOW)


def page(city, row, after=0, *, now=LATER):
    return exchange.page_of_feed(peer=city.peer, subscription_id=row.id, after=after, now=now)


@pytest.mark.django_db(transaction=True)
def test_a_page_tells_what_is_in_the_slice_and_nothing_else(ground, city):
    make_wu(ground.grids["xuefu1"])
    row = told(ground, city)
    make_house(ground.grids["lanting1"], key="F9")
    first = page(city, row)["entries"]
    assert [(one["sequence"], one["kind"], one["state"]) for one in first] == [(1, "person", "is")]
    assert first[0]["values"] == {
        "name": "吴桂芳", "sex": "2", "phone": WU_PHONE, "area_code": ground.town.community.code,
    }  # fmt: skip
    assert WU_ID not in str(first)
    (entry,) = ledger(object_kind="feed_page")
    assert (entry.action, entry.purpose) == ("release", "exchange.feed")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_and_who_moves_away_leaves_the_slice(ground, city):
    old, new = make_house(ground.grids["xuefu1"]), make_house(ground.grids["lanting1"], key="F2", address="兰亭1栋")
    wu = make_wu(ground.grids["xuefu1"])
    tie = relate("lives_in", wu, old)
    row = told(ground, city)
    start = page(city, row)["last"]
    registry.end_relation(relation_id=tie.id, on=NOW.date(), by=accounts.SYSTEM, now=LATER)
    relate("lives_in", wu, new, NOW.date(), at=LATER)
    say("police", "person", "P9", name="王九", area_code=ground.grids["xuefu2"].code)
    entries = page(city, row, start)["entries"]
    assert [one["sequence"] for one in entries] == list(range(start + 1, start + 1 + len(entries)))
    states = {one["key"]: one["state"] for one in entries}
    assert sorted(states.values()) == ["is", "left"]
    assert page(city, row, start)["entries"] == entries


@pytest.mark.django_db(transaction=True)
def test_an_ended_or_expired_slice_is_closed_the_same_second(ground, city):
    make_wu(ground.grids["xuefu1"])
    row = told(ground, city)
    assert page(city, row, now=NOW + timedelta(days=30))["ended"]
    exchange.end_subscription(subscription_id=row.id, by=accounts.SYSTEM, now=LATER)
    assert page(city, row) == {"subscription": str(row.id), "entries": [], "last": 1, "ended": True}
    assert FeedEntry.objects.count() == 0


@pytest.mark.parametrize("element", ["person.chronic_disease", "person.low_income", "person.wings"])
def test_what_is_not_shared_sensitive_or_unknown_is_refused(ground, city, element):
    keeper = viewer(ground.town.county.id, "exchange.peers", "registry.see")
    with pytest.raises(exchange.SliceRefusedError):
        exchange.subscribe(peer=city.peer, wanted=wanted(ground, element), by=keeper, now=NOW)


def test_nobody_reads_the_feed_of_another(ground, city):
    row = told(ground, city)
    other = exchange.Peer(node=city.node)
    with pytest.raises(exchange.PeerRefusedError):
        exchange.page_of_feed(peer=other, subscription_id=row.id, after=0, now=NOW)


def test_an_old_question_is_refused(ground, city):
    row = told(ground, city)
    asked = city.asks(row, 0, at=NOW - timedelta(hours=1))
    with pytest.raises(exchange.PeerRefusedError):
        exchange.asked_for(body=asked, now=NOW)
    assert exchange.asked_for(body=city.asks(row, 0), now=NOW)[1]["after"] == 0


def labels():
    with connection.cursor() as cursor:
        cursor.execute("SELECT label FROM registry_entity")
        return {label for (label,) in cursor.fetchall()}


def intake(city):
    body = {"subscription": "00000000-0000-0000-0000-0000000000aa", "name": "市级人口", "purpose": "核对",
            "valid_until": (NOW + timedelta(days=9)).isoformat()}  # fmt: skip
    return open_intake(peer_id=city.peer.id, body=body, now=NOW)


def entry(sequence, key="k1", state="is", **values):
    return {"sequence": sequence, "key": key, "kind": "person", "what": "changed", "at": NOW.isoformat(),
            "state": state, "values": values}  # fmt: skip


def test_what_comes_is_taken_once_and_deleted_when_it_is_gone(ground, city):
    row = intake(city)
    code = ground.grids["xuefu1"].code
    first = {"entries": [entry(1, name="赵一", area_code=code), entry(2, "k2", name="钱二", area_code=code)]}
    assert take_page(intake_id=row.id, page=first, now=NOW) == 2
    assert take_page(intake_id=row.id, page=first, now=NOW) == 0
    assert labels() == {"赵一", "钱二"}
    more = {"entries": [entry(2, "k2", name="钱二"), entry(3, "k1", state="gone")]}
    assert take_page(intake_id=row.id, page=more, now=LATER) == 1
    assert labels() == {"钱二"}
    assert Intake.objects.get().sequence == 3


def test_a_gap_is_refused_and_nothing_of_the_page_is_taken(ground, city):
    row = intake(city)
    with pytest.raises(exchange.PeerRefusedError):
        take_page(intake_id=row.id, page={"entries": [entry(1, name="赵一"), entry(3, name="孙三")]}, now=NOW)
    assert Intake.objects.get().sequence == 0


def test_the_intake_of_one_peer_is_not_that_of_another(ground, city):
    intake(city)
    stranger = Peer.objects.create(
        node=city.peer.id, name="别处", address="https://b", place="beside", added_at=NOW, added_by="t"
    )
    body = {"subscription": "00000000-0000-0000-0000-0000000000aa", "name": "x", "purpose": "y",
            "valid_until": NOW.isoformat()}  # fmt: skip
    with pytest.raises(exchange.PeerRefusedError):
        open_intake(peer_id=stranger.id, body=body, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_slice_stands_still_while_an_element_is_graded_higher_than_it_was_granted(ground, city):
    make_wu(ground.grids["xuefu1"])
    row = told(ground, city)
    assert page(city, row)["entries"]
    grade_phone(4)
    assert page(city, row) == {"subscription": str(row.id), "entries": [], "last": 0, "ended": False}
    assert not exchange.has_news(subscription_id=row.id, after=0), "nobody is kept asking"
    (risen,) = exchange.all_risen(LATER)
    assert [(one.element, one.before, one.now, one.stops) for one in risen.rises] == [("person.phone", 3, 4, True)]
    grade_phone(3)
    assert page(city, row)["entries"], "lowered again, it goes on where it was"


def grade_phone(grade):
    graded = registry.Graded(grade, "01", sensitive=False, mask="phone")
    registry.grade_element(
        kind="person", code="phone", graded=graded, words="按县数据办意见", by=accounts.SYSTEM, now=LATER
    )
