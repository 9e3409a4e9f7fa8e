"""What becomes of a report about a form that is not on the list 清单外报表反映, as data: asked, answered, closed."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from linli.kernel import api as kernel
from linli.sheets.rules.admission_states import ADMIT, ISSUE
from linli.sheets.rules.refusals import FormRefusedError

REPORTED, ASKED, ANSWERED = "reported", "asked", "answered"
STOPPED, LISTED, UNFOUNDED = "stopped", "listed", "unfounded"
OPEN = frozenset({REPORTED, ASKED, ANSWERED})

LABELS: Mapping[str, str | Promise] = {
    REPORTED: pgettext_lazy("demand", "Reported"),
    ASKED: pgettext_lazy("demand", "The office was asked"),
    ANSWERED: pgettext_lazy("demand", "The office has answered"),
    STOPPED: pgettext_lazy("demand", "Stopped"),
    LISTED: pgettext_lazy("demand", "On the list"),
    UNFOUNDED: pgettext_lazy("demand", "Not confirmed"),
}
TONES = {REPORTED: "amber", ASKED: "blue", ANSWERED: "amber", STOPPED: "green", LISTED: "green", UNFOUNDED: ""}
REASONS: Mapping[str, Mapping[str, str | Promise]] = {
    "stop": {
        "taken_back": pgettext_lazy("demand", "the office took the form back"),
        "base": pgettext_lazy("demand", "the office queries the base instead"),
        "merged": pgettext_lazy("demand", "the office asks with a form on the list instead"),
        "late": pgettext_lazy("demand", "it was wanted too soon; the office gives more time"),
    },
    "list": {
        "was_listed": pgettext_lazy("demand", "it was on the list already"),
        "afterwards": pgettext_lazy("demand", "an emergency; it was applied for afterwards and admitted"),
    },
    "find_unfounded": {
        "nobody": pgettext_lazy("demand", "no office of the area issued it"),
        "above": pgettext_lazy("demand", "it comes from above the county; passed on there"),
        "no_form": pgettext_lazy("demand", "it is no form but a single question"),
    },
}
STEP_WORDS: Mapping[str, str | Promise] = {
    "report": pgettext_lazy("demand step", "reported"),
    "ask": pgettext_lazy("demand step", "the office was asked"),
    "answer": pgettext_lazy("demand step", "the office answered"),
    "stop": pgettext_lazy("demand step", "stopped"),
    "list": pgettext_lazy("demand step", "on the list"),
    "find_unfounded": pgettext_lazy("demand step", "not confirmed"),
}

STEPS = {
    "ask": kernel.step("reported answered", ASKED, ADMIT),
    "answer": kernel.step("asked", ANSWERED, ISSUE),
    "stop": kernel.step("reported asked answered", STOPPED, ADMIT),
    "list": kernel.step("reported asked answered", LISTED, ADMIT),
    "find_unfounded": kernel.step("reported asked answered", UNFOUNDED, ADMIT),
}


def after(step: str, state: str) -> str:
    """Return the state that `step` leads to from `state`; raise FormRefusedError."""
    rule = STEPS[step]
    if state not in rule.before:
        raise FormRefusedError(_("This report has moved on meanwhile. Look at it again, then decide."))
    return rule.after


def outcomes() -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """Return how a report may end, as choices in groups: {step:reason} and its words."""
    return [
        (LABELS[STEPS[step].after], [(f"{step}:{code}", label) for code, label in some.items()])
        for step, some in REASONS.items()
    ]
