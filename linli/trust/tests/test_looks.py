"""Who looked at my data: what a resident reads of the ledger, and what they never read."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from linli.accounts import api as accounts
from linli.trust import api as trust
from linli.trust.queries.looks import MOST
from linli.trust.tests.factories import NOW, a_holding, a_tree, a_use, an_actor, record_uses

ME, OTHER, SECRET = "a" * 64, "b" * 64, "王秘密13912345678"
MYSELF = UUID("0190c0de-0000-7000-8000-00000000000a")
OWN = trust.Oneself(MYSELF, phone=ME)
CONFIRMED = trust.Oneself(MYSELF, frozenset({ME}))


def look(**changes):
    return trust.record(**a_use(**{"subjects": [ME], **changes}))


@pytest.mark.django_db
def test_the_same_look_is_one_line_with_its_count_and_another_day_is_another():
    for minutes in (0, 5, 9):
        look(now=NOW + timedelta(minutes=minutes))
    look(now=NOW + timedelta(minutes=10), purpose="events.intake")
    look(now=NOW - timedelta(days=1))
    items = trust.looks_at(OWN, now=NOW).items
    assert [(one.times, one.day == timezone.localdate(NOW)) for one in items] == [(1, True), (3, True), (1, False)]
    assert items[1].last - items[1].first == timedelta(minutes=9)


@pytest.mark.django_db
def test_unit_and_post_are_named_and_no_person():
    unit = a_tree()[0]
    look(by=an_actor(a_holding("events.read", unit_id=unit.pk)))
    (one,) = trust.looks_at(OWN, now=NOW).items
    assert unit.name in one.who
    assert "李青" not in repr(one)


@pytest.mark.django_db
def test_a_secret_of_somebody_else_in_any_field_is_never_told():
    fields = ("action", "purpose", "object_kind", "object_id", "result", "origin", "basis", "case")
    for name in fields:
        look(**{name: SECRET})
    look(elements=[SECRET])
    look(subjects=[ME, OTHER, SECRET])
    items = trust.looks_at(CONFIRMED, now=NOW).items
    assert sum(one.times for one in items) == len(fields) + 2
    for one in items:
        told = (one.who, one.did, one.why, *one.data, one.result, one.by_machine)
        assert not any(SECRET in words or OTHER in words for words in told)


@pytest.mark.django_db
def test_a_phone_in_the_record_of_a_relative_does_not_tell_what_stands_there():
    look(subjects=[ME, OTHER], elements=["name", "phone"])
    (by_phone,) = trust.looks_at(OWN, now=NOW).items
    (by_card,) = trust.looks_at(CONFIRMED, now=NOW).items
    assert (by_phone.is_sure, by_phone.data) == (False, ())
    assert by_card.is_sure
    assert by_card.data


@pytest.mark.django_db
def test_nobody_reads_looks_at_others():
    entry = look(subjects=[OTHER])
    assert not trust.looks_at(OWN, now=NOW).items
    assert trust.look_of(OWN, entry, now=NOW) is None
    assert not trust.looks_at(trust.Oneself(None), now=NOW).items
    assert not trust.oneself(an_actor(a_holding("trust.audit")), now=NOW).tokens
    assert not trust.oneself(accounts.GUEST, now=NOW).tokens


@pytest.mark.django_db
def test_a_phone_counts_only_since_it_is_theirs_and_a_confirmed_person_always():
    look(now=NOW - timedelta(days=400))
    look(now=NOW)
    since = NOW - timedelta(days=30)
    assert len(trust.looks_at(trust.Oneself(MYSELF, phone=ME, phone_since=since), now=NOW).items) == 1
    both = trust.Oneself(MYSELF, frozenset({ME}), phone=OTHER, phone_since=since)
    assert len(trust.looks_at(both, now=NOW).items) == 2


@pytest.mark.django_db
def test_pages_end_with_a_day_so_that_no_count_is_cut():
    record_uses(MOST - 50, subjects=[ME], now=NOW)
    record_uses(100, subjects=[ME], now=NOW - timedelta(days=1))
    first = trust.looks_at(OWN, now=NOW)
    assert {one.day for one in first.items} == {timezone.localdate(NOW)}
    assert first.older
    rest = trust.looks_at(OWN, now=NOW, before=first.older)
    assert sum(one.times for one in rest.items) == 100
    assert rest.older is None


@pytest.mark.django_db
def test_days_bound_what_is_listed():
    for days in (0, 1, 2):
        look(now=NOW - timedelta(days=days))
    day = timezone.localdate(NOW) - timedelta(days=1)
    assert [one.day for one in trust.looks_at(OWN, now=NOW, since=day, until=day).items] == [day]


@pytest.mark.django_db
def test_the_number_of_queries_stays_the_same(django_assert_num_queries):
    accounts.units()
    for count in (1, 3):
        for number in range(count):
            look(purpose=str(number))
        with django_assert_num_queries(2):
            trust.looks_at(OWN, now=NOW)


@pytest.mark.slow
@pytest.mark.django_db
def test_somebody_is_found_by_the_index_of_subjects_among_many():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO trust_ledgerentry (id, at, actor_kind, post_code, action, purpose, case_ref, object_kind,"
            " object_id, subjects, elements, result, origin, basis, digest)"
            " SELECT gen_random_uuid(), now(), 'staff', '', 'read', '', '', '', '', ARRAY[md5((n % 20000)::text)],"
            " '{}', 'ok', '', '', sha256('x') FROM generate_series(1, 60000) n"
        )
        cursor.execute("ANALYZE trust_ledgerentry")
    from linli.trust.queries.looks import _entries

    plan = _entries(OWN).order_by("-at", "-pk")[: MOST + 1].explain()
    assert "ledger_by_subject" in plan, plan
    assert "Seq Scan" not in plan, plan
