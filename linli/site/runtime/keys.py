"""Secrets: those that the operator keeps in files, and the one a node signs its sessions with."""

import os
import secrets
from pathlib import Path

from django.utils.translation import gettext_noop as _

from linli.site.runtime import folders
from linli.site.runtime.trouble import Trouble

BYTES = 48
MAY_BE_FILES = (
    "LINLI_DATABASE_URL",
    "LINLI_WORK_DATABASE_URL",
    "LINLI_SECRET_KEY",
    "LINLI_SMTP_URL",
    "LINLI_SMS_HEADERS",
)


def read_secret_files() -> None:
    """Read what NAME_FILE points to into NAME, before any setting is read: no secret stands in a process list.

    Raises Trouble for a file that cannot be read, and where both are given.
    """
    for name in MAY_BE_FILES:
        if not (path := os.environ.get(f"{name}_FILE")):
            continue
        if os.environ.get(name):
            raise Trouble(_("Both {name} and {name}_FILE are set; keep one of them."), name=name)
        try:
            os.environ[name] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise Trouble(
                _("{name}_FILE names a file that cannot be read ({reason})."), name=name, reason=reason
            ) from error
        del os.environ[f"{name}_FILE"]


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
