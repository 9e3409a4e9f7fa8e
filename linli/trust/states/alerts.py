"""The life of a security alert 安全告警 as data: new, taken by somebody, closed with an outcome."""

from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel

NEW, TAKEN, CLOSED = "new", "taken", "closed"
LABELS = {NEW: _("new alert"), TAKEN: _("taken in hand"), CLOSED: _("closed")}
TONES = {NEW: "red", TAKEN: "blue", CLOSED: "grey"}
OUTCOMES = {
    "true": _("a true alert"),
    "false": _("a false alarm"),
    "exercise": _("an exercise"),
}
WATCH = "trust.watch"
STEPS = {
    "take": kernel.step("new taken", TAKEN, WATCH),
    "close": kernel.step("new taken", CLOSED, WATCH),
}
FINAL = frozenset({CLOSED})


def possible(state: str) -> list[str]:
    """Return the steps that may be taken from `state`."""
    return [name for name, rule in STEPS.items() if state in rule.before]
