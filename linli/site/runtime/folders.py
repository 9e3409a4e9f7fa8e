"""Where a node keeps what it owns: database, photos, keys, collected static files."""

import os
from pathlib import Path

from django.utils.translation import gettext_noop as _

from linli.site.runtime.trouble import Trouble

ROOT = Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    """Return the node's own folder (`LINLI_DATA`, else `var/` of the checkout), absolute."""
    return Path(os.environ.get("LINLI_DATA") or ROOT / "var").resolve()


def own_folder(name: str = "", *, mode: int = 0o755) -> Path:
    """Return a folder inside the node's own, made when missing. Raises Trouble where it cannot be written."""
    folder = data_folder() / name
    try:
        missing = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        if missing:
            folder.chmod(mode)
    except OSError as error:
        raise _unwritable(folder, error) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unwritable(folder, PermissionError("Permission denied"))
    return folder


def _unwritable(folder: Path, error: OSError) -> Trouble:
    return Trouble(
        _(
            "The folder {folder} cannot be written ({reason}); "
            "give this user the right to it, or set LINLI_DATA to another folder."
        ),
        folder=folder,
        reason=error.strerror or error,
    )
