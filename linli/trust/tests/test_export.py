"""The tree goes out as files that anybody can check, and the command says what does not agree."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from linli.accounts import api as accounts
from linli.trust import api as trust
from linli.trust.models import LedgerEntry
from linli.trust.rules.tiles import path_of
from linli.trust.tests.factories import NOW, record_and_seal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def folder(tmp_path):
    record_and_seal(3, 300)
    trust.export_tree(folder=tmp_path / "out", by=accounts.SYSTEM, now=NOW)
    return tmp_path / "out"


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    call_command("ledger", *map(str, words), stdout=out, stderr=err)
    return out.getvalue()


def test_tiles_lie_where_the_standard_says():
    assert str(path_of(0, 1234067)) == "tile/0/x001/x234/067"
    assert str(path_of(1, 0, 3)) == "tile/1/000.p/3"
    assert str(path_of("entries", 273, 112)) == "tile/entries/273.p/112"


def test_what_was_handed_out_is_whole_and_stays_so_while_the_ledger_grows(folder):
    assert {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()} == {
        "checkpoint", "keys", "tile/0/000", "tile/0/001.p/47", "tile/1/000.p/1", "tile/entries/000",
        "tile/entries/001.p/47",
    }  # fmt: skip
    assert LedgerEntry.objects.filter(action="export", object_kind="trust.ledger").exists()
    trust.seal_once(now=NOW)
    record_and_seal(5)
    assert "303" in (folder / "checkpoint").read_text()
    run("verify", "--tiles", folder, "--head", folder / "checkpoint")
    assert trust.check_folder(folder=folder)[1:] == ([], True)


@pytest.mark.parametrize("name", ["tile/0/000", "tile/0/001.p/47", "tile/1/000.p/1", "tile/entries/000"])
def test_every_changed_file_is_named(folder, name):
    file = folder / name
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    _head, wrong, _signed = trust.check_folder(folder=folder)
    expected = name if "entries" not in name else "tile/0/000"
    assert expected in {one.file for one in wrong}
    file.unlink()
    assert trust.check_folder(folder=folder)[1]
    with pytest.raises(CommandError):
        run("verify", "--tiles", folder)


def test_a_changed_head_is_not_signed(folder):
    head = folder / "checkpoint"
    head.write_text(head.read_text().replace("made 1", "made 2"))
    assert trust.check_folder(folder=folder)[2] is False
    head.write_text("x")
    with pytest.raises(CommandError):
        run("verify", "--tiles", folder)


def test_a_ledger_restored_from_an_old_backup_is_told_from_a_head_kept_elsewhere(folder, tamper):
    tamper("DELETE FROM trust_ledgerentry WHERE transaction = (SELECT max(last_transaction) FROM trust_seal)")
    for table in ("trust_seal", "trust_treehead", "trust_headsignature"):
        tamper(f"DELETE FROM {table} WHERE number = 2")
    tamper("DELETE FROM trust_tile WHERE level > 0 OR number > 0")
    tamper("UPDATE trust_tile SET hashes = substring(hashes FOR 96)")
    tamper("DELETE FROM trust_ledgerentry WHERE action = 'export'")
    assert trust.verify_ledger().ok, "nothing inside tells"
    with pytest.raises(CommandError):
        run("verify", "--head", folder / "checkpoint")
    with pytest.raises(CommandError):
        run("verify", "--tiles", folder)


def test_an_entry_and_growth_are_proved_at_the_terminal(folder):
    entry = LedgerEntry.objects.order_by("id").first()
    assert trust.check_inclusion(json.loads(run("prove", entry.pk))).size == 303
    assert [head.size for head in trust.check_growth(json.loads(run("prove", "--since", "1")))] == [3, 303]
    for words in (["prove"], ["prove", entry.pk, "--since", "1"], ["prove", "--since", "7"]):
        with pytest.raises(CommandError):
            run(*words)
    assert trust.read_note(run("head"))[0].number == 2


def test_a_new_key_signs_from_the_terminal(folder):
    line = run("new-key")
    record_and_seal(1)
    assert f"keys {line.split('+')[1]}\n" in trust.newest_note()
    assert trust.verify_ledger().ok
    with pytest.raises(CommandError, match="ed25519"):
        run("new-key", "--algorithm", "sm2")


@pytest.mark.parametrize("head", ["no-such-file", "x:y", "5"])
def test_a_head_that_is_none_is_refused(head):
    with pytest.raises(CommandError, match="--head"):
        run("verify", "--head", head)
