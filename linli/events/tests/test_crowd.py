"""The crowd of copies for benches: as many as wanted, spread, findable, and the tables as sound as before."""

import pytest
from django.db import connection

from linli.accounts import api as accounts
from linli.events.actions.crowd import CrowdArea, CrowdPlan, crowd_events
from linli.events.actions.index import index_events
from linli.events.actions.intake import composed_report, report_event
from linli.events.models import Event, Part, Terms
from linli.events.queries.inbox import InboxFilter, inbox_page
from linli.events.rules.drafts import ReportDraft
from tests.town import MONDAY, build_town, middle, report

pytestmark = pytest.mark.django_db(transaction=True)


def areas_of(town):
    for number, grid in enumerate(town.grids):
        lng, lat = middle(number)
        community = town.divisions["nanyuan" if number < 2 else "xuefu"]
        unit = town.units["nanyuan" if number < 2 else "xuefu"]
        street, county = town.divisions["street"], town.divisions["county"]
        yield CrowdArea(grid.id, community.id, street.id, county.id, unit.id, lng, lat)


def sound():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT array_agg(indexname::text ORDER BY indexname) FROM pg_indexes"
            " WHERE tablename LIKE 'events\\_%'),"
            " (SELECT array_agg(conname::text ORDER BY conname) FROM pg_constraint"
            " WHERE conrelid::regclass::text LIKE 'events\\_%')"
        )
        return cursor.fetchone()


def test_a_crowd_is_spread_open_and_findable():
    town = build_town()
    report(town)
    report(town, "门口垃圾成堆没人清", matter="T-02")
    report(town, "河边有一只受伤的白鹭", matter="T-02")
    before = sound()
    crowd_events(plan=CrowdPlan(400, list(areas_of(town))), now=MONDAY)
    assert sound() == before
    copies = Event.objects.filter(number__startswith="B-")
    assert copies.count() == Terms.objects.filter(event__in=copies).count() == 400
    assert set(copies.values_list("grid_id", flat=True)) == {grid.id for grid in town.grids}
    assert 15 < copies.filter(closed_at=None).count() < 80
    assert copies.filter(text__contains="白鹭").count() == 20
    assert (
        not Part.objects.filter(event__in=copies, unit_id=town.units["csgl"].id)
        .filter(event__lead_unit=town.units["csgl"].id)
        .exists()
    )
    ids = list(copies.order_by("number").values_list("id", flat=True))
    assert ids == sorted(ids)


def test_copies_have_the_terms_that_indexing_gives_them():
    town = build_town()
    report(town)
    report(town, "门口垃圾成堆没人清", matter="T-02")
    crowd_events(plan=CrowdPlan(60, list(areas_of(town))), now=MONDAY)
    written = {row.event_id: sorted(row.terms) for row in Terms.objects.all()}
    index_events(event_ids=list(written))
    assert {row.event_id: sorted(row.terms) for row in Terms.objects.filter(event_id__in=written)} == written


def test_a_crowd_nearby_is_led_by_one_unit_and_by_those_of_the_areas():
    town = build_town()
    report(town)
    report(town, "门口垃圾成堆没人清", matter="T-02")
    report(town, "河边有一只受伤的白鹭", matter="T-02")
    plan = CrowdPlan(50, list(areas_of(town)), percent_open=100, lead_unit_id=town.units["csgl"].id)
    crowd_events(plan=plan, now=MONDAY)
    led = {
        name: len(inbox_page(actor=town.actor(name), wanted=InboxFilter(scope="mine"), now=MONDAY, size=100).items)
        for name in ("officer", "community_worker")
    }
    assert min(led.values()) > 0


def test_a_composed_report_is_what_intake_hands_over():
    town = build_town()
    draft = ReportDraft(text="3栋楼道灯坏了一周", matter_code="T-01", channel="rest")
    composed = composed_report(draft=draft, by=accounts.GUEST, now=MONDAY, key="k-1")
    assert not Event.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT events_intake(%s::jsonb)", [composed])
    receipt = report_event(draft=draft, by=accounts.GUEST, now=MONDAY, key="k-1")
    assert receipt.again
    assert Event.objects.get().number == receipt.number
    assert town.units
