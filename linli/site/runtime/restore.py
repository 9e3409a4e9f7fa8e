"""Puts a backup back: verified before anything is touched, what it replaces is set aside."""

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_noop as _

from linli.site.runtime import archive, dumps, folders, node, vault
from linli.site.runtime.trouble import Trouble


@dataclass(frozen=True)
class Restored:
    """What was put back, and where the files it replaced lie (None: there were none)."""

    manifest: archive.Manifest
    aside: Path | None


def read(source: Path, *, url: str, passphrase: str | None, force: bool, known: set[str], now: datetime) -> Restored:
    """Restore the file into this node and bring it up to date. `known` are the migrations this version of Linli has.

    Raises Trouble, with nothing changed, for a file that is not whole or comes from a newer version, for a node that
    is in use or (without `force`) not empty, and for a missing or wrong passphrase.
    """
    if not source.is_file():
        raise Trouble(_("There is no file {path}."), path=source)
    with node.only_instance(), tempfile.TemporaryDirectory(dir=folders.own_folder(), prefix="restore-") as room:
        _require_ready(url, force=force)
        unpacked = Path(room)
        manifest = archive.unpack(source, unpacked)
        _require_fit(manifest, url, known)
        keys = _keys(unpacked, passphrase)
        dumps.load(url, unpacked / archive.DATABASE)
        aside = _replace_files(unpacked, keys, now)
        # A process of its own: this one has read the old keys.
        subprocess.run([sys.executable, "-m", "linli", "migrate", "--no-input", "-v", "0"], check=True)
    return Restored(manifest, aside)


def _require_ready(url: str, *, force: bool) -> None:
    if dumps.others(url):
        raise Trouble(_("Other programs work on this database; stop web, worker and relay first."))
    media = folders.data_folder() / archive.MEDIA
    if not force and (dumps.has_tables(url) or (media.is_dir() and any(media.iterdir()))):
        raise Trouble(
            _(
                "This node is not empty; restore into an empty one, "
                "or say --force to replace what it holds (take a backup of it first)."
            )
        )


def _require_fit(manifest: archive.Manifest, url: str, known: set[str]) -> None:
    unknown = sorted(set(manifest.migrations) - known)
    if manifest.format > archive.FORMAT or unknown:
        raise Trouble(
            _("This backup was made by a newer Linli ({version}, {reason}); bring this node up to that version first."),
            version=manifest.linli,
            reason=unknown[0] if unknown else manifest.format,
        )
    if manifest.postgres > (major := dumps.server_major(url)):
        raise Trouble(
            _("This backup comes from PostgreSQL {theirs}; it cannot be put into PostgreSQL {ours}."),
            theirs=manifest.postgres,
            ours=major,
        )


def _keys(unpacked: Path, passphrase: str | None) -> bytes:
    sealed = unpacked / archive.SEALED_KEYS
    if not sealed.exists():
        return (unpacked / archive.KEYS).read_bytes()
    if passphrase is None:
        raise Trouble(_("The keys of this backup are sealed; give the passphrase with --passphrase-file."))
    return vault.unseal(sealed.read_bytes(), passphrase)


def _replace_files(unpacked: Path, keys: bytes, now: datetime) -> Path | None:
    """Move the old photos and keys aside and the restored ones into their place."""
    (unpacked / archive.MEDIA).mkdir(exist_ok=True)
    fresh_keys = unpacked / "keys"
    fresh_keys.mkdir(mode=0o700)
    with tarfile.open(fileobj=io.BytesIO(keys)) as tar:
        for about in tar:
            _write_key(fresh_keys, about, tar)
    aside = folders.data_folder() / f"replaced-{now:%Y%m%dT%H%M%S}"
    for name in (archive.MEDIA, "keys"):
        old = folders.data_folder() / name
        if old.is_dir() and any(old.iterdir()):
            aside.mkdir(mode=0o700, exist_ok=True)
            old.rename(aside / name)
        elif old.is_dir():
            old.rmdir()
        (unpacked / name).rename(old)
    return aside if aside.exists() else None


def _write_key(folder: Path, about: tarfile.TarInfo, tar: tarfile.TarFile) -> None:
    content = tar.extractfile(about)
    if content is None or Path(about.name).name != about.name:
        return
    with os.fdopen(os.open(folder / about.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content.read())
