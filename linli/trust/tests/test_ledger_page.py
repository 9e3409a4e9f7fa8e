"""The auditor's page."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from linli.accounts import api as accounts
from linli.trust import api as trust
from linli.trust.models import CounterSignature, HeadProblem, LedgerEntry
from linli.trust.tests.factories import NOW, PERSON, a_holding, a_tree, a_use, an_actor, record_and_seal

pytestmark = pytest.mark.django_db
ADDRESS = "/console/trust/ledger"


@pytest.fixture
def look(client, monkeypatch):
    """Open the page as an auditor of the county centre, or of another unit."""

    def get(query="", *, unit_kind="centre", division_id=1):
        held = a_holding("trust.audit", unit_kind=unit_kind, division_id=division_id)
        monkeypatch.setattr(accounts, "actor_of", lambda _request: an_actor(held))
        return client.get(ADDRESS + query)

    return get


def test_page_is_for_auditors(client, monkeypatch):
    assert client.get(ADDRESS).status_code == 302
    monkeypatch.setattr(accounts, "actor_of", lambda _request: an_actor(a_holding("events.read")))
    assert client.get(ADDRESS).status_code == 403


def test_page_shows_entries_newest_first_and_enters_the_look(look):
    trust.record(**a_use(object_id="older"))
    time.sleep(0.002)  # ids sort by milliseconds
    trust.record(**a_use(object_id="newer"))
    text = look().content.decode()
    assert text.index("newer") < text.index("older")
    entry = LedgerEntry.objects.get(object_kind="trust.ledger")
    assert (entry.action, entry.purpose, entry.person_id) == ("search", "audit", PERSON)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"one", "two", "three"}),
        ("?object=two", {"two"}),
        ("?action=export", {"three"}),
        (f"?person={PERSON}", {"one", "three"}),
        ("?person=00000000-0000-0000-0000-000000000009", set()),
        ("?since=2000-01-01", {"one", "two", "three"}),
        ("?until=2000-01-01", set()),
        ("?since=today&object=one", set()),
    ],
)
def test_page_filters(look, query, shown):
    trust.record(**a_use(object_id="one"))
    trust.record(**a_use(object_id="two", by=accounts.SYSTEM))
    trust.record(**a_use(object_id="three", action="export"))
    answer = look(query)
    assert answer.status_code == (422 if "today" in query else 200)
    found = {str(row[5]["text"]).split()[-1] for row in answer.context["rows"]}
    assert found == shown


def test_page_shows_days_of_the_reader(look):
    trust.record(**a_use(object_id="today"))
    day = datetime.fromtimestamp(int(LedgerEntry.objects.get().id.hex[:12], 16) / 1000, UTC)  # ids never go back
    around = f"?since={day - timedelta(days=1):%Y-%m-%d}&until={day + timedelta(days=1):%Y-%m-%d}"
    assert len(look(around).context["rows"]) == 1


def test_page_goes_on_where_it_ended(look):
    for number in range(60):
        trust.record(**a_use(object_id=f"n{number}"))
    first = look().context["page"]
    second = look(f"?cursor={first.next_cursor}").context["page"]
    seen = [entry.object_id for page in (first, second) for entry in page.items]
    assert sorted(seen) == sorted(f"n{number}" for number in range(60))
    assert look("?cursor=forged").status_code == 422


def test_page_shows_an_auditor_of_a_street_its_own_units_only(look):
    units = a_tree()
    other = max(unit.division_id for unit in units) + 1000
    trust.record(**a_use(object_id="inside", by=an_actor(a_holding(unit_id=units[1].pk))))
    trust.record(**a_use(object_id="outside", by=an_actor(a_holding(unit_id=other))))
    trust.record(**a_use(object_id="nobody", by=accounts.SYSTEM))
    answer = look(unit_kind="street", division_id=units[1].division_id)
    assert {row[5]["text"].split()[-1] for row in answer.context["rows"]} == {"inside"}


def test_page_asks_the_same_number_of_queries_for_one_entry_and_for_many(look, django_assert_num_queries):
    look()
    for count in (1, 3):
        for _ in range(count):
            trust.record(**a_use())
        with django_assert_num_queries(QUERIES):
            look()


QUERIES = 13


@pytest.mark.django_db(transaction=True)
def test_page_says_when_the_newest_part_was_tampered_with(look, tamper):
    record_and_seal(2, 2)
    assert look().context["check"].ok
    tamper("UPDATE trust_ledgerentry SET purpose = 'other'")
    answer = look()
    assert not answer.context["check"].ok
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_verify_newest_leaves_out_what_is_old(tamper):
    record_and_seal(3, 3, 3)
    oldest = LedgerEntry.objects.order_by("transaction").first()
    tamper("UPDATE trust_ledgerentry SET purpose = 'other' WHERE id = %s", [oldest.pk])
    newest = trust.verify_newest(at_most=6)
    assert (newest.ok, newest.sealed, newest.head_number) == (True, 6, 3)
    assert not trust.verify_newest().ok


@pytest.mark.django_db(transaction=True)
def test_page_shows_the_newest_head_who_signed_it_and_what_does_not_fit(look):
    record_and_seal(2)
    text = look().content.decode()
    assert "尚无互联节点" in text
    CounterSignature.objects.create(node="n", name="虚构市平台", number=1, line="x", key="y", at=NOW)
    HeadProblem.objects.create(node="n", name="虚构市平台", ours=True, reason="behind", kept="", offered="", at=NOW)
    text = look().content.decode()
    assert "虚构市平台已见证至第1号封条" in text
    assert "虚构市平台拒绝" in text
