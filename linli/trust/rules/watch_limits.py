"""From when on something raises an alert 告警阈值: whole numbers as data, what ships, and what a county may set."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.trust.rules.refusals import TrustRefusedError

SHIPPED = Path(__file__).resolve().parents[1] / "sample/watch_limits.json"
LIMITS = {
    "window_minutes": (gettext_lazy("Minutes that are looked back over for wrong attempts"), 5, 1440),
    "name_failures": (gettext_lazy("Wrong attempts with one name in that time"), 3, 1000),
    "address_failures": (gettext_lazy("Wrong attempts from one address in that time"), 3, 10_000),
    "success_after": (gettext_lazy("Wrong attempts before a success that raise an alert"), 2, 1000),
    "known_days": (gettext_lazy("Days after which a browser or address counts as new"), 1, 730),
    "night_from": (gettext_lazy("Night begins at (hour)"), 0, 23),
    "night_to": (gettext_lazy("Night ends at (hour)"), 0, 23),
    "apart_minutes": (gettext_lazy("Minutes within which one account in two networks is too quick"), 1, 1440),
    "export_times": (gettext_lazy("Exports of a day: so many times the habit"), 2, 1000),
    "export_least": (gettext_lazy("Exports of a day: at least so many rows"), 1, 1_000_000),
    "export_days": (gettext_lazy("Days from which the habit of exports is taken"), 3, 365),
    "verify_hours": (gettext_lazy("Hours until the whole ledger must have been verified again"), 1, 720),
    "certificate_days": (gettext_lazy("Days before a certificate ends"), 1, 365),
    "peer_key_days": (gettext_lazy("Days until the keys between linked nodes are changed"), 1, 3650),
    "grant_grade": (gettext_lazy("A data grant from this grade on raises an alert"), 1, 6),
    "backup_hours": (gettext_lazy("Hours until there must be a new backup"), 1, 8760),
    "advisory_days": (gettext_lazy("Days until advisories must be imported anew"), 1, 365),
    "disk_percent": (gettext_lazy("Free space on the disk, per cent"), 1, 90),
    "log_minutes": (gettext_lazy("Minutes without a log line, or without the log server"), 5, 10_080),
    "warn_percent": (gettext_lazy("Remind when so many per cent of a notice term are over"), 1, 99),
}  # fmt: skip
Limits = Mapping[str, int]


class LimitsRefusedError(TrustRefusedError):
    """Limits that can't be taken; the sentence says which."""


@cache
def shipped_limits() -> Limits:
    """Return the limits that ship with Linli: a sample, not a rule of law."""
    return limits_from(json.loads(SHIPPED.read_text("utf-8"))["limits"])


def limits_from(content: Any) -> Limits:
    """Return checked limits. Raises LimitsRefusedError."""
    if not isinstance(content, Mapping) or set(content) != set(LIMITS):
        words = _("Each limit of the watch must be named, and no other: %(names)s.")
        raise LimitsRefusedError(words % {"names": ", ".join(LIMITS)})
    return {name: _checked(name, content[name]) for name in LIMITS}


def _checked(name: str, value: Any) -> int:
    label, low, high = LIMITS[name]
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        words = _("“%(name)s” must be a whole number from %(low)d to %(high)d.")
        raise LimitsRefusedError(words % {"name": label, "low": low, "high": high})
    return value


def is_night(hour: int, limits: Limits) -> bool:
    """Tell whether an hour of the local day lies in the night, which may pass midnight."""
    begin, end = limits["night_from"], limits["night_to"]
    return begin <= hour < end if begin <= end else hour >= begin or hour < end
