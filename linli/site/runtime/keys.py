"""The secret a node signs its sessions with: given by the operator, else made once and kept in the keys folder."""

import os
import secrets
from pathlib import Path

from linli.site.runtime import folders

BYTES = 48


def secret_key() -> str:
    """Return `LINLI_SECRET_KEY`, else this node's own secret; the same for every process of the node."""
    if given := os.environ.get("LINLI_SECRET_KEY"):
        return given
    path = folders.own_folder("keys", mode=0o700) / "secret"
    if not path.exists():
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    """Write beside, then link: of two processes that start at once, one wins and both read the same."""
    beside = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(BYTES))
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
