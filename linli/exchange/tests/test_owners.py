"""Who answers for which data and within how many days: from a day on, gaps named, the past as it was."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_holding, make_person, make_post
from linli.exchange import api as exchange
from linli.exchange.models import Application, OwnerUnit
from linli.exchange.queries.owners import days_for
from linli.exchange.tests.places import NOW, TODAY, applied
from linli.registry.tests.factories import ledger
from linli.trust import api as trust

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=7)
BY = {"by": accounts.SYSTEM, "now": NOW}


def answers(owner, place, now=NOW):
    return exchange.owner_unit(owner, division_id=place.county, now=now).name


def line(owner, place, now=NOW):
    return next(one for one in exchange.owner_lines(division_id=place.county, now=now) if one.owner == owner)


def test_a_limit_holds_from_its_day_on(place):
    before = days_for("application", now=NOW)
    exchange.set_answer_limit(code="application", days=3, from_on=TODAY + timedelta(days=5), **BY)
    assert days_for("application", now=NOW) == before
    assert days_for("application", now=LATER) == 3
    exchange.set_answer_limit(code="application", days=4, from_on=TODAY, **BY)
    assert (days_for("application", now=NOW), days_for("application", now=LATER)) == (4, 3)
    coming = exchange.limit_lines(now=NOW)[0].coming
    assert [(row.after, row.by_name) for row in coming] == [("3", accounts.SYSTEM.name)]
    assert [one.action for one in ledger(object_kind="answering")] == ["exchange.set_limit"] * 2


def test_what_was_handed_in_keeps_its_day(place):
    row = applied(place)
    due = Application.objects.get(pk=row.pk).due
    exchange.set_answer_limit(code="application", days=1, from_on=TODAY, **BY)
    assert Application.objects.get(pk=row.pk).due == due


def test_a_unit_answers_from_its_day_on_and_by_name_again(place):
    OwnerUnit.objects.create(owner="公安", unit_id=place.units["mzj"].pk)
    assert answers("公安", place) == "民政局", "as it was set up"
    told = {"owner": "公安", **BY}
    exchange.set_owner_unit(unit_id=place.units["wjj"].pk, from_on=TODAY + timedelta(days=1), **told)
    assert (answers("公安", place), answers("公安", place, LATER)) == ("民政局", "卫生健康局")
    exchange.set_owner_unit(unit_id=None, from_on=TODAY, **told)
    assert answers("公安", place) == "公安局"
    assert (line("公安", place).how, line("公安", place, LATER).how) == ("name", "set")
    assert exchange.owners_set(now=LATER) == {"公安": place.units["wjj"].pk}


def test_what_nobody_answers_for_is_named_first(place):
    lines = exchange.owner_lines(division_id=place.county, now=NOW)
    gaps = [one.owner for one in lines if one.is_gap]
    assert gaps
    assert [one.owner for one in lines][: len(gaps)] == gaps
    assert line("社区", place).how == "community"
    exchange.set_owner_unit(owner=gaps[-1], unit_id=place.units["gaj"].pk, from_on=TODAY, **BY)
    assert line(gaps[-1], place).unit.name == "公安局"
    with CaptureQueriesContext(connection) as asked:
        exchange.owner_lines(division_id=place.county, now=NOW)
    own = [one for one in asked.captured_queries if "kernel_revision" not in one["sql"]]
    assert len(own) == 4, "dictionary, data sets, what was set, what was set up"


def test_bad_input_gets_a_sentence(place):
    for wrong in (
        lambda: exchange.set_answer_limit(code="application", days=0, from_on=TODAY, **BY),
        lambda: exchange.set_answer_limit(code="other", days=2, from_on=TODAY, **BY),
        lambda: exchange.set_answer_limit(code="application", days=2, from_on=TODAY - timedelta(days=1), **BY),
        lambda: exchange.set_owner_unit(owner="", unit_id=None, from_on=TODAY, **BY),
        lambda: exchange.set_owner_unit(owner="公安", unit_id=99999, from_on=TODAY, **BY),
    ):
        with pytest.raises(exchange.TermsRefusedError):
            wrong()
    with pytest.raises(trust.NotAllowed):
        exchange.set_answer_limit(code="application", days=2, from_on=TODAY, by=place.actor("police"), now=NOW)


def test_the_page_sets_names_gaps_and_keeps_what_was_typed(client, place):
    person = make_person("keeper", "keeper")
    make_holding(person, place.units["centre"], make_post("x-owners", ("exchange.owners",)),
                 division_id=place.county, valid_from=TODAY)  # fmt: skip
    with time_machine.travel(NOW, tick=True):
        client.force_login(place.people["data"])
        assert client.get("/console/owners").status_code == 403
        client.force_login(person)
        page = client.get("/console/owners").content.decode()
        assert "无人负责的数据" in page
        told = {"act": "owner", "owner": "公安", "unit": place.units["wjj"].pk, "from_on": "2026-12-01"}
        assert client.post("/console/owners", told).status_code == 302
        assert "2026-12-01 起：卫生健康局" in client.get("/console/owners").content.decode()
        wrong = client.post("/console/owners", told | {"from_on": "2026-01-01"})
        assert wrong.status_code == 422
        assert "2026-01-01" in wrong.content.decode()
        assert client.post("/console/owners", {"act": "limit", "code": "correction", "days": "2", "from_on": "x"}
                           ).status_code == 422  # fmt: skip
        told = {"act": "limit", "code": "correction", "days": "2", "from_on": "2026-11-23"}
        assert client.post("/console/owners", told).status_code == 302
        assert days_for("correction", now=LATER) == 2
