"""The life of a security incident 网络安全事件 as data: open until every notice is settled and it was reviewed."""

from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel

OPEN, CONTAINED, CLOSED = "open", "contained", "closed"
LABELS = {OPEN: _("in hand"), CONTAINED: _("contained"), CLOSED: _("closed")}
TONES = {OPEN: "red", CONTAINED: "amber", CLOSED: "grey"}
WATCH = "trust.watch"
STEPS = {
    "amend": kernel.step("open", OPEN, WATCH),
    "contain": kernel.step("open", CONTAINED, WATCH),
    "reopen": kernel.step("contained", OPEN, WATCH),
    "close": kernel.step("contained", CLOSED, WATCH),
}
FINAL = frozenset({CLOSED})


def possible(state: str) -> list[str]:
    """Return the steps that may be taken from `state`."""
    return [name for name, rule in STEPS.items() if state in rule.before]
