"""Reads a passphrase from a file, so that it stands neither on a command line nor in an environment."""

from pathlib import Path

from django.utils.translation import gettext_noop as _

from linli.site.runtime.trouble import Trouble

SHORTEST = 12


def read(path: Path | None) -> str | None:
    """Return the first line of the file, or None where no file is named. Raises Trouble for one that is too short."""
    if path is None:
        return None
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    passphrase = lines[0].strip() if lines else ""
    if len(passphrase) < SHORTEST:
        raise Trouble(
            _("{path} must begin with a passphrase of at least {shortest} characters."), path=path, shortest=SHORTEST
        )
    return passphrase
