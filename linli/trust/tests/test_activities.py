"""The register of processing activities: what a purpose must be before data are shown for it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.accounts import api as accounts
from linli.trust import api as trust
from linli.trust import slots
from linli.trust.models import ActivityVersion, LedgerEntry
from linli.trust.tests.factories import a_holding, an_actor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CODE = "registry.census"
CENSUS = trust.Activity(code=CODE, name="人口普查", what_for="普查登记", basis="3", chosen=True, grade=3)
ABOUT = trust.About("person", an_actor().person_id, ("a" * 64,), frozenset({1}))


def write(activity=CENSUS, **more):
    return trust.save_activity(activity=activity, by=accounts.SYSTEM, now=NOW, **more)


def ask(actor=None, code=CODE, **more):
    by = actor or an_actor(a_holding("registry.see"))
    return trust.purpose_for(by=by, code=code, now=more.pop("now", NOW), **more)


class Errands(slots.CaseKind):
    code, label = "errand", "errand"

    def open_for(self, asked):
        return [trust.Case("errand", one, "走访") for one in ("A-1", "A-2") if asked.ref in {"", one}]


@pytest.fixture
def errands():
    before = dict(slots.case_kinds._plugins)
    slots.case_kinds.register(Errands())
    yield
    slots.case_kinds._plugins.clear()
    slots.case_kinds._plugins.update(before)


def test_what_is_shipped_stands_until_the_county_writes_its_own_version():
    shipped = trust.activity("registry.visit", on=TODAY)
    assert (shipped.is_sample, shipped.number) == (True, 0)
    write(replace(shipped, is_sample=False, grade=3))
    own = trust.activity("registry.visit", on=TODAY)
    assert (own.grade, own.number, own.is_sample) == (3, 1, False)
    assert trust.activity("registry.visit", on=TODAY - timedelta(days=1)).number == 0


def test_a_version_counts_from_its_day_and_nothing_is_overwritten():
    write()
    write(replace(CENSUS, grade=2), begins_on=TODAY + timedelta(days=3))
    assert ask().activity.grade == 3
    assert ask(now=NOW + timedelta(days=3)).activity.grade == 2
    assert list(ActivityVersion.objects.values_list("number", flat=True)) == [1, 2]
    entry = LedgerEntry.objects.filter(object_id=CODE).latest("id")
    assert (entry.purpose, entry.elements) == ("trust.purposes", ["version.2"])
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityVersion.objects.create(code=CODE, number=2, begins_on=TODAY, content={}, made_at=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"what_for": ""},
        {"basis": "8"},
        {"grade": 5},
        {"disclosure": "deferred"},
        {"kept_months": 5000},
        {"assessed_on": TODAY},
        {"code": "census"},
    ],
)
def test_an_entry_that_is_not_right_is_refused_with_a_sentence(wrong):
    with pytest.raises(trust.ActivityRefusedError) as refused:
        write(replace(CENSUS, **wrong))
    assert str(refused.value)
    assert not ActivityVersion.objects.exists()


def test_no_version_begins_yesterday():
    with pytest.raises(trust.ActivityRefusedError):
        write(begins_on=TODAY - timedelta(days=1))


def test_only_who_keeps_the_register_writes_it():
    with pytest.raises(trust.NotAllowed):
        trust.save_activity(activity=CENSUS, by=an_actor(a_holding("registry.see")), now=NOW)


def test_a_purpose_that_is_not_in_the_register_is_refused():
    with pytest.raises(trust.PurposeRefusedError):
        ask()
    write(begins_on=TODAY + timedelta(days=1))
    with pytest.raises(trust.PurposeRefusedError):
        ask()
    write(replace(CENSUS, is_ended=True), begins_on=TODAY + timedelta(days=9))
    assert ask(now=NOW + timedelta(days=8))
    with pytest.raises(trust.PurposeRefusedError):
        ask(now=NOW + timedelta(days=9))


def test_what_a_page_binds_by_itself_is_not_chosen():
    with pytest.raises(trust.PurposeRefusedError):
        ask(code="registry.find")


def test_a_purpose_that_is_not_yours_is_refused():
    write(replace(CENSUS, posts=("census_taker",)))
    with pytest.raises(trust.NotYourPurposeError):
        ask()
    taker = replace(a_holding("registry.see"), post_code="census_taker")
    assert ask(an_actor(taker)).holdings == (taker,)
    with pytest.raises(trust.NotYourPurposeError):
        ask(an_actor(taker), holdings=[])
    assert [one.code for one in trust.purposes_of(by=an_actor(taker), domain="registry", now=NOW)].count(CODE) == 1
    others = trust.purposes_of(by=an_actor(a_holding("registry.see")), domain="registry", now=NOW)
    assert CODE not in [one.code for one in others]


def test_a_case_is_needed_and_must_be_an_open_one_of_the_right_sort(errands):
    write(replace(CENSUS, case_needed=True, case_kinds=("errand",)))
    with pytest.raises(trust.CaseMissingError):
        ask(about=ABOUT)
    for forged in ("errand:A-9", "event:A-1", "A-9"):
        with pytest.raises(trust.CaseRefusedError):
            ask(about=ABOUT, case=forged)
    assert ask(about=ABOUT, case="errand:A-2").ref == "A-2"
    assert ask(about=ABOUT, case="A-1").case.value == "errand:A-1"
    offered = trust.cases_for(by=an_actor(), about=ABOUT, activities=[ask(about=ABOUT, case="A-1").activity], now=NOW)
    assert [one.ref for one in offered] == ["A-1", "A-2"]


def test_the_node_itself_needs_no_post():
    write(replace(CENSUS, posts=("census_taker",)))
    assert ask(accounts.SYSTEM).holdings == ()


@pytest.fixture
def page(client, monkeypatch):
    """Open pages as somebody with these capabilities."""

    def as_one_with(*capabilities):
        monkeypatch.setattr(accounts, "actor_of", lambda _request: an_actor(a_holding(*capabilities), person_id=None))
        return client

    return as_one_with


FORM = {
    "code": CODE, "name": "人口普查", "what_for": "普查登记", "basis": "3", "chosen": "on", "grade": "3",
    "kept_months": "12", "disclosure": "open", "begins_on": "2099-01-01",
}  # fmt: skip


def test_the_keeper_writes_it_at_the_console_and_the_auditor_reads_it(page):
    keeper = page("trust.purposes")
    assert keeper.post("/console/trust/activities/new", {**FORM, "what_for": ""}).status_code == 422
    assert keeper.post("/console/trust/activities/new", FORM).status_code == 302
    assert keeper.post("/console/trust/activities/new", FORM).status_code == 422
    assert keeper.post(f"/console/trust/activities/{CODE}", {**FORM, "grade": "2"}).status_code == 302
    shown = keeper.get(f"/console/trust/activities/{CODE}").content.decode()
    assert "人口普查" in shown
    assert "2099-01-01" in shown
    assert [one.content["grade"] for one in ActivityVersion.objects.order_by("number")] == [3, 2]
    auditor = page("trust.audit")
    assert auditor.get("/console/trust/activities").status_code == 200
    assert auditor.post(f"/console/trust/activities/{CODE}", FORM).status_code == 403
    assert page("registry.see").get("/console/trust/activities").status_code == 403


def test_the_register_leaves_as_a_table_without_formulas(page):
    write(replace(CENSUS, name="=1+1"))
    keeper = page("trust.purposes")
    sheet = keeper.get("/console/trust/activities.csv").content.decode("utf-8-sig")
    assert "'=1+1" in sheet
    assert keeper.get("/console/trust/activities.xlsx").content.startswith(b"PK")
    assert keeper.get("/console/trust/activities.exe").status_code == 404
    assert LedgerEntry.objects.filter(action="export", object_kind="trust.activity").count() == 2


def test_the_list_costs_the_same_for_one_version_and_for_three(page, django_assert_num_queries):
    keeper = page("trust.purposes")
    keeper.get("/console/trust/activities")
    for number in (1, 3):
        write(replace(CENSUS, code=f"registry.census{number}"))
        keeper.get("/console/trust/activities")
        with django_assert_num_queries(QUERIES):
            keeper.get("/console/trust/activities")


QUERIES = 8  # three of its own, five to know what lacks an assessment
