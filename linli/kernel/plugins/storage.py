"""Where uploads are kept: files on disk, each in its envelope; plain ones of before are read as they are."""

import os
import secrets
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

from linli.kernel.rules import envelope

HEAD = 200


class SealedStorage(FileSystemStorage):
    """Wraps what is saved, unwraps what is opened. `size` of a stored file is that of its envelope."""

    def _save(self, name: str, content: "File[Any]") -> str:
        content.seek(0)
        said = content.read()
        data = said.encode() if isinstance(said, str) else said
        return str(super()._save(name, ContentFile(envelope.wrap(data))))  # type: ignore[misc]  # the stubs lack it

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        if mode != "rb":
            raise ValueError("A sealed file is opened for reading only.")
        return File(BytesIO(envelope.unwrap(Path(self.path(name)).read_bytes())), name)

    def versions(self) -> dict[int, int]:
        """Return how many files need which key of the ring; 0 stands for plain ones."""
        found: dict[int, int] = {}
        for path in self._files():
            with path.open("rb") as file:
                version = envelope.version_of(file.read(HEAD))
            found[version] = found.get(version, 0) + 1
        return found

    def rewrap(self, current: int) -> int:
        """Seal the key of every file anew that needs another one than `current`; return how many. Safe to cut off."""
        done = 0
        for path in self._files():
            with path.open("rb") as file:
                version = envelope.version_of(file.read(HEAD))
            if version != current:
                _replace(path, envelope.rewrap(path.read_bytes()))
                done += 1
        return done

    def _files(self) -> Iterator[Path]:
        for folder, _folders, names in os.walk(self.base_location):
            yield from (Path(folder) / name for name in sorted(names) if not name.startswith(".rewrap-"))


def _replace(path: Path, content: bytes) -> None:
    """Write beside and swap: a reader finds the old file or the new one, never half of one."""
    beside = path.with_name(f".rewrap-{secrets.token_hex(6)}")
    try:
        beside.write_bytes(content)
        if path.exists():  # deleted meanwhile: it must not come back
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
