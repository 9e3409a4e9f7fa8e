"""The one file of a backup: a tar of parts, and a manifest at its end with the size and hash of each."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext_noop as _

from linli.site.runtime.trouble import Trouble

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.dump"
KEYS = "keys.tar"
SEALED_KEYS = "keys.sealed"
MEDIA = "media"
BLOCK = 1 << 20


@dataclass
class Manifest:
    """What a backup holds: when and from what it was made, and the hash (SHA-256) of each part."""

    made: str
    linli: str
    postgres: int
    migrations: list[str]
    parts: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class Writer:
    """Puts parts into an archive and remembers their hashes."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        """Write into an open tar."""
        self.tar = tar
        self.manifest = manifest

    def add_file(self, name: str, path: Path) -> None:
        """Add a file; one that is removed meanwhile is left out, one that grows is cut at the size it had."""
        try:
            source = path.open("rb")
        except FileNotFoundError:
            return
        with source:
            self._add(self.tar.gettarinfo(arcname=name, fileobj=source), source)

    def add_bytes(self, name: str, content: bytes) -> None:
        """Add content from memory."""
        about = tarfile.TarInfo(name)
        about.size = len(content)
        self._add(about, io.BytesIO(content))

    def finish(self) -> None:
        """Close with the manifest."""
        content = json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1).encode()
        about = tarfile.TarInfo(MANIFEST)
        about.size = len(content)
        self.tar.addfile(about, io.BytesIO(content))

    def _add(self, about: tarfile.TarInfo, source: IO[bytes]) -> None:
        about.mode, about.uid, about.gid, about.uname, about.gname = 0o600, 0, 0, "", ""
        hashing = _Hashing(source)
        self.tar.addfile(about, hashing)
        self.manifest.parts[about.name] = hashing.digest()


def unpack(path: Path, folder: Path) -> Manifest:
    """Unpack a backup into an empty folder and verify every part. Raises Trouble unless it is whole."""
    try:
        with tarfile.open(path) as tar:
            found = dict(_unpack_each(tar, folder))
    except (tarfile.TarError, EOFError) as error:
        raise _damaged(path, str(error)) from error
    manifest = _read_manifest(path, folder)
    if different := sorted(set(manifest.parts.items()) ^ set(found.items())):
        raise _damaged(path, different[0][0])
    return manifest


def verify(path: Path) -> Manifest:
    """Read a backup through and compare every part with the manifest, without unpacking. Raises Trouble."""
    about: dict[str, bytes] = {}
    try:
        with tarfile.open(path) as tar:
            found = dict(_read_each(tar, about))
        manifest = Manifest(**json.loads(about[MANIFEST]))
    except (tarfile.TarError, EOFError, ValueError, TypeError, KeyError) as error:
        raise _damaged(path, str(error)) from error
    if different := sorted(set(manifest.parts.items()) ^ set(found.items())):
        raise _damaged(path, different[0][0])
    return manifest


def _read_each(tar: tarfile.TarFile, about: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield name and hash of each part; put the manifest into `about`."""
    for member in tar:
        source = tar.extractfile(member)
        if source is None:
            raise tarfile.TarError(member.name)
        if member.name == MANIFEST:
            about[MANIFEST] = source.read()
            continue
        hashing = _Hashing(source)
        while hashing.read(BLOCK):
            pass
        yield member.name, hashing.digest()


def _unpack_each(tar: tarfile.TarFile, folder: Path) -> Iterator[tuple[str, str]]:
    """Write plain files below the folder, nothing else and nowhere else; yield name and hash of each part."""
    for about in tar:
        parts = PurePosixPath(about.name).parts
        source = tar.extractfile(about) if about.isreg() else None
        if source is None or about.name.startswith("/") or ".." in parts:
            raise tarfile.TarError(about.name)
        target = folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        hashing = _Hashing(source)
        with target.open("xb") as file:
            while block := hashing.read(BLOCK):
                file.write(block)
        if about.name != MANIFEST:
            yield about.name, hashing.digest()


def _read_manifest(path: Path, folder: Path) -> Manifest:
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise _damaged(path, MANIFEST) from error


def _damaged(path: Path, part: str) -> Trouble:
    return Trouble(_("{path} is not a whole backup of Linli ({part}); take another copy."), path=path, part=part)


class _Hashing:
    """Hashes what is read through it."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.source.read(size)
        self.sha256.update(block)
        return block

    def digest(self) -> str:
        return self.sha256.hexdigest()
