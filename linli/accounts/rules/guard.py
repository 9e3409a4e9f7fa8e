"""How long a session of staff lasts without use, and in which browser it is good (GB/T 22239-2019, 8.1.4.1)."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

OFTEN = timedelta(minutes=1)  # how exactly the last use is noted
_VERSION = re.compile(r"[\d._]+")

Ending = Literal["", "idle", "browser"]


def opened(browser: str, *, now: datetime) -> dict[str, Any]:
    """Return what a session remembers from its beginning."""
    return {"browser": without_versions(browser), "used": now.timestamp()}


def ending(guard: Mapping[str, Any], browser: str, *, now: datetime, idle: timedelta) -> Ending:
    """Tell why a session ends now: it was not used for so long, or came from another browser; "" where it goes on."""
    if guard["browser"] != without_versions(browser):
        return "browser"
    return "idle" if now.timestamp() - guard["used"] > idle.total_seconds() else ""


def is_to_note(guard: Mapping[str, Any], *, now: datetime) -> bool:
    """Tell whether this use is to be noted: once a minute, so that reading costs no write."""
    return bool(now.timestamp() - guard["used"] > OFTEN.total_seconds())


def without_versions(browser: str) -> str:
    """Return what a browser calls itself without numbers, which change with each update."""
    return _VERSION.sub("", browser)[:200]
