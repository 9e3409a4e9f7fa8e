"""Notes when this node was last backed up 备份记录, in its own folder: a restored database must not say it was."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from linli.site.runtime import archive, folders


@dataclass(frozen=True)
class Backup:
    """The newest backup that was written and read again: when it was made, how large, into which folder."""

    made: str
    bytes: int
    folder: str

    @property
    def at(self) -> datetime:
        """Return when it was made."""
        return datetime.fromisoformat(self.made)


def note(manifest: archive.Manifest, *, bytes_written: int, folder: Path) -> None:
    """Note a backup that proved to be whole."""
    said = Backup(manifest.made, bytes_written, str(folder))
    beside = _path().with_suffix(".new")
    beside.write_text(json.dumps(asdict(said), ensure_ascii=False), "utf-8")
    beside.replace(_path())


def newest() -> Backup | None:
    """Return the newest backup; None where none was noted."""
    try:
        return Backup(**json.loads(_path().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _path() -> Path:
    return folders.own_folder() / "backup.json"
