"""Writes a running node into one file: the database as of one moment, then photos, then keys."""

import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_noop as _

from linli import __version__
from linli.site.runtime import archive, dumps, folders, vault
from linli.site.runtime.trouble import Trouble

RING = "LINLI_KEY_RING"


def write(target: Path, *, url: str, passphrase: str | None, now: datetime) -> archive.Manifest:
    """Write the backup beside its name first, so that a file with the name is always whole. Return its manifest.

    The database comes first: photos it knows are on the disk by then; a photo added meanwhile is an extra, not a gap.
    """
    if not target.parent.is_dir():
        raise Trouble(_("There is no folder {folder} to write the backup into."), folder=target.parent)
    about = archive.Manifest(
        made=now.isoformat(), linli=__version__, postgres=dumps.server_major(url), migrations=dumps.migrations(url)
    )
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                _fill(archive.Writer(tar, about), url, passphrase, target.parent)
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return about


def _fill(writer: archive.Writer, url: str, passphrase: str | None, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".linli-") as room:
        dump = Path(room) / archive.DATABASE
        dumps.dump(url, dump)
        writer.add_file(archive.DATABASE, dump)
    for name, path in _photos():
        writer.add_file(name, path)
    keys = _packed_keys()
    if passphrase is None:
        writer.add_bytes(archive.KEYS, keys)
    else:
        writer.add_bytes(archive.SEALED_KEYS, vault.seal(keys, passphrase))
    writer.finish()


def _photos() -> Iterator[tuple[str, Path]]:
    folder = folders.data_folder() / archive.MEDIA
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{archive.MEDIA}/{path.relative_to(folder).as_posix()}", path


def _packed_keys() -> bytes:
    """Return the keys folder as a tar; a key ring kept elsewhere (`LINLI_KEY_RING`) is put in its place."""
    folder = folders.data_folder() / "keys"
    files = {path.name: path for path in sorted(folder.glob("*")) if path.is_file()}
    ring = os.environ.get(RING, "")
    if ring and Path(ring).is_file():
        files["ring.json"] = Path(ring)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, path in files.items():
            tar.add(path, arcname=name, recursive=False)
    return packed.getvalue()
