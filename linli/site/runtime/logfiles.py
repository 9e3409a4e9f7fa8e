"""Keeps what the processes of a node say 日志留存: one file a day of JSON lines, for six months at least.

Cybersecurity Law of the PRC (网络安全法 of 2017, art. 21 (3)): network logs are kept six months or longer.
"""

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop as _

from linli.site.runtime import folders
from linli.site.runtime.trouble import Trouble

ZONE = ZoneInfo("Asia/Shanghai")
DAYS, LEAST_DAYS = 184, 180
ENDING = ".jsonl"


def days_kept() -> int:
    """Return for how many days logs are kept (`LINLI_LOG_DAYS`). Raises Trouble below 180, unless in debug mode."""
    given = os.environ.get("LINLI_LOG_DAYS") or str(DAYS)
    days = int(given) if given.isascii() and given.isdigit() else 0
    if days < 1 or (days < LEAST_DAYS and os.environ.get("LINLI_DEBUG") != "1"):
        raise Trouble(
            _("LINLI_LOG_DAYS is {given}; logs are kept six months by law, so it must be a number from {least}."),
            given=given,
            least=LEAST_DAYS,
        )
    return days


def folder() -> Path:
    """Return where the logs are."""
    return folders.data_folder() / "logs"


def files() -> dict[date, Path]:
    """Return the file of each day that there is, in their order."""
    found = {}
    for path in sorted(folder().glob(f"*{ENDING}")):
        try:
            found[date.fromisoformat(path.name.removesuffix(ENDING))] = path
        except ValueError:
            continue
    return found


def local_day(now: datetime) -> date:
    """Return the day that a moment belongs to."""
    return now.astimezone(ZONE).date()


def forget(*, before: date) -> list[date]:
    """Delete the files of the days before this one; return those days."""
    gone = [day for day in files() if day < before]
    for day in gone:
        (folder() / f"{day}{ENDING}").unlink(missing_ok=True)
    return gone


def first_kept(now: datetime) -> date:
    """Return the first day whose logs are kept."""
    return local_day(now) - timedelta(days=days_kept())


class Keeper:
    """Appends lines to the file of the day. What is no JSON is made plain by `clean`, and a line of its own.

    A disk that takes nothing must not stop a node: then lines are said on the screen alone, and the watch tells.
    """

    def __init__(self, clean: Callable[[str], str], clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Keep nothing yet; make the folder."""
        self._clean, self._clock, self._lock = clean, clock, threading.Lock()
        folders.own_folder("logs", mode=0o700)

    def keep(self, program: str, line: str) -> None:
        """Append what a program said."""
        now = self._clock()
        written = json.dumps({"program": program, **self._read(line, now)}, ensure_ascii=False) + "\n"
        path = folder() / f"{local_day(now)}{ENDING}"
        try:
            with self._lock, path.open("a", encoding="utf-8") as file:
                file.write(written)
        except OSError:
            return

    def _read(self, line: str, now: datetime) -> dict[str, object]:
        if line.startswith("{"):
            try:
                said = json.loads(line)
            except ValueError:
                said = None
            if isinstance(said, dict) and "at" in said:
                return said
        return {"at": now.isoformat(timespec="milliseconds"), "level": "info", "message": self._clean(line)}
