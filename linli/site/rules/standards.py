"""A change between two versions of the standards, in words."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from linli.events import api as events

SHOWN = 120


def change_words(change: events.Change, unit_name: Callable[[str], str]) -> dict[str, Any]:
    """Return a change as label, tone, what it is about, and its fields before and after."""
    kinds = {"added": (_("added"), "green"), "removed": (_("removed"), "red"), "changed": (_("changed"), "amber")}
    what = {"matter": _("Matter"), "area": _("Area exception"), "rule": _("Dispatch rule")}[change.what]
    label, tone = kinds[change.kind]
    fields = []
    for name, *values in change.fields:
        before, after = (_said(_named(name, value, unit_name)) for value in values)
        fields.append((field_name(name), before, after))
    return {"label": label, "tone": tone, "what": what, "name": change.name, "key": change.key, "fields": fields}


def field_name(name: str) -> str:
    """Return what a field of a matter, area or rule is called."""
    names = {
        "name": _("Name"), "class_path": _("Class path"), "description": _("Description"), "nature": _("Nature"),
        "keywords": _("Keywords"), "grade": _("Grade"), "lead": _("Responsible unit"), "co_units": _("Helping units"),
        "fallback": _("Fallback unit"), "leads": _("Lead by level"), "legal_basis": _("Legal basis"),
        "duty_kind": _("Kind of duty"), "stages": _("Stages"), "opening_words": _("When it is taken up"),
        "closing_words": _("When it is closed"), "closing_conditions": _("Closing conditions to be met"),
        "evidence": _("Evidence"), "templates": _("Answer templates"), "note": _("Note"), "more": _("Own columns"),
        "accept_hours": _("Working hours to accept"), "contact_hours": _("Working hours to the first contact"),
        "check_hours": _("Working hours to check"), "handle_limit": _("Time to handle"),
        "handle_unit": _("Unit of the time to handle"), "target": _("Goes to"), "place": _("Asked as number"),
        "matters": _("Matters"), "classes": _("Classes"), "areas": _("Areas"), "channels": _("Channels"),
        "words": _("Words"), "hours": _("Hours"), "grades": _("Grades"),
    }  # fmt: skip
    return names.get(name, name)


def _named(field: str, value: Any, unit_name: Callable[[str], str]) -> Any:
    """Return units by their names instead of their roles."""
    if field in {"lead", "fallback", "target"} and value:
        return unit_name(value)
    if field == "co_units" and value:
        return [unit_name(role) for role in value]
    if field == "leads" and value:
        return {level: unit_name(role) for level, role in value.items()}
    return value


def _said(value: Any) -> str:
    """Return a value as somebody reads it, not longer than a line or two."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, dict):
        text = "; ".join(f"{key}: {_said(one)}" for key, one in value.items())
    elif isinstance(value, list | tuple):
        text = "; ".join(_said(one) for one in value)
    else:
        text = str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
