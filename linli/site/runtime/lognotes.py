"""The days of logs are noted in the ledger and compared with what was noted, so that cutting is seen."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from linli.accounts import api as accounts
from linli.site.runtime import logfiles
from linli.trust import api as trust
from linli.trust import slots

PREFIX, BLOCK = "log:", 1 << 20


def note_logs(*, now: datetime, whole: bool = False) -> list[str]:
    """Note how far each day of logs goes, finished days in the ledger; return the days that were cut or changed.

    What was noted must still be there: of a finished day the length, with `whole` every byte; of an unfinished one all
    bytes up to where it was noted. Days past their time are deleted with their notes.
    """
    today, first = logfiles.local_day(now), logfiles.first_kept(now)
    noted = {one.pk.removeprefix(PREFIX): one.content for one in trust.marks(PREFIX)}
    logfiles.forget(before=first)
    old = [day for day in noted if date.fromisoformat(day) < first]
    trust.forget_marks(codes=[PREFIX + day for day in old])
    files = {day.isoformat(): path for day, path in logfiles.files().items()}
    cut = [day for day in noted if day not in files and day not in old]
    for day, path in files.items():
        before = noted.get(day)
        if before and not _holds(path, before, whole=whole):
            cut.append(day)
        elif not before or not before["final"]:
            _note(day, path, final=date.fromisoformat(day) < today, now=now)
    trust.raise_alerts(sightings=_sightings(cut, now), now=now)
    return sorted(cut)


def _holds(path: Path, noted: dict[str, object], *, whole: bool) -> bool:
    size = path.stat().st_size
    length = int(str(noted["bytes"]))
    if noted["final"]:
        return size == length and (not whole or _digest(path, length) == noted["sha256"])
    return size >= length and _digest(path, length) == noted["sha256"]


@transaction.atomic
def _note(day: str, path: Path, *, final: bool, now: datetime) -> None:
    length = path.stat().st_size
    digest = _digest(path, length)
    trust.remember(code=PREFIX + day, content={"bytes": length, "sha256": digest, "final": final}, now=now)
    if final:
        trust.record(
            by=accounts.SYSTEM, action="create", purpose="trust.watch", subjects=(), object_kind="trust.log",
            object_id=day, elements=[f"sha256:{digest}"], now=now,
        )  # fmt: skip


def _sightings(cut: list[str], now: datetime) -> Iterator[slots.Sighting]:
    if cut:
        seen = {"days": ", ".join(sorted(cut)[:5])}
        yield slots.Sighting("logs.cut", f"{now:%Y-%m-%d}", slots.NODE, slots.URGENT, seen)


def _digest(path: Path, length: int) -> str:
    """Return the SHA-256 of the first bytes of a file."""
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while length > 0 and (block := file.read(min(BLOCK, length))):
            hashed.update(block)
            length -= len(block)
    return hashed.hexdigest()
