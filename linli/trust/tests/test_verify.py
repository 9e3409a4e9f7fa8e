"""Whoever tampers with the ledger, in whatever way, is found."""

import contextlib

import pytest
from django.db import transaction

from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.models import LedgerEntry, Seal
from linli.trust.queries.leaves import content_of
from linli.trust.rules.tree import hash_of
from linli.trust.tests.factories import NOW, record_and_seal, record_uses

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@contextlib.contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def kinds(check):
    return [problem.kind for problem in check.problems]


def test_verify_finds_a_whole_ledger_whole():
    assert trust.verify_ledger().ok
    record_and_seal(3, 1, 4)
    record_uses(2)
    check = trust.verify_ledger()
    assert check.ok
    assert (check.sealed, check.unsealed, check.seals, check.head_number) == (8, 2, 3, 3)
    assert check.head_hash == bytes(Seal.objects.get(number=3).hash).hex()


ENTRY_CHANGES = [
    "at = at + interval '1 microsecond'",
    "actor_kind = 'system'",
    "person_id = null",
    "holding_id = gen_random_uuid()",
    "unit_id = 2",
    "post_code = ''",
    "action = 'export'",
    "purpose = 'other'",
    "case_ref = 'x'",
    "object_kind = 'x'",
    "object_id = 'x'",
    "subjects = '{}'",
    "elements = '{name}'",
    "result = 'refused'",
    "origin = 'x'",
    "basis = 'x'",
    "digest = sha256(digest)",
    "form = 2",
    "trace = 'x'",
    "parent = 'x'",
    "parent_node = 'x'",
]
SEAL_CHANGES = [
    "count = 1",
    "first_era = 0",
    "first_transaction = 1",
    "first_entry = gen_random_uuid()",
    "last_era = 2",
    "last_transaction = 1",
    "last_entry = gen_random_uuid()",
    "made_at = now()",
    "root = sha256(root)",
    "previous = sha256(previous)",
    "hash = sha256(hash)",
    "mark = ''",
]


def test_verify_finds_every_altered_column(tamper):
    record_and_seal(2)
    sealed, unsealed = LedgerEntry.objects.first().pk, record_uses(1)[0]
    for change in ENTRY_CHANGES:
        for entry in (sealed, unsealed):
            with undone():
                assert tamper(f"UPDATE trust_ledgerentry SET {change} WHERE id = %s", [entry]) == 1
                check = trust.verify_ledger()
                assert ("altered", str(entry)) in {(problem.kind, problem.entry) for problem in check.problems}, change
                assert str(entry) in str(check)
    assert trust.verify_ledger().ok


def test_verify_finds_every_altered_column_of_a_seal(tamper):
    record_and_seal(2, 2, 2)
    for change in SEAL_CHANGES:
        with undone():
            tamper(f"UPDATE trust_seal SET {change} WHERE number = 2")
            assert not trust.verify_ledger().ok, change
    assert trust.verify_ledger().ok


def test_changes_above_name_every_column():
    for model, changes, derived in (
        (LedgerEntry, ENTRY_CHANGES, {"id", "era", "transaction"}),
        (Seal, SEAL_CHANGES, {"number"}),
    ):
        assert {change.split()[0] for change in changes} == {field.column for field in model._meta.fields} - derived


def test_verify_finds_content_and_digest_altered_together(tamper):
    record_and_seal(3, 3)
    entry = LedgerEntry.objects.first()
    tamper("UPDATE trust_ledgerentry SET purpose = 'other' WHERE id = %s", [entry.pk])
    text = _canonical(entry.pk)
    tamper("UPDATE trust_ledgerentry SET digest = %s WHERE id = %s", [kernel.sm3(text.encode()), entry.pk])
    check = trust.verify_ledger()
    assert kinds(check) == ["leaves"]
    assert check.problems[0].seal == 1


def test_verify_finds_a_deleted_entry(tamper):
    record_and_seal(3, 3, 3)
    entries = list(LedgerEntry.objects.order_by("transaction", "id"))
    for position, entry in enumerate(entries):
        with undone():
            tamper("DELETE FROM trust_ledgerentry WHERE id = %s", [entry.pk])
            check = trust.verify_ledger()
            assert kinds(check) == ["leaves"]
            assert check.problems[0].seal == position // 3 + 1


def test_verify_finds_entries_put_in_another_order(tamper):
    record_uses(1)
    record_uses(1)
    trust.seal_once(now=NOW)
    tamper("UPDATE trust_ledgerentry SET transaction = (SELECT sum(transaction) FROM trust_ledgerentry) - transaction")
    assert kinds(trust.verify_ledger()) == ["leaves"]


def test_verify_finds_an_entry_slipped_in(tamper):
    record_and_seal(2, 2)
    first = LedgerEntry.objects.order_by("transaction").first().transaction
    (added,) = record_uses(1)
    tamper("UPDATE trust_ledgerentry SET transaction = %s WHERE id = %s", [first - 1, added])
    check = trust.verify_ledger()
    assert (kinds(check), check.problems[0].seal) == (["leaves"], 1)


def test_verify_finds_a_replaced_tail(tamper):
    record_and_seal(2, 2)
    noted = trust.verify_ledger()
    last = Seal.objects.get(number=2)
    tamper("DELETE FROM trust_ledgerentry WHERE transaction = %s", [last.first_transaction])
    tamper("DELETE FROM trust_seal WHERE number = 2")
    assert {problem.seal for problem in trust.verify_ledger().problems if problem.kind == "tree"} == {2}
    tamper("DELETE FROM trust_treehead WHERE number = 2")
    tamper("DELETE FROM trust_headsignature WHERE number = 2")
    tamper("UPDATE trust_tile SET hashes = substring(hashes FOR 64)")
    assert trust.verify_ledger().ok
    assert kinds(trust.verify_ledger(head=(noted.head_number, noted.head_hash))) == ["head"]
    record_and_seal(2)
    assert kinds(trust.verify_ledger(head=(noted.head_number, noted.head_hash))) == ["head"]
    assert trust.verify_ledger(head=(1, bytes(Seal.objects.get(number=1).hash).hex())).ok


def test_verify_finds_a_seal_removed_from_the_middle(tamper):
    record_and_seal(2, 2, 2)
    tamper("DELETE FROM trust_seal WHERE number = 2")
    assert "chain" in kinds(trust.verify_ledger())


def test_verify_finds_a_chain_made_again_without_the_keys(tamper):
    record_and_seal(2)
    seal = Seal.objects.get()
    seal.made_at = NOW.replace(year=2025)
    tamper("UPDATE trust_seal SET made_at = %s, hash = %s", [seal.made_at, hash_of(content_of(seal))])
    assert kinds(trust.verify_ledger()) == ["forged", "signature"]


def test_verify_names_the_first_hundred_and_counts_all(tamper):
    record_and_seal(130)
    tamper("UPDATE trust_ledgerentry SET purpose = 'other'")
    check = trust.verify_ledger()
    assert (check.problem_count, len(check.problems)) == (130, 100)


def _canonical(entry):
    from django.db import connection

    from linli.trust.rules.leaf import CANONICAL_SQL

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CANONICAL_SQL} FROM trust_ledgerentry WHERE id = %s", [entry])
        return cursor.fetchone()[0]
