"""The script that a resident's lawyer runs on their own computer says of a proof what is so."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.models import LedgerEntry
from linli.trust.tests.factories import record_and_seal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SCRIPT = Path(__file__).parents[1] / "static" / "trust" / "check_proof.py"


@pytest.fixture
def check(tmp_path):
    """Run the script on a proof, as somebody does who has nothing but Python."""

    def run(proof, head=None):
        (tmp_path / "proof.json").write_text(proof if isinstance(proof, str) else json.dumps(proof))
        more = []
        if head is not None:
            (tmp_path / "head").write_text(head)
            more = ["--head", tmp_path / "head"]
        command = [sys.executable, "-I", SCRIPT, tmp_path / "proof.json", *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert not done.stderr
        return done.returncode, done.stdout

    return run


@pytest.mark.parametrize("size", [0, 1, 55, 56, 63, 64, 65, 200])
def test_its_sm3_is_that_of_the_node(size):
    assert runpy.run_path(str(SCRIPT))["sm3_by_hand"](bytes(range(size))) == kernel.sm3(bytes(range(size)))


@pytest.mark.parametrize("signs", ["ed25519", "sm2"])
def test_an_entry_is_confirmed_and_an_altered_one_is_not(check, monkeypatch, signs):
    monkeypatch.setenv("LINLI_LEDGER_SIGNATURE", signs)
    record_and_seal(3, 9)
    for entry in LedgerEntry.objects.order_by("id")[::5]:
        proof = trust.prove_entry(entry_id=entry.pk)
        code, said = check(proof, trust.newest_note())
        assert code == 0
        assert "is good" in said
        assert "same as the one from elsewhere" in said
        assert check({**proof, "entry": proof["entry"].replace("handle", "hundle")})[0] == 1
        assert check({**proof, "index": proof["index"] ^ 1})[0] == 1
    forged = {**proof, "head": proof["head"].replace("made 1", "made 2")}
    assert "WRONG" in check(forged)[1]


def test_growth_is_confirmed_and_a_rewritten_ledger_is_not(check):
    record_and_seal(3, 9, 4)
    for old in (1, 2, 3):
        proof = trust.prove_growth(old=old)
        assert check(proof)[0] == 0
    proof = trust.prove_growth(old=1)
    assert check({**proof, "path": proof["path"][:-1]})[0] == 1
    assert check({**proof, "old": proof["head"], "head": proof["old"]})[0] == 1
    assert "from elsewhere is not" in check(proof, trust.prove_growth(old=1, new=2)["head"])[1]


@pytest.mark.parametrize("noise", ["", "{}", "[]", "x", '{"form": "linli.proof.1", "head": ""}'])
def test_what_is_no_proof_is_told_in_a_sentence(check, noise):
    code, said = check(noise)
    assert (code, said.count("\n")) == (1, 1)
