"""Sealing: the vectors of the standards, and nothing opens what was changed."""

import json
import os
import stat
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives import hashes, hmac
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.rules import keyring, sealing


@pytest.fixture(autouse=True)
def ring_file(tmp_path, monkeypatch):
    path = tmp_path / "keys" / "ring.json"
    monkeypatch.setenv("LINLI_KEY_RING", str(path))
    monkeypatch.delenv("LINLI_CIPHER", raising=False)
    monkeypatch.setattr(keyring, "_guards", [])  # no database here
    sealing.forget_keys()
    yield path
    sealing.forget_keys()


def test_sm3_gives_the_vectors_of_the_standard():
    assert sealing.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sealing.sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
@given(text=st.text(), context=st.text(max_size=20))
def test_seal_is_undone_by_unseal(cipher, text, context):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINLI_CIPHER", cipher)
        patch.setenv("LINLI_KEY_RING", "memory")
        sealing.forget_keys()
        assert sealing.unseal(sealing.seal(text, context=context), context=context) == text
    sealing.forget_keys()


def test_seal_uses_the_cipher_that_is_set_and_reads_both(monkeypatch):
    with_aes = sealing.seal("13812345678", context="c")
    monkeypatch.setenv("LINLI_CIPHER", "sm4")
    sealing.forget_keys()
    with_sm4 = sealing.seal("13812345678", context="c")
    assert (with_aes[0], with_sm4[0]) == (sealing.AES, sealing.SM4)
    assert {sealing.unseal(blob, context="c") for blob in (with_aes, with_sm4)} == {"13812345678"}


def test_seal_gives_another_blob_each_time():
    assert sealing.seal("a", context="c") != sealing.seal("a", context="c")


@pytest.mark.parametrize("position", range(40))
def test_unseal_refuses_any_changed_byte(position):
    blob = bytearray(sealing.seal("13812345678", context="c"))
    blob[position] ^= 1
    with pytest.raises(sealing.UnreadableError):
        sealing.unseal(bytes(blob), context="c")


def test_unseal_refuses_another_context_and_what_was_never_sealed():
    with pytest.raises(sealing.UnreadableError):
        sealing.unseal(sealing.seal("a", context="events.phone"), context="events.name")
    for blob in (b"", b"\x01", b"x" * 100):
        with pytest.raises(sealing.UnreadableError):
            sealing.unseal(blob, context="c")


def test_rotate_keys_keeps_old_text_readable_and_tokens_equal():
    old, token = sealing.seal("a", context="c"), sealing.keyed_token("a", context="c")
    assert sealing.rotate_keys() == 2
    new = sealing.seal("a", context="c")
    assert (old[1:3], new[1:3]) == (b"\0\1", b"\0\2")
    assert sealing.unseal(old, context="c") == sealing.unseal(new, context="c") == "a"
    assert sealing.keyed_token("a", context="c") == token


@pytest.mark.slow
def test_unseal_finds_a_key_that_another_process_added(ring_file):
    first = sealing.seal("a", context="c")
    keyring.add_version()
    child = "import os; from linli.kernel.rules import sealing; print(sealing.seal('b', context='c').hex())"
    blob = bytes.fromhex(_run(child).strip())
    assert blob[1:3] == b"\0\2"
    assert sealing.unseal(blob, context="c") == "b"
    assert sealing.unseal(first, context="c") == "a"


def test_keyed_token_is_hmac_sm3_under_a_key_of_its_context(ring_file):
    token = sealing.keyed_token("13812345678", context="phone")
    key = _mac(keyring.load().token_key, b"linli phone")
    assert token == _mac(key, b"13812345678").hex()
    assert len(token) == 64
    assert token != sealing.keyed_token("13812345678", context="other")


def test_ring_is_private_and_never_shown(ring_file):
    sealing.seal("a", context="c")
    assert stat.S_IMODE(ring_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(ring_file.parent.stat().st_mode) == 0o700
    assert repr(keyring.load()) == "<Ring of versions [1]>"
    assert [p.name for p in ring_file.parent.iterdir()] == ["ring.json"]


@pytest.mark.slow
def test_ring_made_by_many_processes_at_once_is_one(ring_file):
    child = "from linli.kernel.rules import sealing; print(sealing.keyed_token('a', context='c'))"
    started = [_start(child) for _ in range(6)]
    tokens = {process.communicate()[0] for process in started}
    assert len(tokens) == 1
    assert tokens == {sealing.keyed_token("a", context="c") + "\n"}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"current": 2, "seal": {}, "token": ""}'])
def test_ring_that_is_damaged_is_named_and_not_replaced(ring_file, content):
    ring_file.parent.mkdir()
    ring_file.write_text(content)
    with pytest.raises(keyring.BrokenRingError, match="key ring"):
        sealing.seal("a", context="c")
    assert ring_file.read_text() == content


def test_ring_without_an_old_key_says_so(ring_file):
    blob = sealing.seal("a", context="c")
    sealing.rotate_keys()
    content = json.loads(ring_file.read_text())
    del content["seal"]["1"]
    ring_file.write_text(json.dumps(content))
    sealing.forget_keys()
    with pytest.raises(sealing.UnreadableError, match="version 1"):
        sealing.unseal(blob, context="c")


def _mac(key, data):
    mac = hmac.HMAC(key, hashes.SM3())
    mac.update(data)
    return mac.finalize()


def _start(code):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "linli.site.settings"}
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment)


def _run(code):
    return _start(code).communicate()[0]
