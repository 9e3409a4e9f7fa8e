"""A stage of a plan and a rule for duplicates, in words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LEAD = "lead"


def stage_words(stage: Mapping[str, Any], unit_name: Callable[[str], str]) -> dict[str, str]:
    """Return what is done in a stage, by whom, within what time, and what closes it."""
    role = stage["unit"]
    return {
        "what": stage["what"],
        "unit": _("lead unit") if role == LEAD else unit_name(role),
        "limit": limit_words(stage["limit"], stage["limit_unit"]),
        "closing": stage["closing_condition"],
    }


def limit_words(limit: int, unit: str) -> str:
    """Return a time limit with its unit."""
    words = {
        "hour": ngettext("%(n)d hour", "%(n)d hours", limit),
        "work_hour": ngettext("%(n)d working hour", "%(n)d working hours", limit),
        "work_day": ngettext("%(n)d working day", "%(n)d working days", limit),
        "calendar_day": ngettext("%(n)d day", "%(n)d days", limit),
    }
    return words[unit] % {"n": limit}


def rule_words(rule: Mapping[str, Any]) -> list[str]:
    """Return the parts of a rule for duplicates and recurrence."""
    said = {
        "radius_m": _("the same place: within %(value)s m"),
        "window_days": _("the same time: within %(value)s days"),
        "recur_count": _("recurs: from %(value)s times on")
        if rule.get("recur_count")
        else _("recurring raises nothing"),
        "recur_days": _("counted over %(value)s days"),
        "recur_radius_m": _("counted within %(value)s m"),
        "shown": _("shown to who reports") if rule.get("shown") else _("never shown to who reports"),
    }
    return [said[name] % {"value": value} for name, value in rule.items()]


def in_order(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return stages by the step they were given; those without one stand behind, as they came."""
    placed = sorted(rows, key=lambda row: row["place"] or len(rows) + 1)
    return [{name: value for name, value in row.items() if name != "place"} for row in placed]


def by_matter(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the rules by matter code; what was left empty is not said, a matter without any rule has none."""
    said = [(row.get("matter", ""), {name: row[name] for name in row if name != "matter"}) for row in rows]
    kept = [(code, {name: value for name, value in rule.items() if value is not None}) for code, rule in said]
    return {code: rule for code, rule in kept if rule}
