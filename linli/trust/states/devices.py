"""The life of a device that touches bodies or doors 设备登记 as data: nothing is connected before a decision."""

from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel

DRAFTED, APPLIED, ALLOWED, REFUSED = "drafted", "applied", "allowed", "refused"
CONNECTED, IN_REVIEW, REMOVED = "connected", "in_review", "removed"
LABELS = {
    DRAFTED: _("being written"),
    APPLIED: _("waits for a decision"),
    ALLOWED: _("allowed, not connected"),
    REFUSED: _("not allowed"),
    CONNECTED: _("connected"),
    IN_REVIEW: _("closed, under review"),
    REMOVED: _("taken off"),
}
KEEP, DECIDE = "trust.devices", "trust.asking"
STEPS = {
    "apply": kernel.step("drafted refused", APPLIED, KEEP),
    "take_back": kernel.step("applied", DRAFTED, KEEP),
    "allow": kernel.step("applied in_review", ALLOWED, DECIDE),
    "refuse": kernel.step("applied in_review", REFUSED, DECIDE),
    "connect": kernel.step("allowed", CONNECTED, KEEP),
    "review": kernel.step("allowed connected", IN_REVIEW, DECIDE),
    "remove": kernel.step("drafted applied allowed refused connected in_review", REMOVED, KEEP),
}
WORDS = {
    "draft": _("Written down"),
    "change": _("Written anew"),
    "apply": _("Handed in for a decision"),
    "take_back": _("Taken back"),
    "allow": _("Allowed"),
    "refuse": _("Not allowed"),
    "connect": _("Connected"),
    "review": _("Closed and under review"),
    "remove": _("Removed"),
}
DECIDED = frozenset({ALLOWED, CONNECTED})
EDITABLE = frozenset({DRAFTED, REFUSED, IN_REVIEW})
FINAL = frozenset({REMOVED})
SHOWN = frozenset({APPLIED, ALLOWED, CONNECTED, IN_REVIEW})


def possible(state: str) -> list[str]:
    """Return the steps that may be taken from `state`, in the order of the table."""
    return [name for name, rule in STEPS.items() if state in rule.before]
