"""The key ring: one small file outside the database, `LINLI_DATA/keys/ring.json`, readable by the node alone.

A ring is made on first use, and never where the database holds what another ring sealed: `before_making` says so.
Without this file sealed columns cannot be read and tokens cannot be matched: back it up too, and keep it apart from the
backup of the database.
`LINLI_KEY_RING` names another file, or `memory` for a ring that lives and dies with the process.
"""

import base64
import contextlib
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from linli.kernel.rules.keypairs import KeyPair, new_keys

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys: sealing keys by version, the version used for new text, the key of search tokens, keys that sign."""

    current: int
    seal_keys: dict[int, bytes]
    token_key: bytes
    signers: tuple[KeyPair, ...] = ()

    def __repr__(self) -> str:
        """Say which versions there are, never the keys."""
        return f"<Ring of versions {sorted(self.seal_keys)}>"


class BrokenRingError(RuntimeError):
    """The key ring file is there but cannot be used."""


class MissingRingError(BrokenRingError):
    """There is no key ring, and a new one could not read what the database holds."""


_memory: list[Ring] = []
_guards: list[Callable[[], bool]] = []


def before_making(is_sealed_already: Callable[[], bool]) -> None:
    """Ask this before a ring is made: whether the database holds what a ring sealed."""
    _guards[:] = [is_sealed_already]


def path() -> Path | None:
    """Return where the ring is kept; None for a ring in memory."""
    named = os.environ.get("LINLI_KEY_RING", "")
    if named == "memory":
        return None
    return Path(named) if named else Path(settings.DATA) / "keys" / "ring.json"


def load() -> Ring:
    """Return the ring, made on first use. Of several processes that find none, one makes it and all read that one."""
    place = path()
    if place is None:
        if not _memory:
            _memory.append(_fresh())
        return _memory[-1]
    if not place.exists():
        if any(is_sealed_already() for is_sealed_already in _guards):
            raise MissingRingError(
                f"The key ring {place} is missing, and the database holds what it sealed. Restore it from a backup."
            )
        _create(place, _fresh())
    return _read(place)


def mark() -> tuple[int, int]:
    """Return what tells whether the file was replaced since: its inode and time of change; (0, 0) in memory."""
    place = path()
    try:
        found = place.stat() if place else None
    except FileNotFoundError:
        return -1, 0
    return (found.st_ino, found.st_mtime_ns) if found else (0, 0)


def add_version() -> int:
    """Add a new sealing key, make it the current one, and return its version."""
    ring = load()
    version = max(ring.seal_keys) + 1
    _keep(replace(ring, current=version, seal_keys={**ring.seal_keys, version: secrets.token_bytes(_KEY_BYTES)}))
    return version


def add_signer(algorithm: str) -> KeyPair:
    """Add a new key that signs and return it. Those before stay: what they signed can still be checked."""
    ring, made = load(), new_keys(algorithm)
    _keep(replace(ring, signers=(*ring.signers, made)))
    return made


def _keep(grown: Ring) -> None:
    place = path()
    if place is None:
        _memory.append(grown)
    else:
        _write_beside(place, grown).replace(place)


def drop_versions(versions: set[int]) -> None:
    """Take sealing keys off the ring for ever. Raises ValueError for the one in use."""
    ring = load()
    if ring.current in versions:
        raise ValueError("The key in use can't be taken off the ring.")
    kept = {version: key for version, key in ring.seal_keys.items() if version not in versions}
    _keep(replace(ring, seal_keys=kept))


def _fresh() -> Ring:
    return Ring(1, {1: secrets.token_bytes(_KEY_BYTES)}, secrets.token_bytes(_KEY_BYTES))


def _create(place: Path, ring: Ring) -> None:
    """Put the file there only if none is there: a hard link fails where a name is taken, and shows whole files only."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = _write_beside(place, ring)
    try:
        with contextlib.suppress(FileExistsError):
            os.link(written, place)
    finally:
        written.unlink()


def _write_beside(place: Path, ring: Ring) -> Path:
    temporary = place.with_name(f".{place.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(_as_json(ring), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return temporary


def _read(place: Path) -> Ring:
    try:
        content = json.loads(place.read_text())
        ring = Ring(
            current=int(content["current"]),
            seal_keys={int(version): base64.b64decode(key) for version, key in content["seal"].items()},
            token_key=base64.b64decode(content["token"]),
            signers=tuple(KeyPair(**each) for each in content.get("sign", ())),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenRingError(f"The key ring {place} cannot be read. Restore it from a backup.") from error
    keys = [*ring.seal_keys.values(), ring.token_key]
    if ring.current not in ring.seal_keys or any(len(key) != _KEY_BYTES for key in keys):
        raise BrokenRingError(f"The key ring {place} is damaged. Restore it from a backup.")
    return ring


def _as_json(ring: Ring) -> dict[str, Any]:
    def text(key: bytes) -> str:
        return base64.b64encode(key).decode()

    return {
        "current": ring.current,
        "seal": {str(version): text(key) for version, key in ring.seal_keys.items()},
        "token": text(ring.token_key),
        "sign": [asdict(keys) for keys in ring.signers],
    }
