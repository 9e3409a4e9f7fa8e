"""The life of an application to issue a form 报表准入 as data: decided by another unit, expired by itself."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from linli.kernel import api as kernel
from linli.sheets.rules.refusals import FormRefusedError

ISSUE, ADMIT = "sheets.issue", "sheets.admit"
DRAFT, APPLIED, SHRUNK, ADMITTED = "draft", "applied", "shrunk", "admitted"
REFUSED, WITHDRAWN, EXPIRED, STOPPED = "refused", "withdrawn", "expired", "stopped"

LABELS: Mapping[str, str | Promise] = {
    DRAFT: pgettext_lazy("admission", "Draft"),
    APPLIED: pgettext_lazy("admission", "To be decided"),
    SHRUNK: pgettext_lazy("admission", "Fewer columns offered"),
    ADMITTED: pgettext_lazy("admission", "On the list"),
    REFUSED: pgettext_lazy("admission", "Refused"),
    WITHDRAWN: pgettext_lazy("admission", "Withdrawn"),
    EXPIRED: pgettext_lazy("admission", "Expired"),
    STOPPED: pgettext_lazy("admission", "Taken off the list"),
}
TONES = {DRAFT: "", APPLIED: "amber", SHRUNK: "amber", ADMITTED: "green", REFUSED: "red", STOPPED: "red"}
REASONS: Mapping[str, str | Promise] = {
    # why a form is refused, or taken off the list
    "query": pgettext_lazy("admission", "the base answers it: query instead"),
    "merge": pgettext_lazy("admission", "merge it with a form on the list"),
    "basis": pgettext_lazy("admission", "no legal basis"),
    "level": pgettext_lazy("admission", "not a duty of the level that is asked"),
    "burden": pgettext_lazy("admission", "too much for what it is good for"),
    "other": pgettext_lazy("admission", "another reason, in words"),
}
STEP_WORDS: Mapping[str, str | Promise] = {
    "draft": pgettext_lazy("admission step", "written down"),
    "change": pgettext_lazy("admission step", "changed"),
    "apply": pgettext_lazy("admission step", "applied for"),
    "admit": pgettext_lazy("admission step", "admitted to the list"),
    "shrink": pgettext_lazy("admission step", "fewer columns offered"),
    "accept": pgettext_lazy("admission step", "fewer columns accepted, admitted to the list"),
    "refuse": pgettext_lazy("admission step", "refused"),
    "withdraw": pgettext_lazy("admission step", "withdrawn"),
    "expire": pgettext_lazy("admission step", "expired"),
    "stop": pgettext_lazy("admission step", "taken off the list"),
}

STEPS = {
    "apply": kernel.step("draft", APPLIED, ISSUE),
    "admit": kernel.step("applied", ADMITTED, ADMIT),
    "shrink": kernel.step("applied", SHRUNK, ADMIT),
    "refuse": kernel.step("applied", REFUSED, ADMIT),
    "accept": kernel.step("shrunk", ADMITTED, ISSUE),
    "withdraw": kernel.step("draft applied shrunk admitted", WITHDRAWN, ISSUE),
    "stop": kernel.step("admitted", STOPPED, ADMIT),
    "expire": kernel.step("admitted", EXPIRED),
}


def after(step: str, state: str) -> str:
    """Return the state that `step` leads to from `state`; raise FormRefusedError."""
    rule = STEPS[step]
    if state not in rule.before:
        raise FormRefusedError(_("This application has moved on meanwhile. Look at it again, then decide."))
    return rule.after
