"""The life of an export that needs a second person 导出审批, as data."""

from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel

BEGUN, WAITING, ALLOWED, REFUSED = "begun", "waiting", "allowed", "refused"
WITHDRAWN, TAKEN, LAPSED = "withdrawn", "taken", "lapsed"
LABELS = {
    BEGUN: _("not sent yet"),
    WAITING: _("waits for a decision"),
    ALLOWED: _("allowed, to be fetched"),
    REFUSED: _("not allowed"),
    WITHDRAWN: _("taken back"),
    TAKEN: _("fetched"),
    LAPSED: _("time is over"),
}
TONES = {WAITING: "blue", ALLOWED: "green", REFUSED: "red", LAPSED: "amber"}
DECIDE = "trust.exports"
STEPS = {
    "ask": kernel.step("begun", WAITING),
    "pass_on": kernel.step("waiting", WAITING, DECIDE),
    "allow": kernel.step("waiting", ALLOWED, DECIDE),
    "refuse": kernel.step("waiting", REFUSED, DECIDE),
    "take_back": kernel.step("begun waiting allowed", WITHDRAWN),
    "fetch": kernel.step("allowed", ALLOWED),
    "fetch_last": kernel.step("allowed", TAKEN),
    "lapse": kernel.step("begun waiting allowed", LAPSED),
}
STEP_WORDS = {
    "ask": _("asked"),
    "pass_on": _("allowed here, passed on to the next"),
    "allow": _("allowed"),
    "refuse": _("refused"),
    "take_back": _("taken back"),
    "fetch": _("fetched"),
    "fetch_last": _("fetched, for the last time"),
    "lapse": _("ended: its time is over"),
}
OPEN = frozenset({BEGUN, WAITING, ALLOWED})
FINAL = frozenset({REFUSED, WITHDRAWN, TAKEN, LAPSED})
