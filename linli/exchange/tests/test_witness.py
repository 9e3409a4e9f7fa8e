"""A linked node counter-signs the heads of the use ledger, and refuses one that does not go on from what it saw.

This node plays both: what it says to the city comes back to it as if the city had said it.
"""

from datetime import timedelta

import orjson
import pytest
from django.db import connection, transaction

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.models import InMessage, OutMessage
from linli.exchange.tests.other_side import NOW, OtherSide, deliver
from linli.kernel import api as kernel
from linli.trust import api as trust
from tests.database import ONLY_ADDED_TO

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Line:
    """What waits for the city arrives as said by the city."""

    def __init__(self):
        self.city, self.done = OtherSide(), set()

    def carry(self):
        rows = list(OutMessage.objects.exclude(pk__in=self.done).order_by("id"))
        self.done |= {one.pk for one in rows}
        for one in rows:
            deliver(self.city.says(one.kind, orjson.loads(one.body.reveal()), key=one.pk), now=NOW)
        return [one.kind for one in rows]

    def settle(self):
        kinds = []
        while more := self.carry():
            kinds += more
        return kinds


@pytest.fixture
def line(transactional_db):
    return Line()


def seal(count=3, minutes=0):
    for number in range(count):
        with transaction.atomic():
            trust.record(
                by=accounts.SYSTEM, action="read", purpose="test", subjects=(), object_kind="x", object_id=number,
                elements=(), now=NOW,
            )  # fmt: skip
    assert trust.seal_once(now=NOW + timedelta(minutes=minutes))


def ledger(sql, *values):
    """Change the stored ledger as its owner can."""
    with connection.cursor() as cursor:
        for table in ONLY_ADDED_TO:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        for table in ONLY_ADDED_TO:
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER trust_no_change")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER trust_no_truncate")
        cursor.execute("ALTER TABLE trust_tile ENABLE ALWAYS TRIGGER trust_no_delete")


def put_back_to(number):
    """What a backup brings back that was made after this seal: everything behind it is gone."""
    size = trust.read_note(trust.newest_note())[0].size
    ledger(
        "DELETE FROM trust_ledgerentry e USING trust_seal s WHERE s.number = %s AND (e.era, e.transaction, e.id)"
        " > (s.last_era, s.last_transaction, s.last_entry)", number,
    )  # fmt: skip
    for table in ("trust_seal", "trust_treehead", "trust_headsignature", "trust_countersignature"):
        ledger(f"DELETE FROM {table} WHERE number > %s", number)
    size = trust.read_note(trust.newest_note())[0].size
    ledger("UPDATE trust_tile SET hashes = substring(hashes FOR %s)", size * 32)
    assert trust.verify_ledger().ok, "nothing inside tells"


def problems(**which):
    return [(one.reason, one.ours) for one in trust.head_problems() if one.settled_at is None]


def test_a_head_is_counter_signed_and_the_signature_comes_back(line):
    seal()
    assert exchange.tell_heads(now=NOW) == 1
    assert exchange.tell_heads(now=NOW) == 0, "once"
    assert line.settle() == ["ledger.head", "ledger.countersigned"]
    (signature,) = trust.countersignatures()
    assert (signature.number, signature.name) == (1, "虚构市平台")
    for minutes in (1, 2):
        seal(minutes=minutes)
        exchange.tell_heads(now=NOW)
        line.settle()
    assert {one.number for one in trust.countersignatures()} == {1, 2, 3}
    assert not problems()


def test_a_ledger_restored_from_an_old_backup_is_refused_and_raised_on_both_sides(line):
    for minutes in range(3):
        seal(minutes=minutes)
        exchange.tell_heads(now=NOW)
        line.settle()
    put_back_to(1)
    ledger("UPDATE trust_witness SET told = 0")
    exchange.tell_heads(now=NOW)
    assert line.settle() == ["ledger.head", "ledger.refused"]
    assert sorted(problems()) == [("behind", False), ("behind", True)]
    evidence = next(one for one in trust.head_problems() if not one.ours)
    assert trust.read_note(evidence.kept)[0].number == 3
    assert trust.read_note(evidence.offered)[0].number == 1


def test_a_rewritten_end_is_a_split_view(line):
    for minutes in range(2):
        seal(minutes=minutes)
    exchange.tell_heads(now=NOW)
    line.settle()
    put_back_to(1)
    seal(count=5, minutes=2)
    ledger("UPDATE trust_witness SET told = 0")
    exchange.tell_heads(now=NOW)
    line.settle()
    reasons = {reason for reason, _ours in problems()}
    assert reasons & {"proof", "split"}
    assert {ours for _reason, ours in problems()} == {True, False}
    assert not trust.countersignatures(), "the new end is not signed"


def test_a_node_that_was_told_too_little_is_told_again_and_nobody_is_accused(line):
    for minutes in range(2):
        seal(minutes=minutes)
        exchange.tell_heads(now=NOW)
        line.settle()
    seal(minutes=3)
    ledger("UPDATE trust_witness SET told = 1")
    exchange.tell_heads(now=NOW)
    assert line.settle() == ["ledger.head", "ledger.refused", "ledger.head", "ledger.countersigned"]
    assert not problems()
    assert 3 in {one.number for one in trust.countersignatures()}


