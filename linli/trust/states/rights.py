"""The life of what somebody wants done with their data 个人信息权利请求, as data."""

from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel

ASKED, IN_HAND, GRANTED, REFUSED, WITHDRAWN = "asked", "in_hand", "granted", "refused", "withdrawn"
LABELS = {
    ASKED: _("asked"),
    IN_HAND: _("being looked into"),
    GRANTED: _("done as asked"),
    REFUSED: _("not done, with the reason"),
    WITHDRAWN: _("taken back by the person"),
}
ANSWER = "trust.rights"
STEPS = {
    "take": kernel.step("asked", IN_HAND, ANSWER),
    "grant": kernel.step("asked in_hand", GRANTED, ANSWER),
    "refuse": kernel.step("asked in_hand", REFUSED, ANSWER),
    "pass_up": kernel.step("asked in_hand", ASKED, ANSWER),
    "take_back": kernel.step("asked in_hand", WITHDRAWN),
}
FINAL = frozenset({GRANTED, REFUSED, WITHDRAWN})
