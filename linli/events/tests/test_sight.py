"""What is in sight: the parts of a list are the whole list, whoever looks and whatever they ask for."""

import itertools
from datetime import timedelta

import pytest
from django.db.models import Q

from linli.accounts import api as accounts
from linli.events.actions.close import check_result, close_event
from linli.events.actions.handle import accept_event, start_event, submit_result
from linli.events.actions.index import index_events
from linli.events.models import Event, Part
from linli.events.queries import inbox, searching
from linli.events.queries.inbox import InboxFilter, inbox_counts, inbox_page, narrowed, narrowed_parts
from linli.events.queries.mapping import map_points
from linli.events.queries.sight import events_seen_by, parts_seen_by, terms_of_sight
from tests.snapshot import kept
from tests.town import MONDAY, PEOPLE, report

pytestmark = pytest.mark.django_db

LOOKING = [person[0] for person in PEOPLE]


def close(town, receipt):
    who = {"by": town.actor("community_worker"), "event_id": receipt.event_id, "now": MONDAY}
    accept_event(**who)
    start_event(**who)
    submit_result(**who, answer="灯已换好，请您看看。")
    checker = {**who, "by": town.actor("checker")}
    check_result(**checker, passed=True)
    close_event(**checker, reason="solved")


@pytest.fixture
def busy(town):
    return reported_and_closed(town)


@kept
def reported_and_closed(town):
    receipts = [report(town, f"{number}栋楼道灯坏了", grid=number % 4) for number in range(6)]
    receipts += [report(town, f"{number}号门口垃圾成堆", matter="T-02", grid=number % 4) for number in range(6)]
    close(town, receipts[0])
    index_events(event_ids=[receipt.event_id for receipt in receipts])
    return town


def keys(rows):
    return set(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("name", LOOKING)
def test_the_parts_of_what_is_seen_are_all_that_is_seen(busy, name):
    actor = busy.actor(name)
    seen = keys(events_seen_by(actor))
    assert sorted(key for part in parts_seen_by(actor) for key in keys(part)) == sorted(seen)
    still_open = seen & keys(Event.objects.filter(closed_at=None))
    parts = parts_seen_by(actor, still_open=True)
    assert set().union(*(keys(part.filter(closed_at=None)) for part in parts)) == still_open


@pytest.mark.slow
@pytest.mark.parametrize("few", [1000, 2], ids=["few hits", "many hits"])
@pytest.mark.parametrize("name", ["grid_worker", "community_worker", "officer", "dispatcher"])
def test_lists_hold_the_same_in_parts_and_whole(busy, monkeypatch, name, few):
    monkeypatch.setattr(searching, "FEW", few)
    actor = busy.actor(name)
    for tab, scope, words in itertools.product(
        ("open", "done", "all", "overdue"), ("mine", "helping", "area"), ("", "楼道灯", "垃圾成堆")
    ):
        wanted = InboxFilter(tab=tab, scope=scope, words=words)
        whole = keys(narrowed(actor=actor, wanted=wanted, now=MONDAY))
        asked = {"actor": actor, "wanted": wanted, "now": MONDAY}
        assert set().union(*(keys(part) for part in narrowed_parts(**asked))) == whole
        assert {row["id"] for row in inbox_page(**asked, size=100).items} == whole
        assert len(map_points(**asked, box=None)[0]) == len(whole)
        expected = events_seen_by(actor).filter(Q(text__contains=words))
        assert whole <= keys(expected)


def test_pages_in_parts_follow_one_another_without_gap_or_repetition(busy):
    actor, seen, cursor = busy.actor("community_worker"), [], None
    wanted = InboxFilter(scope="area")
    while True:
        page = inbox_page(actor=actor, wanted=wanted, now=MONDAY, cursor=cursor, size=2)
        seen += [row["id"] for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    order = narrowed(actor=actor, wanted=wanted, now=MONDAY).order_by("handle_due", "id").values_list("id", flat=True)
    assert seen == list(order)


def test_an_event_seen_twice_is_counted_once(busy):
    actor = busy.actor("community_worker")
    later = MONDAY.replace(year=2027)
    counts = inbox_counts(actor=actor, wanted=InboxFilter(scope="area"), now=later)
    assert counts["overdue"] == events_seen_by(actor).filter(closed_at=None).count()
    assert inbox_counts(actor=actor, wanted=InboxFilter(scope="area", words="垃圾"), now=later) == {}


@pytest.mark.parametrize("name", ["officer", "community_worker"])
def test_what_is_due_today_is_counted_though_the_week_is_full(busy, monkeypatch, name):
    monkeypatch.setattr(inbox, "COUNTED", 3)
    actor = busy.actor(name)
    mine = events_seen_by(actor).filter(closed_at=None)
    soon = list(mine.order_by("-id").values_list("pk", flat=True)[:2])
    Event.objects.update(handle_due=MONDAY + timedelta(days=2))
    Event.objects.filter(pk__in=soon).update(handle_due=MONDAY + timedelta(hours=1))
    counts = inbox_counts(actor=actor, wanted=InboxFilter(scope="area"), now=MONDAY)
    assert counts == {"overdue": 0, "today": 2, "week": 3}


def test_parts_follow_their_event_to_its_end_and_back(busy):
    (closed,) = Event.objects.exclude(closed_at=None)
    assert set(Part.objects.filter(event=closed).values_list("is_open", flat=True)) == {False}
    assert set(Part.objects.exclude(event=closed).values_list("is_open", flat=True)) == {True}


def test_everything_in_sight_has_a_term_of_sight(busy):
    for name in LOOKING:
        actor = busy.actor(name)
        terms = terms_of_sight(actor)
        if terms is not None:
            found = Event.objects.filter(terms__terms__overlap=terms) if terms else Event.objects.none()
            assert keys(events_seen_by(actor)) <= keys(found)
    assert terms_of_sight(busy.actor("dispatcher")) is None
    assert terms_of_sight(accounts.GUEST) == []