def test_an_auditor_settles_a_conflict_and_the_link_goes_on(line):
    for minutes in range(2):
        seal(minutes=minutes)
        exchange.tell_heads(now=NOW)
        line.settle()
    put_back_to(1)
    ledger("UPDATE trust_witness SET told = 0")
    exchange.tell_heads(now=NOW)
    line.settle()
    for one in trust.head_problems():
        with pytest.raises(ValueError, match="Say what"):
            trust.settle_head_problem(problem_id=one.pk, words=" ", by=accounts.SYSTEM, now=NOW)
        trust.settle_head_problem(problem_id=one.pk, words="备份恢复，已核对", by=accounts.SYSTEM, now=NOW)
    seal(minutes=5)
    exchange.tell_heads(now=NOW)
    line.settle()
    assert not problems()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("ledger.head", {}),
        ("ledger.head", {"head": "x", "path": [], "keys": []}),
        ("ledger.head", {"head": "x", "path": ["zz"], "keys": ["y"]}),
        ("ledger.countersigned", {"number": 99, "lines": [], "keys": []}),
        ("ledger.countersigned", {}),
        ("ledger.refused", {"seen": "x"}),
    ],
)
def test_what_is_no_head_is_set_aside_and_changes_nothing(line, kind, body):
    deliver(line.city.says(kind, body))
    assert InMessage.objects.get().state == InMessage.State.ASIDE
    assert not trust.countersignatures()


def test_a_counter_signature_of_another_head_is_refused(line):
    seal()
    exchange.tell_heads(now=NOW)
    line.carry()
    seal(minutes=1)
    (answer,) = OutMessage.objects.filter(kind="ledger.countersigned")
    body = orjson.loads(answer.body.reveal())
    deliver(line.city.says("ledger.countersigned", {**body, "number": 2}))
    assert InMessage.objects.filter(state=InMessage.State.ASIDE).count() == 1
    assert not trust.countersignatures()


def witnessed(line, times=1):
    for minutes in range(times):
        seal(minutes=minutes)
        exchange.tell_heads(now=NOW)
        line.settle()


def test_verifying_makes_counter_signatures_again_and_shows_them(line):
    witnessed(line, 2)
    check = trust.verify_ledger()
    assert check.ok
    assert check.countersigned == {"虚构市平台": 2}
    assert "虚构市平台" in str(check)


@pytest.mark.parametrize("change", [
    "line = left(line, -20) || translate(right(line, 20), 'ABCDEFGHIJ', 'BCDEFGHIJK')", "number = 2, node = 'x'",
    "line = ''", "key = 'x'",
])  # fmt: skip
def test_a_counter_signature_that_was_touched_is_found(line, change):
    witnessed(line, 2)
    ledger(f"UPDATE trust_countersignature SET {change} WHERE number = 1")
    check = trust.verify_ledger()
    assert {(one.kind, one.entry) for one in check.problems} == {("witness", "虚构市平台")}


def test_a_counter_signature_by_a_key_that_is_not_the_witness_s_is_found(line):
    """Whoever writes the database makes a good signature with a key of their own, and writes that key beside it."""
    witnessed(line, 1)
    mine, text = kernel.new_keys("ed25519"), trust.head_text(1)
    forged = trust.countersign(text, name="linli/forged", keys=mine, seconds=1)
    key = trust.PublicKey("linli/forged", mine.algorithm, mine.public)
    assert trust.is_countersigned(text, forged, key)
    ledger("UPDATE trust_countersignature SET line = %s, key = %s", forged.line(), key.line())
    assert {one.kind for one in trust.verify_ledger().problems} == {"witness"}


def test_counter_signatures_of_seals_that_are_gone_are_found(line):
    witnessed(line, 1)
    ledger("UPDATE trust_countersignature SET number = 9")
    assert [(one.kind, one.seal) for one in trust.verify_ledger().problems] == [("tree", 9)]


def test_a_witness_goes_on_when_the_key_before_vouches_for_the_next_and_refuses_a_key_that_nobody_vouches_for(line):
    witnessed(line, 1)
    trust.change_ledger_key(algorithm="ed25519", by=accounts.SYSTEM, now=NOW + timedelta(minutes=1))
    seal(minutes=2)
    exchange.tell_heads(now=NOW)
    line.settle()
    assert {one.number for one in trust.countersignatures()} == {1, 2}
    assert trust.verify_ledger().ok
    trust.change_ledger_key(algorithm="ed25519", by=accounts.SYSTEM, now=NOW + timedelta(minutes=3))
    newest = "WHERE began_at = (SELECT max(began_at) FROM trust_ledgerkey)"
    ledger(f"UPDATE trust_ledgerkey SET vouch = overlay(vouch PLACING '\\x0000'::bytea FROM 1) {newest}")
    seal(minutes=4)
    exchange.tell_heads(now=NOW)
    assert line.settle() == ["ledger.head", "ledger.refused"]
    assert sorted(problems()) == [("unvouched", False), ("unvouched", True)]
    assert {one.kind for one in trust.verify_ledger().problems} == {"keys"}
