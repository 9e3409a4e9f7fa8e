"""The life of a form 下发表格 as data: read, bound, filled, checked by somebody else, delivered."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel import api as kernel
from linli.sheets.rules.refusals import FormRefusedError

READ, BOUND, FILLED, CHECKING, CHECKED = "read", "bound", "filled", "checking", "checked"
DELIVERED, DROPPED = "delivered", "dropped"
ASKED, ANSWERED, NOT_TO_HAVE = "asked", "answered", "not_to_have"

LABELS: Mapping[str, str | Promise] = {
    READ: pgettext_lazy("form", "Columns to confirm"),
    BOUND: pgettext_lazy("form", "Rows to choose"),
    FILLED: pgettext_lazy("form", "Filled"),
    CHECKING: pgettext_lazy("form", "Waiting for the check"),
    CHECKED: pgettext_lazy("form", "Checked"),
    DELIVERED: pgettext_lazy("form", "Delivered"),
    DROPPED: pgettext_lazy("form", "Dropped"),
}
TONES = {READ: "amber", BOUND: "amber", FILLED: "blue", CHECKING: "amber", CHECKED: "green", DELIVERED: "green"}
GAP_LABELS: Mapping[str, str | Promise] = {
    ASKED: pgettext_lazy("gap", "Asked"),
    ANSWERED: pgettext_lazy("gap", "Answered"),
    NOT_TO_HAVE: pgettext_lazy("gap", "Not to be had"),
}
FILL, CHECK = "sheets.fill", "sheets.check"

STEPS = {
    "confirm": kernel.step("read bound filled", BOUND, FILL),
    "choose": kernel.step("bound filled", FILLED, FILL),
    "hand_in": kernel.step("filled", CHECKING, FILL),
    "send_back": kernel.step("checking", FILLED, CHECK),
    "check": kernel.step("checking", CHECKED, CHECK),
    "deliver": kernel.step("checked delivered", DELIVERED, FILL),
    "drop": kernel.step("read bound filled checking checked", DROPPED, FILL),
}
OPEN = frozenset({READ, BOUND, FILLED, CHECKING, CHECKED})


def after(step: str, state: str) -> str:
    """Return the state that `step` leads to from `state`; raise FormRefusedError."""
    rule = STEPS[step]
    if state not in rule.before:
        raise FormRefusedError(_("This form has moved on meanwhile. Look at it as it is now, then decide again."))
    return rule.after
