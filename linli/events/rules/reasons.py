"""Why this unit: the reasons that dispatch kept, as sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

MOST_CERTAIN = 99


def sentence(reason: Mapping[str, Any]) -> str:
    """Return one reason as a sentence in the reader's language."""
    kind = "chosen_by_reporter" if reason["kind"] == "chosen" and not reason.get("by") else reason["kind"]
    words = {
        "duty": _("Duty list %(code)s “%(matter)s”: led by %(unit)s"),
        "place_point": _("The point on the map lies in %(place)s"),
        "place_text": _("The words “%(words)s” name %(place)s"),
        "place_chosen": _("The reporter chose %(place)s"),
        "place_unknown": _("The place is not known yet"),
        "model": _("Recognised as “%(matter)s” with %(percent)s%% certainty"),
        "unsure": _("The matter is not certain, so a person decides"),
        "chosen": _("%(by)s chose “%(matter)s”"),
        "chosen_by_reporter": _("The reporter chose “%(matter)s”"),
        "unit_chosen": _("%(by)s gave it to %(unit)s"),
        "no_matter": _("No matter is chosen yet"),
        "no_unit": _("No unit leads “%(matter)s” at this place"),
        "centre": _("So %(unit)s takes it and decides"),
        "rule": _("Rule “%(rule)s” gives it to %(unit)s"),
        "rule_broken": _("Rule “%(rule)s” fits, but it names no unit that can take it"),
        "fallback": _("So %(unit)s takes it, as the duty list says for such a case"),
        "moved": _("%(by)s corrected the place or the matter, so it was dispatched again"),
        "moved_once": _("%(by)s corrected it again; the unit stays until a dispatcher decides"),
        "history": _("%(n)s of %(of)s such events here were handled by %(unit)s"),
        "alike": _("Like %(number)s, which %(unit)s handled as “%(matter)s”"),
        "precedent": _("Decided before for “%(matter)s”: %(unit)s"),
        "decided": _("%(by)s decided on an objection: %(unit)s has it"),
        "escalated": _("Overdue at %(from)s, it rose to the level %(level)s: %(unit)s has it and must close it"),
        "asked_unit": _("It asks about what %(unit)s did, so %(unit)s answers"),
        "returned": _("%(unit)s gave it back: %(words)s"),
    }.get(kind, "%(kind)s")
    return words % {**reason, "percent": min(MOST_CERTAIN, reason.get("percent", 0))}
