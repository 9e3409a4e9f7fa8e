"""Advisories are taken in from files: carried in by people, for a node asks nobody on the net."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from linli.site.queries.parts import parts_here
from linli.site.rules.advisories import Advisory, advisories_in, concerning
from linli.trust import api as trust

MARK = "advisories"


def take_advisories(*, path: Path, now: datetime) -> dict[str, int]:
    """Keep what a file, a folder or a zip of OSV documents says of packages of ours, in place of what was kept.

    Returns how many documents there were, how many can't be read, how many concern a package. Raises OSError, and
    ValueError where none can be read.
    """
    read = unreadable = 0
    newest, kept = "", []
    parts = parts_here()
    for content in _documents(path):
        try:
            document = json.loads(content)
            found = list(advisories_in(document))
        except (ValueError, TypeError, KeyError, AttributeError):
            unreadable += 1
            continue
        read += 1
        newest = max(newest, str(document.get("modified") or ""))
        kept += concerning(found, parts)
    if not read:
        raise ValueError(path.name)
    said = {"newest": newest[:10], "read": read, "advisories": [asdict(one) for one in kept]}
    trust.remember(code=MARK, content=said, now=now)
    return {"read": read, "unreadable": unreadable, "concerning": len(kept)}


def kept_advisories(content: dict[str, Any]) -> list[Advisory]:
    """Return what was kept."""
    return [Advisory(**one) for one in content["advisories"]]


def _documents(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        for one in sorted(path.rglob("*.json")):
            yield one.read_bytes()
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                if name.endswith(".json"):
                    yield packed.read(name)
    else:
        yield path.read_bytes()
