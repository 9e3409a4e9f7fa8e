"""The lives of exchange as data: an application for data 用数申请, its grant 授权, a correction 纠错."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.exchange.rules.sharing_refusals import RefusedError
from linli.kernel import api as kernel

DRAFT, APPLIED, APPROVED, TRIMMED = "draft", "applied", "approved", "trimmed"
DECLINED, WITHDRAWN = "declined", "withdrawn"
ACTIVE, SUSPENDED, EXPIRED, REVOKED = "active", "suspended", "expired", "revoked"
PROPOSED, CONFIRMED, REFUSED, STOOD, TAKEN_BACK = "proposed", "confirmed", "refused", "stood", "taken_back"
OVERTAKEN = "overtaken"

LABELS: Mapping[str, str | Promise] = {
    DRAFT: pgettext_lazy("application", "Draft"),
    APPLIED: pgettext_lazy("application", "Waiting for the answer"),
    APPROVED: pgettext_lazy("application", "Approved"),
    TRIMMED: pgettext_lazy("application", "Approved, trimmed"),
    DECLINED: pgettext_lazy("application", "Refused"),
    WITHDRAWN: pgettext_lazy("application", "Withdrawn"),
    ACTIVE: pgettext_lazy("grant", "In force"),
    SUSPENDED: pgettext_lazy("grant", "Suspended"),
    EXPIRED: pgettext_lazy("grant", "Expired"),
    REVOKED: pgettext_lazy("grant", "Revoked"),
    PROPOSED: pgettext_lazy("correction", "Unconfirmed"),
    CONFIRMED: pgettext_lazy("correction", "Confirmed"),
    REFUSED: pgettext_lazy("correction", "Not accepted"),
    STOOD: pgettext_lazy("correction", "Stands, not answered in time"),
    TAKEN_BACK: pgettext_lazy("correction", "Taken back"),
    OVERTAKEN: pgettext_lazy("correction", "Overtaken by the owner's data"),
}
TONES = {
    APPLIED: "amber", APPROVED: "green", TRIMMED: "green", DECLINED: "red", ACTIVE: "green", SUSPENDED: "amber",
    REVOKED: "red", PROPOSED: "amber", CONFIRMED: "green", REFUSED: "red", STOOD: "blue",
    OVERTAKEN: "amber",
}  # fmt: skip
FINAL = frozenset(
    {APPROVED, TRIMMED, DECLINED, WITHDRAWN, EXPIRED, REVOKED, CONFIRMED, REFUSED, STOOD, TAKEN_BACK, OVERTAKEN}
)
GRANTED = frozenset({APPROVED, TRIMMED})


STEPS = {
    "apply": kernel.step("draft", APPLIED, "exchange.apply"),
    "approve": kernel.step("applied", APPROVED, "exchange.approve"),
    "trim": kernel.step("applied", TRIMMED, "exchange.approve"),
    "decline": kernel.step("applied", DECLINED, "exchange.approve"),
    "withdraw": kernel.step("draft applied", WITHDRAWN, "exchange.apply"),
    "suspend": kernel.step("active", SUSPENDED, "exchange.approve"),
    "resume": kernel.step("suspended", ACTIVE, "exchange.approve"),
    "revoke": kernel.step("active suspended", REVOKED, "exchange.approve"),
    "expire": kernel.step("active suspended", EXPIRED, "exchange.sweep"),
    "confirm": kernel.step("proposed", CONFIRMED, "exchange.answer"),
    "refuse": kernel.step("proposed", REFUSED, "exchange.answer"),
    "let_stand": kernel.step("proposed", STOOD, "exchange.sweep"),
    "take_back": kernel.step("proposed", TAKEN_BACK, "exchange.correct"),
    "arrive": kernel.step("proposed", CONFIRMED, "exchange.sweep"),
    "overtake": kernel.step("proposed", OVERTAKEN, "exchange.sweep"),
}


class StepNotPossibleError(RefusedError):
    """It is not in a state from which this step may be taken."""

    sentence = _("Somebody was faster: this has moved on. Look at its history, then decide again.")


def after(step: str, state: str) -> str:
    """Return the state that `step` leads to from `state`; raise StepNotPossibleError."""
    rule = STEPS[step]
    if state not in rule.before:
        raise StepNotPossibleError
    return rule.after
