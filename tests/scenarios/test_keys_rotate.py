"""Keys rotate while the node works: every sealed column is found, nothing is lost, a kill or a writer harms nothing."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.accounts.models import Message
from linli.kernel.actions import keys
from linli.kernel.models.keys import Resealing, RingMark
from linli.kernel.queries.sealed import check_ring, is_sealed_already, keys_in_use, sealed_columns
from linli.kernel.rules import envelope, keyring, sealing
from linli.kernel.rules.clock import now

COLUMN = "accounts_message.to"


@pytest.fixture(autouse=True)
def ring_file(tmp_path, monkeypatch, settings):
    path = tmp_path / "keys" / "ring.json"
    monkeypatch.setenv("LINLI_KEY_RING", str(path))
    monkeypatch.setattr(sealing, "LOOK_SECONDS", 0)
    settings.MEDIA_ROOT = tmp_path / "media"
    sealing.forget_keys()
    yield path
    sealing.forget_keys()


@pytest.fixture
def messages(db):
    return [make_message(f"1380000{n:04}") for n in range(7)]


def make_message(phone):
    return Message.objects.create(
        channel="console", to=phone, shown="138****", text=f"给{phone}", kind="test", key=phone, made_at=now(),
        next_try_at=now(),
    )  # fmt: skip


def phones():
    return sorted(row.to.reveal() for row in Message.objects.all())


def test_every_sealed_column_of_every_model_is_found(db):
    names = {one.name for one in sealed_columns()}
    assert {COLUMN, "registry_sourcerecord.payload", "exchange_page.content", "trust_exportrequest.wanted"} <= names
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE data_type = 'bytea'"
            " AND table_schema = 'public' AND table_name !~ '^(trust_(seal|ledgerentry|entry)|auth|django)'"
        )
        known = {name for (name,) in cursor.fetchall()}
    assert names <= known


def test_a_rotation_seals_everything_anew_and_the_old_key_can_go(messages):
    before = phones()
    assert keys.rotate() == 2
    assert phones() == before
    assert keys_in_use()[COLUMN] == {1: 7}
    with pytest.raises(keys.KeysInUseError, match="still needed"):
        keys.retire(wait=0)
    assert keys.reseal(now=now(), portion=3) >= 14
    assert all(set(counts) <= {2} for counts in keys_in_use().values())
    assert phones() == before
    assert keys.left_to_reseal() == 0
    assert keys.reseal(now=now()) == 0
    assert keys.retire(wait=0) == [1]
    sealing.forget_keys()
    assert phones() == before
    assert keys.retire(wait=0) == []


def test_what_was_fetched_before_a_key_was_retired_still_opens(messages):
    fetched = list(Message.objects.all())
    fetched[0].to.reveal()  # this process has opened something with the old key
    keys.rotate()
    keys.reseal(now=now())
    keys.retire(wait=0)
    assert sorted(row.to.reveal() for row in fetched) == phones()


def test_a_rotation_that_was_cut_off_goes_on_after_its_last_portion(messages, monkeypatch):
    keys.rotate()
    write, calls = keys._write, []

    def killed(one, changed):
        if one.name == COLUMN and len(calls) == 2:
            raise KeyboardInterrupt
        calls.extend([1] if one.name == COLUMN else [])
        return write(one, changed)

    monkeypatch.setattr(keys, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        keys.reseal(now=now(), portion=3)
    assert keys_in_use()[COLUMN] == {1: 1, 2: 6}
    monkeypatch.setattr(keys, "_write", write)
    progress = Resealing.objects.get(column=COLUMN, version=2)
    assert (progress.done, progress.finished_at) == (6, None)
    assert keys.go_on(now=now()) > 0
    assert keys_in_use()[COLUMN] == {2: 7}
    with CaptureQueriesContext(connection) as asked:
        assert keys.go_on(now=now()) == 0
    assert len(asked) <= 1


def test_what_somebody_writes_meanwhile_stands(messages, monkeypatch):
    keys.rotate()
    anew = keys._sealed_anew

    def overtaken(context, rows, version):
        Message.objects.filter(pk=messages[0].pk).update(to="13999999999")
        return anew(context, rows, version)

    monkeypatch.setattr(keys, "_sealed_anew", overtaken)
    keys.reseal(now=now())
    assert Message.objects.get(pk=messages[0].pk).to.reveal() == "13999999999"


def test_files_keep_their_content_and_only_their_key_is_sealed_anew(db, settings):
    name = default_storage.save("a/photo.jpg", ContentFile(b"picture" * 1000))
    plain = FileSystemStorage(settings.MEDIA_ROOT).save("a/old.jpg", ContentFile(b"of before"))
    path = settings.MEDIA_ROOT / name
    assert b"picture" not in path.read_bytes()
    assert default_storage.open(plain).read() == b"of before"
    assert keys_in_use()["files"] == {0: 1, 1: 1}
    tail = path.read_bytes()[-5000:]
    keys.rotate()
    keys.reseal(now=now())
    assert keys_in_use()["files"] == {2: 2}
    assert path.read_bytes()[-5000:] == tail
    assert default_storage.open(name).read() == b"picture" * 1000
    assert default_storage.open(plain).read() == b"of before"
    assert keys.retire(wait=0) == [1]
    with pytest.raises(ValueError, match="reading only"):
        default_storage.open(name, "ab")


@pytest.mark.parametrize("place", [20, 60, -1, -40])
def test_a_file_that_was_changed_does_not_open(db, place):
    whole = bytearray(envelope.wrap(b"content of a paper, long enough"))
    whole[place] ^= 1
    with pytest.raises((sealing.UnreadableError, ValueError)):
        envelope.unwrap(bytes(whole))


def test_a_missing_ring_is_never_made_anew_where_something_is_sealed(messages, ring_file):
    keys.keep_ring()
    assert is_sealed_already()
    aside = ring_file.rename(ring_file.with_suffix(".aside"))
    sealing.forget_keys()
    with pytest.raises(keyring.MissingRingError, match="missing"):
        sealing.seal("a", context="b")
    with pytest.raises(keyring.BrokenRingError, match="missing"):
        check_ring()
    assert not ring_file.exists()
    RingMark.objects.all().delete()  # a database of before the mark
    with pytest.raises(keyring.MissingRingError):
        keyring.load()
    aside.rename(ring_file)
    assert phones()


def test_another_ring_or_an_older_one_is_refused(messages, ring_file):
    keys.keep_ring()
    old = ring_file.read_text()
    keys.rotate()
    check_ring()
    ring_file.write_text(old)
    sealing.forget_keys()
    with pytest.raises(keyring.BrokenRingError, match="older"):
        check_ring()
    ring_file.unlink()
    keyring._create(ring_file, keyring._fresh())
    sealing.forget_keys()
    with pytest.raises(keyring.BrokenRingError, match="not the one"):
        keys.keep_ring()
