"""Take in code tables from files: heading lines `# key: value`, then CSV with a row per code."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from linli.kernel.actions.revisions import bump
from linli.kernel.models import CodeEntry, CodeTable

_DATES = ("valid_from", "valid_until")
SHIPPED = Path(__file__).resolve().parents[1] / "codes"
HEADINGS = {"table", "label", "standard", "version", "source"}


class CodeFileError(ValueError):
    """The file is not a code table; the message says which line and why."""


@dataclass(frozen=True)
class Loaded:
    """How many entries of a table were read, made, changed, and removed because the file lacks them."""

    table: str
    read: int
    made: int
    changed: int
    removed: int


def load_shipped_codes() -> list[Loaded]:
    """Load the tables that ship with Linli. Running it again changes nothing."""
    return [load_codes(path=path) for path in sorted(SHIPPED.glob("*.csv"))]


def load_codes(*, path: Path) -> Loaded:
    """Make the table what the file says. A code the file lacks is deleted. Raises CodeFileError."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    heading = dict(_headings(lines))
    if missing := HEADINGS - heading.keys():
        raise CodeFileError(f"{path.name}: the heading lines lack {', '.join(sorted(missing))}.")
    rows = list(csv.DictReader(line for line in lines if line.strip() and not line.startswith("#")))
    entries = [_entry(path, number, row) for number, row in enumerate(rows, 1)]
    return _replace(heading, entries)


def _headings(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        key, colon, value = line.removeprefix("#").partition(":")
        if line.startswith("#") and colon and key.strip() in HEADINGS:
            yield key.strip(), value.strip()


def _entry(path: Path, number: int, row: dict[str, str | None]) -> dict[str, Any]:
    if not row.get("code") or not row.get("label"):
        raise CodeFileError(f"{path.name}: row {number} has no code or no label.")
    try:
        dates = {name: date.fromisoformat(row[name] or "") if row.get(name) else None for name in _DATES}
    except ValueError:
        raise CodeFileError(f"{path.name}: row {number} has a date that is not written as 2026-01-31.") from None
    return {
        "code": row["code"],
        "label": row["label"],
        "parent": row.get("parent") or "",
        "position": number,
        "is_sample": row.get("checked") != "yes",
        **dates,
    }


@transaction.atomic
def _replace(heading: dict[str, str], entries: list[dict[str, Any]]) -> Loaded:
    code, about = heading["table"], {name: heading[name] for name in HEADINGS - {"table"}}
    is_sample = any(entry["is_sample"] for entry in entries)
    table, _ = CodeTable.objects.update_or_create(code=code, defaults={**about, "is_sample": is_sample})
    known = {(entry.code, entry.valid_from): entry for entry in CodeEntry.objects.filter(table=table)}
    made = [CodeEntry(table=table, **e) for e in entries if (e["code"], e["valid_from"]) not in known]
    changed = [entry for e in entries if (entry := known.pop((e["code"], e["valid_from"]), None)) and _take(entry, e)]
    CodeEntry.objects.filter(pk__in=[entry.pk for entry in known.values()]).delete()
    CodeEntry.objects.bulk_create(made)
    if changed:
        CodeEntry.objects.bulk_update(changed, ["label", "parent", "position", "valid_until", "is_sample"])
    if made or changed or known:
        bump("codes")
    return Loaded(table.code, len(entries), len(made), len(changed), len(known))


def _take(entry: CodeEntry, values: dict[str, Any]) -> bool:
    """Set the values, and say whether any differed."""
    differs = any(getattr(entry, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(entry, name, value)
    return differs
