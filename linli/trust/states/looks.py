"""The life of a review of looks 异常查阅复核 as data: its states, and the steps that lead from one to another."""

from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel

FOUND, ASKED = "found", "asked"
JUSTIFIED, UNJUSTIFIED, MISUSE = "justified", "unjustified", "misuse"

LABELS = {
    FOUND: _("found, not looked into"),
    ASKED: _("the officer was asked"),
    JUSTIFIED: _("justified"),
    UNJUSTIFIED: _("not justified"),
    MISUSE: _("misuse"),
}
FINAL = frozenset({JUSTIFIED, UNJUSTIFIED, MISUSE})
CONFIRMED = frozenset({UNJUSTIFIED, MISUSE})

STEPS = {
    "ask": kernel.step("found", ASKED, "trust.audit"),
    "explain": kernel.step("asked", ASKED),
    "justify": kernel.step("found asked", JUSTIFIED, "trust.audit"),
    "not_justify": kernel.step("asked", UNJUSTIFIED, "trust.audit"),
    "misuse": kernel.step("asked", MISUSE, "trust.audit"),
}
DECISIONS = {"justify": JUSTIFIED, "not_justify": UNJUSTIFIED, "misuse": MISUSE}


def possible(state: str) -> list[str]:
    """Return the steps that may be taken from `state`, in the order of the table."""
    return [name for name, rule in STEPS.items() if state in rule.before]
