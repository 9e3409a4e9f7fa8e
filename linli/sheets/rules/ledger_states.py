"""The life of a standing ledger 台账 as data: kept, closed, kept again."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from linli.kernel import api as kernel
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.states import FILL

KEPT, CLOSED = "kept", "closed"

LABELS: Mapping[str, str | Promise] = {
    KEPT: pgettext_lazy("standing ledger", "Kept"),
    CLOSED: pgettext_lazy("standing ledger", "Closed"),
}
TONES = {KEPT: "green", CLOSED: ""}
STEPS = {
    "change": kernel.step("kept", KEPT, FILL),
    "note": kernel.step("kept", KEPT, FILL),
    "close": kernel.step("kept", CLOSED, FILL),
    "resume": kernel.step("closed", KEPT, FILL),
}


def after(step: str, state: str) -> str:
    """Return the state that `step` leads to from `state`; raise FormRefusedError."""
    rule = STEPS[step]
    if state not in rule.before:
        raise FormRefusedError(_("This ledger has moved on meanwhile. Look at it as it is now, then decide again."))
    return rule.after
