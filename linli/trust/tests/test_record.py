"""What is recorded is what is stored, in one canonical form, and nobody changes it."""

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.models import LedgerEntry
from linli.trust.queries.leaves import kept_leaves
from linli.trust.rules.leaf import Leaf, Use, leaf_of
from linli.trust.tests.factories import NOW, PERSON, a_holding, a_use, an_actor, record_uses

pytestmark = pytest.mark.django_db

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
uses = st.builds(
    Use,
    id=st.uuids(),
    at=st.datetimes(datetime(1900, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  aware by timezones
    actor_kind=texts,
    person_id=st.none() | st.uuids(),
    holding_id=st.none() | st.uuids(),
    unit_id=st.none() | st.integers(-(2**63), 2**63 - 1),
    post_code=texts,
    action=texts,
    purpose=texts,
    case_ref=texts,
    object_kind=texts,
    object_id=texts,
    subjects=st.lists(texts, max_size=3).map(tuple),
    elements=st.lists(texts, max_size=3).map(tuple),
    result=texts,
    origin=texts,
    basis=texts,
)


def test_canonical_form_is_what_the_docstring_says():
    use = Use(
        id=UUID(int=1),
        at=datetime(1970, 1, 1, 0, 0, 1, 5, tzinfo=UTC),
        actor_kind="staff",
        action="read",
        purpose='说"明"\n',
        object_kind="k",
        object_id="7",
        unit_id=3,
        subjects=("a", "b"),
    )
    leaf = leaf_of(use)
    assert leaf.text == (
        '["linli.ledger.1", "00000000-0000-0000-0000-000000000001", 1000005, "staff", null, null, 3, "", "read", '
        '"说\\"明\\"\\n", "", "k", "7", ["a", "b"], [], "ok", "", ""]'
    )
    assert leaf.digest == kernel.sm3(leaf.text.encode())


def _alone(leaf):
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust_record(%s, %s)", [leaf.text, leaf.digest])


@pytest.mark.slow
@pytest.mark.parametrize("record", [_alone, lambda leaf: trust.record_all([leaf])], ids=["alone", "together"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(use=uses)
def test_canonical_form_is_made_again_from_the_columns(record, use):
    leaf = leaf_of(use)
    with transaction.atomic():
        record(leaf)
        kept = {row.entry: row for row in kept_leaves()}[str(use.id)]
        transaction.set_rollback(True)
    assert kept.text == leaf.text
    assert kept.digest == leaf.digest


def test_record_keeps_who_what_why_about_whom():
    entry = LedgerEntry.objects.get(pk=trust.record(**a_use(case="E-1", basis="m1", origin="desk")))
    assert (entry.at, entry.actor_kind, entry.person_id) == (NOW, "staff", PERSON)
    assert (entry.holding_id, entry.unit_id, entry.post_code) == (UUID(int=1), 1, "street_officer")
    assert (entry.action, entry.purpose, entry.case_ref, entry.result) == ("read", "handle", "E-1", "ok")
    assert (entry.object_kind, entry.object_id) == ("events.event", "南苑-20261122-0007")
    assert (entry.subjects, entry.elements) == (["a" * 64], ["name", "phone"])
    assert (entry.origin, entry.basis, entry.era) == ("desk", "m1", 1)


def test_record_names_the_post_only_where_it_is_certain():
    first, second = a_holding(number=1), a_holding(number=2)

    def holding_of(**changes):
        return LedgerEntry.objects.get(pk=trust.record(**a_use(**changes))).holding_id

    assert holding_of(by=an_actor(first, second)) is None
    assert holding_of(by=an_actor(first, second), holding=second) == UUID(int=2)
    assert holding_of(by=accounts.SYSTEM) is None


def test_record_goes_with_the_transaction_it_speaks_of():
    with transaction.atomic():
        kept = trust.record(**a_use())
        transaction.set_rollback(True)
    assert not LedgerEntry.objects.filter(pk=kept).exists()


def test_record_takes_the_transaction_from_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (current,) = cursor.fetchone()
    assert LedgerEntry.objects.get(pk=trust.record(**a_use())).transaction == current


@pytest.mark.parametrize(
    ("leaf", "digest"),
    [("[]", bytes(32)), ('["linli.ledger.2"]', bytes(32)), ("{}", bytes(32)), ("no", bytes(32)), (None, bytes(31))],
)
def test_record_in_sql_refuses_what_is_not_an_entry(leaf, digest):
    text = leaf or trust.compose(**a_use()).text
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT trust_record(%s, %s)", [text, digest])
    with pytest.raises(DatabaseError), transaction.atomic():
        trust.record_all([trust.compose(**a_use()), Leaf(UUID(int=1), text, digest)])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE trust_ledgerentry SET purpose = ''",
        "DELETE FROM trust_ledgerentry",
        "TRUNCATE trust_ledgerentry",
        "UPDATE trust_seal SET mark = ''",
        "DELETE FROM trust_seal",
        "TRUNCATE trust_seal",
    ],
)
def test_ledger_refuses_every_change_even_of_a_superuser(sql, truncation_refused):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute(sql)


def test_ledger_refuses_the_orm():
    record_uses(1)
    entry = LedgerEntry.objects.get()
    for change in (entry.save, entry.delete, LedgerEntry.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_record_is_quick():
    by = an_actor(a_holding("events.read"))
    start = time.process_time()
    for _ in range(200):
        trust.compose(**a_use(by=by, now=NOW + timedelta(seconds=1)))
    assert (time.process_time() - start) / 200 < 0.0003


@pytest.fixture
def truncation_refused():
    with connection.cursor() as cursor:
        for table in ("trust_ledgerentry", "trust_seal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER trust_no_truncate")
