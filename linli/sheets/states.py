"""The life of a form 下发表格 as data: read, bound, filled, checked in the unit, delivered, taken in by who asked."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel import api as kernel
from linli.sheets.rules.refusals import FormRefusedError

READ, BOUND, FILLED, CHECKING, CHECKED = "read", "bound", "filled", "checking", "checked"
DELIVERED, ACCEPTED, DROPPED = "delivered", "accepted", "dropped"
ASKED, ANSWERED, NOT_TO_HAVE = "asked", "answered", "not_to_have"

LABELS: Mapping[str, str | Promise] = {
    READ: pgettext_lazy("form", "Columns to confirm"),
    BOUND: pgettext_lazy("form", "Rows to choose"),
    FILLED: pgettext_lazy("form", "Filled"),
    CHECKING: pgettext_lazy("form", "Waiting for the check"),
    CHECKED: pgettext_lazy("form", "Checked"),
    DELIVERED: pgettext_lazy("form", "Delivered"),
    ACCEPTED: pgettext_lazy("form", "Taken in"),
    DROPPED: pgettext_lazy("form", "Dropped"),
}
TONES = {READ: "amber", BOUND: "amber", FILLED: "blue", CHECKING: "amber", CHECKED: "green", DELIVERED: "blue",
         ACCEPTED: "green"}  # fmt: skip
GAP_LABELS: Mapping[str, str | Promise] = {
    ASKED: pgettext_lazy("gap", "Asked"),
    ANSWERED: pgettext_lazy("gap", "Answered"),
    NOT_TO_HAVE: pgettext_lazy("gap", "Not to be had"),
}
FILL, CHECK, ACCEPT = "sheets.fill", "sheets.check", "sheets.accept"
REASONS: Mapping[str, str | Promise] = {
    "missing": pgettext_lazy("why a form is sent back", "Values are missing that can be had"),
    "wrong": pgettext_lazy("why a form is sent back", "Values are not right"),
    "rows": pgettext_lazy("why a form is sent back", "Rows are missing, or are too many"),
    "day": pgettext_lazy("why a form is sent back", "It does not stand as on the day that was asked for"),
    "columns": pgettext_lazy("why a form is sent back", "A column holds something else than it asks for"),
    "other": pgettext_lazy("why a form is sent back", "Something else"),
}

STEPS = {
    "confirm": kernel.step("read bound filled", BOUND, FILL),
    "choose": kernel.step("bound filled", FILLED, FILL),
    "hand_in": kernel.step("filled", CHECKING, FILL),
    "send_back": kernel.step("checking", FILLED, CHECK),
    "check": kernel.step("checking", CHECKED, CHECK),
    "deliver": kernel.step("checked delivered", DELIVERED, FILL),
    "accept": kernel.step("delivered", ACCEPTED, ACCEPT),
    "return": kernel.step("delivered", FILLED, ACCEPT),
    "drop": kernel.step("read bound filled checking checked", DROPPED, FILL),
}
DONE: Mapping[str, str | Promise] = {
    "bring": pgettext_lazy("done to a form", "brought"),
    "say_kind": pgettext_lazy("done to a form", "said what a row is"),
    "confirm": pgettext_lazy("done to a form", "confirmed the columns"),
    "count_by": pgettext_lazy("done to a form", "changed what is counted"),
    "choose": pgettext_lazy("done to a form", "chose the rows"),
    "leave_out": pgettext_lazy("done to a form", "left a row out"),
    "take_in": pgettext_lazy("done to a form", "took a row in again"),
    "choose_source": pgettext_lazy("done to a form", "chose another source"),
    "late": pgettext_lazy("done to a form", "an answer from the doors came after it was handed in"),
    "hand_in": pgettext_lazy("done to a form", "handed in for the check"),
    "send_back": pgettext_lazy("done to a form", "sent back"),
    "check": pgettext_lazy("done to a form", "checked"),
    "deliver": pgettext_lazy("done to a form", "delivered"),
    "accept": pgettext_lazy("done to a form", "taken in"),
    "return": pgettext_lazy("done to a form", "returned"),
    "drop": pgettext_lazy("done to a form", "dropped"),
}
FILLING = frozenset({READ, BOUND, FILLED})  # nobody has handed it in: answers from the doors still reach it
OPEN = frozenset({READ, BOUND, FILLED, CHECKING, CHECKED})


def after(step: str, state: str) -> str:
    """Return the state that `step` leads to from `state`; raise FormRefusedError."""
    rule = STEPS[step]
    if state not in rule.before:
        raise FormRefusedError(_("This form has moved on meanwhile. Look at it as it is now, then decide again."))
    return rule.after
