"""Each seal is a signed head of one tree: entries are proved under it, and it goes on from the one before."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.models import HeadSignature, LedgerEntry, LedgerKey, LedgerTree, Seal, Tile, TreeHead
from linli.trust.queries.proofs import spot_of
from linli.trust.queries.tiles import head_note, keys_of_ledger
from linli.trust.rules.heads import read_key
from linli.trust.rules.merkle import HASHES, root_of
from linli.trust.rules.proofs import who_signed
from linli.trust.rules.tree import leaf_hash
from linli.trust.tests.factories import NOW, PERSON, a_holding, a_use, an_actor, record_and_seal, record_uses

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def all_leaves(name="sm3"):
    rows = LedgerEntry.objects.order_by("era", "transaction", "id")
    return [leaf_hash(row.era, row.transaction, bytes(row.digest), HASHES[name]) for row in rows]


def auditor():
    return an_actor(a_holding("trust.audit", unit_kind="centre"))


def test_every_seal_is_a_head_over_all_leaves_before():
    record_and_seal(3, 1, 300, 5)
    leaves = all_leaves()
    assert [head.size for head in TreeHead.objects.order_by("number")] == [3, 4, 304, 309]
    for head in TreeHead.objects.all():
        assert bytes(head.root) == root_of(leaves[: head.size])
    assert [(tile.level, tile.number, len(tile.hashes) // 32) for tile in Tile.objects.order_by("level", "number")] == [
        (0, 0, 256), (0, 1, 53), (1, 0, 1),
    ]  # fmt: skip
    assert trust.verify_ledger().root == root_of(leaves).hex()


def test_every_entry_is_proved_under_the_newest_head():
    record_and_seal(3, 260, 2)
    for place, entry in enumerate(LedgerEntry.objects.order_by("era", "transaction", "id")):
        assert spot_of(entry.pk).index == place
        if place % 20 == 0 or place > 260:
            proof = trust.prove_entry(entry_id=entry.pk)
            head = trust.check_inclusion(proof)
            assert (head.size, head.number, proof["index"]) == (265, 3, place)


def test_entries_of_several_transactions_under_one_seal_know_their_places():
    record_and_seal(2)
    for count in (3, 5, 1, 4):
        record_uses(count)
    trust.seal_once(now=NOW)
    entries = LedgerEntry.objects.order_by("era", "transaction", "id")
    assert [spot_of(entry.pk).index for entry in entries] == list(range(15))


def test_a_proof_of_one_entry_is_none_of_another():
    record_and_seal(3)
    first, second, _third = (trust.prove_entry(entry_id=row.pk) for row in LedgerEntry.objects.order_by("id"))
    for stolen in ("entry", "path", "index"):
        with pytest.raises(trust.BadProofError):
            trust.check_inclusion({**first, stolen: second[stolen]})
    with pytest.raises(trust.BadProofError):
        trust.check_inclusion({**first, "entry": first["entry"].replace("handle", "hundle")})


@pytest.mark.parametrize("change", [{"head": ""}, {"path": ["x"]}, {"index": "x"}, {"era": 2**40}, {"form": "x"}])
def test_what_is_no_proof_is_refused(change):
    record_and_seal(2)
    proof = trust.prove_entry(entry_id=LedgerEntry.objects.first().pk)
    with pytest.raises(trust.BadProofError):
        trust.check_inclusion({**proof, **change})
    with pytest.raises(trust.BadProofError):
        trust.check_growth(proof)


def test_an_entry_that_waits_has_no_proof_yet():
    with pytest.raises(trust.NotSealedError):
        trust.prove_entry(entry_id=record_uses(1)[0])
    record_and_seal(1)
    (waits,) = record_uses(1)
    for entry in (waits, UUID(int=5)):
        with pytest.raises(trust.NotSealedError):
            trust.prove_entry(entry_id=entry)


def test_one_head_goes_on_from_another_and_not_the_other_way_round():
    record_and_seal(3, 300, 7)
    for old in (1, 2, 3):
        proof = trust.prove_growth(old=old)
        assert [head.number for head in trust.check_growth(proof)] == [old, 3]
    proof = trust.prove_growth(old=1, new=2)
    with pytest.raises(trust.BadProofError):
        trust.check_growth({**proof, "old": proof["head"], "head": proof["old"]})
    with pytest.raises(trust.BadProofError):
        trust.check_growth({**proof, "path": proof["path"][1:]})


@pytest.mark.parametrize("chosen", ["ed25519", "sm2", "ed25519,sm2"])
def test_a_head_is_signed_as_configured(chosen, monkeypatch):
    monkeypatch.setenv("LINLI_LEDGER_SIGNATURE", chosen)
    record_and_seal(2, 2)
    note = head_note(2)
    keys = [read_key(key.line()) for key in keys_of_ledger().values()]
    assert {key.algorithm for key in who_signed(note, keys)} == set(chosen.split(","))
    assert not who_signed(note.replace("\n4\n", "\n5\n"), keys)
    assert trust.verify_ledger().ok


def test_a_ledger_of_sha256_keeps_its_hash(monkeypatch):
    monkeypatch.setenv("LINLI_LEDGER_HASH", "sha256")
    record_and_seal(3)
    assert bytes(TreeHead.objects.get().root) == root_of(all_leaves("sha256"), HASHES["sha256"])
    monkeypatch.delenv("LINLI_LEDGER_HASH")
    record_and_seal(3)
    assert set(LedgerEntry.objects.values_list("form", flat=True)) == {1, 3}
    for entry in LedgerEntry.objects.all():
        assert trust.check_inclusion(trust.prove_entry(entry_id=entry.pk)).hash == "sha256"
    assert trust.verify_ledger().ok


def test_what_was_sealed_before_there_was_a_tree_is_taken_in(tamper):
    record_and_seal(3, 300, 2)
    roots = [bytes(head.root) for head in TreeHead.objects.order_by("number")]
    for table in ("trust_tile", "trust_treehead", "trust_headsignature", "trust_ledgertree", "trust_ledgerkey"):
        tamper(f"DELETE FROM {table}")
    assert "tree" in {problem.kind for problem in trust.verify_ledger().problems}, "unless the node is that old"
    record_and_seal(4)
    assert [bytes(head.root) for head in TreeHead.objects.order_by("number")][:3] == roots
    assert LedgerTree.objects.get().since == 4
    assert list(HeadSignature.objects.values_list("number", flat=True)) == [4]
    assert trust.verify_ledger().ok
    for entry in LedgerEntry.objects.order_by("id")[:5]:
        trust.check_inclusion(trust.prove_entry(entry_id=entry.pk))


CHANGES = [
    ("trust_treehead", "size = size + 1", "number = 2"),
    ("trust_treehead", "root = sha256(root)", "number = 2"),
    ("trust_treehead", "number = 9", "number = 2"),
    ("trust_headsignature", "signature = set_bit(signature, 3, 1 - get_bit(signature, 3))", "number = 2"),
    ("trust_headsignature", "key = reverse(key)", "number = 2"),
    ("trust_headsignature", "number = 9", "number = 2"),
    ("trust_tile", "hashes = set_bit(hashes, 99, 1 - get_bit(hashes, 99))", "level = 0 AND number = 0"),
    ("trust_tile", "hashes = substring(hashes FOR 32)", "level = 0 AND number = 1"),
    ("trust_tile", "number = 7", "level = 0 AND number = 1"),
    ("trust_tile", "number = 9223372036854775807", "level = 0 AND number = 1"),
    ("trust_tile", "level = 7", "level = 1"),
    ("trust_tile", "hashes = hashes || sha256(hashes)", "level = 1"),
    ("trust_ledgertree", "origin = 'x'", "true"),
    ("trust_ledgertree", "since = 2", "true"),
    ("trust_ledgertree", "hash = 'sha256'", "true"),
    ("trust_ledgerkey", "public = reverse(public)", "true"),
]


@pytest.mark.parametrize(("table", "change", "where"), CHANGES)
def test_verify_finds_what_was_altered_in_the_tree(table, change, where, tamper):
    record_and_seal(3, 300, 2)
    assert tamper(f"UPDATE {table} SET {change} WHERE {where}") == 1
    check = trust.verify_ledger()
    assert not check.ok
    if "number = 2" in where:
        assert {problem.seal for problem in check.problems} <= {2, 9}
    if table == "trust_tile":
        assert {problem.kind for problem in check.problems} == {"tile"}


@pytest.mark.parametrize("table", ["trust_treehead", "trust_headsignature", "trust_tile", "trust_ledgertree"])
def test_verify_finds_what_was_deleted_from_the_tree(table, tamper):
    record_and_seal(3, 300, 2)
    tamper(f"DELETE FROM {table}")
    assert not trust.verify_ledger().ok


def test_a_missing_entry_is_told_once_and_named_by_its_seal(tamper):
    record_and_seal(3, 3, 3)
    victim = LedgerEntry.objects.order_by("transaction", "id")[4]
    tamper("DELETE FROM trust_ledgerentry WHERE id = %s", [victim.pk])
    check = trust.verify_ledger()
    assert [(problem.kind, problem.seal) for problem in check.problems] == [("leaves", 2)]


def test_the_tree_refuses_every_change():
    record_and_seal(3, 300)
    for sql in ("UPDATE trust_treehead SET size = 1", "DELETE FROM trust_headsignature", "DELETE FROM trust_tile",
                "UPDATE trust_tile SET hashes = substring(hashes FOR 32)", "DELETE FROM trust_ledgertree",
                "UPDATE trust_tile SET number = number + 1", "UPDATE trust_ledgerkey SET public = ''"):  # fmt: skip
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_nothing_is_sealed_with_another_key_ring_and_all_is_when_it_is_back(monkeypatch, tmp_path):
    record_and_seal(2)
    record_uses(2)
    with monkeypatch.context() as patch:
        patch.setenv("LINLI_KEY_RING", str(tmp_path / "another.json"))
        kernel.forget_keys()
        with pytest.raises(trust.WrongKeysError, match=r"."):
            trust.seal_once(now=NOW)
        check = trust.verify_ledger()
        assert {problem.kind for problem in check.problems} == {"keys", "signature"}
        assert Seal.objects.count() == 1
    kernel.forget_keys()
    assert trust.seal_once(now=NOW).count == 2
    assert trust.verify_ledger().ok


def test_nothing_is_sealed_while_the_clock_is_set_back():
    record_and_seal(2)
    record_uses(2)
    assert trust.seal_once(now=NOW - timedelta(seconds=1)) is None, "a second is nothing to worry about"
    with pytest.raises(trust.ClockSetBackError):
        trust.seal_once(now=NOW - timedelta(hours=1))
    assert trust.seal_once(now=NOW).count == 2


def test_verify_finds_a_seal_made_with_a_clock_set_back(tamper):
    record_and_seal(2)
    record_and_seal(2)
    tamper("UPDATE trust_seal SET made_at = %s WHERE number = 2", [NOW - timedelta(hours=2)])
    assert "clock" in {problem.kind for problem in trust.verify_ledger().problems}


def test_a_key_is_changed_and_the_one_before_vouches():
    record_and_seal(2)
    new = trust.change_ledger_key(algorithm="ed25519", by=auditor(), now=NOW + timedelta(minutes=1))
    entry = LedgerEntry.objects.get(object_kind="trust.ledger_key")
    assert (entry.object_id, entry.person_id) == (new.fingerprint, PERSON)
    assert len(bytes(LedgerKey.objects.get(pk=new.fingerprint).vouch)) == 64
    seal = trust.seal_once(now=NOW + timedelta(minutes=2))
    assert HeadSignature.objects.get(number=seal.number).key == new.fingerprint
    assert trust.verify_ledger().ok
    with pytest.raises(trust.NotAllowed):
        trust.change_ledger_key(algorithm="ed25519", by=accounts.GUEST, now=NOW)


def test_an_entry_that_belongs_to_a_chain_of_uses_keeps_it():
    trace = trust.Trace("4bf92f3577b34da6a3ce929d0e0e4736", str(PERSON), "city")
    entry = LedgerEntry.objects.get(pk=trust.record(**a_use(trace=trace)))
    assert (entry.form, entry.trace, entry.parent, entry.parent_node) == (2, trace.trace, str(PERSON), "city")
    assert trust.verify_ledger().ok
