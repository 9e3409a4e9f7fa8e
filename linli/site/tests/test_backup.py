"""A node that was backed up and restored elsewhere is the same node: rows, photos, keys and ledger."""

import contextlib
import json
import os
import subprocess
import sys
import tarfile
import uuid

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from linli.site.runtime import archive, folders, postgres, vault
from linli.site.runtime.trouble import Trouble
from tests.database import like_the_migrated

PASSPHRASE = "correct horse battery staple"
PHOTO = bytes(range(256)) * 999
LIVE = """
import django; django.setup()
from django.db import connection, transaction
from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
now = kernel.now()
person = accounts.resident_by_phone(phone="13912345678", now=now)
with transaction.atomic():
    trust.record(by=accounts.SYSTEM, action="test.look", purpose="a test", subjects=["p"], object_kind="event",
                 object_id="1", elements=["phone"], now=now)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE note (sealed bytea)")
        cursor.execute("INSERT INTO note VALUES (%s)", [kernel.seal("秘密 13912345678", context="test")])
print(person.pk)
"""
LOOK = """
import django; django.setup()
from django.db import connection
from linli.accounts import api as accounts
from linli.kernel import api as kernel
with connection.cursor() as cursor:
    cursor.execute("SELECT sealed FROM note")
    print(kernel.unseal(bytes(cursor.fetchone()[0]), context="test"))
print(accounts.resident_by_phone(phone="13912345678", now=kernel.now()).pk)
"""


class Node:
    """A node with a database and a folder of its own."""

    def __init__(self, url, folder):
        self.folder = folder
        self.url = url
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
        self.environment = {
            **kept,
            "LINLI_DATABASE_URL": url,
            "LINLI_DATA": str(folder),
            "LANG": "en_US.UTF-8",
            "DJANGO_SETTINGS_MODULE": "linli.site.settings",
        }

    def python(self, *arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=folders.ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def linli(self, *arguments):
        return self.python("-m", "linli", *map(str, arguments))


@contextlib.contextmanager
def own_database(like="TEMPLATE template0 ENCODING 'UTF8'"):
    """A database beside the one of the tests, on the same server."""
    address = os.environ[postgres.ADDRESS]
    name = f"linli_node_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} {like}")
        try:
            yield make_conninfo("", **{**conninfo_to_dict(address), "dbname": name})
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def passphrase(tmp_path):
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    return path


@pytest.fixture
def nodes(tmp_path):
    with own_database(like_the_migrated()) as one, own_database() as other:
        yield Node(one, tmp_path / "one"), Node(other, tmp_path / "other")


@pytest.mark.slow
def test_restored_node_has_rows_photos_keys_and_ledger(nodes, tmp_path, passphrase):
    node, other = nodes
    assert node.linli("migrate", "-v0").returncode == 0
    lived = node.python("-c", LIVE)
    assert lived.returncode == 0, lived.stderr
    (node.folder / "media" / "2026").mkdir(parents=True)
    (node.folder / "media" / "2026" / "路灯.jpg").write_bytes(PHOTO)
    ledger = json.loads(node.linli("check", "ledger", "--json").stdout)
    backup = tmp_path / "backup.tar"

    with psycopg.connect(node.url):  # somebody works on it meanwhile
        written = node.linli("backup", backup, "--passphrase-file", passphrase, "--json")
    assert written.returncode == 0, written.stderr
    assert json.loads(written.stdout)["parts"] == 3
    assert backup.stat().st_mode & 0o777 == 0o600
    assert PASSPHRASE.encode() not in backup.read_bytes()
    assert json.loads((node.folder / "keys" / "ring.json").read_text())
    assert (node.folder / "keys" / "ring.json").read_bytes() not in backup.read_bytes()

    assert "--passphrase-file" in other.linli("restore", backup).stderr
    restored = other.linli("restore", backup, "--passphrase-file", passphrase, "--json")
    assert restored.returncode == 0, restored.stderr
    seen = other.python("-c", LOOK)
    assert seen.stdout.split("\n")[:2] == ["秘密 13912345678", lived.stdout.strip()], seen.stderr
    assert (other.folder / "media" / "2026" / "路灯.jpg").read_bytes() == PHOTO
    assert json.loads(other.linli("check", "ledger", "--json").stdout) == ledger
    assert ledger["sealed"] + ledger["unsealed"] == 1

    (other.folder / "media" / "new.jpg").write_bytes(b"new")
    assert "--force" in other.linli("restore", backup, "--passphrase-file", passphrase).stderr
    with psycopg.connect(other.url):
        busy = other.linli("restore", backup, "--passphrase-file", passphrase, "--force")
        assert "stop web" in busy.stderr
    again = other.linli("restore", backup, "--passphrase-file", passphrase, "--force", "--json")
    assert again.returncode == 0, again.stderr
    aside = json.loads(again.stdout)["aside"]
    assert [path.name for path in folders.Path(aside, "media").iterdir() if path.is_file()] == ["new.jpg"]
    assert not (other.folder / "media" / "new.jpg").exists()


def small_backup(path, content=b"rows"):
    about = archive.Manifest(made="2026-11-22", linli="0.1.0", postgres=15, migrations=[])
    with tarfile.open(path, "w") as tar:
        writer = archive.Writer(tar, about)
        writer.add_bytes(archive.DATABASE, content)
        writer.add_bytes("media/a.jpg", PHOTO)
        writer.finish()


def test_backup_unpacks_as_it_was_packed(tmp_path):
    small_backup(tmp_path / "b.tar")
    manifest = archive.unpack(tmp_path / "b.tar", tmp_path / "out")
    assert manifest.postgres == 15
    assert (tmp_path / "out" / "media" / "a.jpg").read_bytes() == PHOTO


@pytest.mark.parametrize("offset", [600, 3000])
def test_backup_with_one_changed_byte_is_refused(tmp_path, offset):
    small_backup(tmp_path / "b.tar", content=b"r" * 400)
    whole = bytearray((tmp_path / "b.tar").read_bytes())
    whole[offset] ^= 1
    (tmp_path / "b.tar").write_bytes(whole)
    with pytest.raises(Trouble, match="not a whole backup"):
        archive.unpack(tmp_path / "b.tar", tmp_path / "out")


def test_backup_that_was_cut_off_is_refused(tmp_path):
    small_backup(tmp_path / "b.tar")
    whole = (tmp_path / "b.tar").read_bytes()
    (tmp_path / "b.tar").write_bytes(whole[: len(whole) // 3])
    with pytest.raises(Trouble, match="not a whole backup"):
        archive.unpack(tmp_path / "b.tar", tmp_path / "out")


@pytest.mark.parametrize("name", ["../out", "/etc/out", "media/../../out"])
def test_backup_that_reaches_outside_its_folder_is_refused(tmp_path, name):
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        archive.Writer(tar, archive.Manifest("", "", 15, [])).add_bytes(name, b"x")
    with pytest.raises(Trouble, match="not a whole backup"):
        archive.unpack(tmp_path / "b.tar", tmp_path / "room" / "inner")
    assert not (tmp_path / "room" / "out").exists()


@pytest.mark.slow
def test_keys_open_with_their_passphrase_only():
    sealed = vault.seal(b"ring", PASSPHRASE)
    assert vault.unseal(sealed, PASSPHRASE) == b"ring"
    assert vault.seal(b"ring", PASSPHRASE) != sealed
    with pytest.raises(Trouble, match="passphrase"):
        vault.unseal(sealed, "another passphrase")
