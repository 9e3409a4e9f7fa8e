"""What a step of an event's life is called: to officers, and in plain words to who reported it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def step_words(step: str, data: Mapping[str, Any]) -> str:
    """Return a step as officers say it."""
    if step == "dispatch":
        return _("Assigned to %(unit)s: %(matter)s") % {"unit": data.get("unit", ""), "matter": data.get("matter", "")}
    words = {
        "report": _("Reported"),
        "hold_for_screening": _("With the county centre, which decides"),
        "accept": _("Accepted"),
        "return": _("Given back"),
        "start": _("Work began"),
        "contact": _("Reporter contacted"),
        "note": _("Note"),
        "submit": _("Result submitted"),
        "send_back": _("Sent back after the check"),
        "pass": _("Check passed"),
        "close": _("Closed"),
        "reject": _("Not taken up"),
        "reopen": _("Opened again"),
        "information": _("The reporter adds"),
        "photo": _("Photos added"),
        "rate": _("Rated by the reporter"),
    }
    return words.get(step, step)


def plain_words(step: str, unit: str) -> str:
    """Return a step as the reporter reads it."""
    named = {"unit": unit or _("the unit")}
    words = {
        "report": _("You reported this"),
        "dispatch": _("Given to %(unit)s") % named,
        "hold_for_screening": _("%(unit)s is choosing who can solve it") % named,
        "accept": _("%(unit)s has taken it on") % named,
        "start": _("%(unit)s has begun the work") % named,
        "submit": _("%(unit)s says it is done; somebody else checks it now") % named,
        "note": _("%(unit)s writes") % named,
        "close": _("Closed after a check"),
        "reject": _("%(unit)s can't take it up") % named,
        "reopen": _("You said it is not solved; %(unit)s has it again") % named,
        "information": _("You added"),
        "photo": _("Photos added"),
    }
    return words.get(step, "")
