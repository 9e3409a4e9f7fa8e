"""A form that is not on the list is reported, nobody knows by whom; the answer is read by the receipt."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.kernel import api as kernel
from linli.sheets.actions import demand as act
from linli.sheets.models import Demand, DemandStep
from linli.sheets.queries.demands import demands_seen_by
from linli.sheets.rules.receipts import grouped, plain_code
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.tests.offices import NOW, TODAY, admitted, make_offices
from linli.trust import api as trust

pytestmark = pytest.mark.django_db
WORDS = "今天下午就要，三十列"


@pytest.fixture
def place(db, keys_in_memory):
    cache.clear()
    return make_offices()


def report(place, source="203.0.113.7", words=WORDS, now=NOW):
    said = act.Reported("孤寡老人统计表", "民政局", words, place.county)
    return act.report_demand(reported=said, source=source, now=now)


def reported(place):
    code = report(place)
    return act.demand_by_receipt(code=code, source="x", now=NOW)


def close(place, row, by="centre", **more):
    said = {"step": "stop", "reason": "taken_back", "words": "已要求民政局收回", **more}
    return act.close_demand(demand_id=row.pk, by=place.actor(by), now=NOW, **said)


def test_nothing_of_the_reporter_is_kept(place):
    with CaptureQueriesContext(connection) as seen:
        code = report(place)
    row = Demand.objects.get()
    assert row.id.version == 4, "an id that sorts by time would tell the minute"
    assert row.reported_on == TODAY
    assert not {"created_at", "by", "unit", "source"} & {one.name for one in Demand._meta.get_fields()}
    written = [query["sql"] for query in seen if "203.0.113.7" in query["sql"] or plain_code(code) in query["sql"]]
    assert not written
    assert DemandStep.objects.count() == 0
    later = act.Reported("表", "局", "", place.county)
    act.report_demand(reported=later, source="y", now=NOW + timedelta(hours=3))
    assert len(set(Demand.objects.values_list("due", flat=True))) == 1, "the clock does not tell the hour"


def test_words_are_sealed(place):
    report(place)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(one)::text FROM sheets_demand one")
        (text,) = cursor.fetchone()
    assert WORDS not in text
    assert Demand.objects.get().words.reveal() == WORDS


@pytest.mark.slow
def test_only_the_code_finds_the_report(place):
    code = report(place)
    assert re.fullmatch(r"([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}", code)
    assert (
        act.demand_by_receipt(code=f" {code.lower().replace('-', ' ')} ", source="x", now=NOW).title == "孤寡老人统计表"
    )
    assert act.demand_by_receipt(code=code[:-1], source="x", now=NOW) is None
    assert grouped(plain_code(code)) == code


@pytest.mark.slow
def test_floods_and_guessing_are_stopped(place):
    for _time in range(act.MOST_REPORTS):
        report(place)
    with pytest.raises(kernel.TooManyRequestsError):
        report(place)
    assert report(place, source="198.51.100.1")
    for _time in range(act.MOST_LOOKS):
        act.demand_by_receipt(code="AAAA", source="guesser", now=NOW)
    with pytest.raises(kernel.TooManyRequestsError):
        act.demand_by_receipt(code="AAAA", source="guesser", now=NOW)


@pytest.mark.slow
def test_the_office_is_asked_answers_and_the_report_is_closed(place):
    row = reported(place)
    assert not demands_seen_by(place.actor("civil")).exists(), "an office sees what it was asked about, nothing else"
    act.ask_office(
        demand_id=row.pk, unit_id=place.units["mzj"].pk, words="请说明依据", by=place.actor("centre"), now=NOW
    )
    assert [one.pk for one in demands_seen_by(place.actor("civil"))] == [row.pk]
    assert not demands_seen_by(place.actor("health")).exists()
    with pytest.raises(FormRefusedError):
        act.answer_demand(demand_id=row.pk, words=" ", by=place.actor("civil"), now=NOW)
    act.answer_demand(demand_id=row.pk, words="系临时统计，已收回", by=place.actor("civil"), now=NOW)
    row = close(place, row)
    assert (row.state, row.reason, row.closed_at) == ("stopped", "taken_back", NOW)
    assert [one.step for one in row.steps.order_by("id")] == ["ask", "answer", "stop"]
    with pytest.raises(FormRefusedError):
        close(place, row)


def test_nobody_closes_what_is_reported_about_the_own_unit(place):
    row = reported(place)
    with pytest.raises(FormRefusedError):
        act.ask_office(demand_id=row.pk, unit_id=place.units["mzj"].pk, words="", by=place.actor("chief"), now=NOW)
    act.ask_office(demand_id=row.pk, unit_id=place.units["mzj"].pk, words="", by=place.actor("centre"), now=NOW)
    with pytest.raises(FormRefusedError, match="本单位"):
        close(place, row, by="chief")
    with pytest.raises(trust.Hidden):
        close(place, row, by="health")


@pytest.mark.parametrize("wrong", [{"reason": "nobody"}, {"words": ""}, {"step": "list", "reason": "afterwards"}])
def test_a_report_is_closed_with_a_reason_of_its_outcome(place, wrong):
    with pytest.raises(FormRefusedError):
        close(place, reported(place), **wrong)


def test_what_was_admitted_afterwards_is_named(place):
    row = close(place, reported(place), step="list", reason="afterwards", words="已补报", admission=admitted(place))
    assert (row.state, row.admission.list_number) == ("listed", "Z-20261123-0001")


@pytest.mark.page
def test_a_guest_reports_and_reads_the_answer(place, client):
    with time_machine.travel(NOW):
        page = client.post("/forms-list/report", {"title": "统计表", "issuer": "民政局", "words": WORDS,
                                                  "division_id": place.county})  # fmt: skip
        code = re.search(r"([2-9A-Z]{4}-){3}[2-9A-Z]{4}", page.content.decode()).group()
        assert "sessionid" not in client.cookies
        row = Demand.objects.get()
        close(place, row)
        page = client.post("/forms-list/answer", {"code": code}).content.decode()
        assert "已要求民政局收回" in page
        assert "县社会治理中心" in page
        assert place.people["centre"].name not in page
        wrong = client.post("/forms-list/answer", {"code": "AAAA-AAAA-AAAA-AAAA"})
        assert wrong.status_code == 422
        assert "统计表" not in wrong.content.decode()


@pytest.mark.page
def test_who_is_signed_in_is_not_looked_at(place, client):
    client.force_login(place.people["clerk"])
    with time_machine.travel(NOW), CaptureQueriesContext(connection) as seen:
        client.post("/forms-list/report", {"title": "统计表", "issuer": "民政局", "division_id": place.county})
    inserted = [query["sql"] for query in seen if 'INSERT INTO "sheets_demand"' in query["sql"]]
    assert len(inserted) == 1
    assert str(place.people["clerk"].pk) not in inserted[0]
