"""The life of an event 事件 as data: its states, and the steps that lead from one to another."""

from django.utils.translation import gettext_lazy as _

from linli.events.rules.refusals import RefusedError
from linli.kernel import api as kernel

REPORTED, SCREENING, DISPATCHED, ACCEPTED = "reported", "screening", "dispatched", "accepted"
IN_PROGRESS, SUBMITTED, CHECKED = "in_progress", "submitted", "checked"
CLOSED, REOPENED, REJECTED, MERGED = "closed", "reopened", "rejected", "merged"
SAME = ""  # where a step leads that stays

LABELS = {
    REPORTED: _("Reported"),
    SCREENING: _("Being assigned"),
    DISPATCHED: _("Assigned"),
    ACCEPTED: _("Accepted"),
    IN_PROGRESS: _("In progress"),
    SUBMITTED: _("Result submitted"),
    CHECKED: _("Result checked"),
    CLOSED: _("Closed"),
    REOPENED: _("Reopened"),
    REJECTED: _("Not taken up"),
    MERGED: _("Merged into another"),
}
FINAL = frozenset({CLOSED, REJECTED})
UNDER_WAY = frozenset(LABELS) - FINAL - {MERGED}
WITH_HANDLER = frozenset({DISPATCHED, ACCEPTED, IN_PROGRESS, REOPENED})


STEPS = {
    "dispatch": kernel.step("reported screening dispatched", DISPATCHED, "events.dispatch"),
    "hold_for_screening": kernel.step("reported", SCREENING, "events.dispatch"),
    "accept": kernel.step("dispatched reopened", ACCEPTED, "events.handle"),
    "return": kernel.step("dispatched reopened", SCREENING, "events.handle"),
    "start": kernel.step("accepted", IN_PROGRESS, "events.handle"),
    "end_stage": kernel.step("accepted in_progress", SAME, "events.handle"),
    "submit": kernel.step("accepted in_progress", SUBMITTED, "events.handle"),
    "send_back": kernel.step("submitted", IN_PROGRESS, "events.check"),
    "pass": kernel.step("submitted", CHECKED, "events.check"),
    "close": kernel.step("checked", CLOSED, "events.check"),
    "redispatch": kernel.step("dispatched accepted in_progress reopened", DISPATCHED, "events.dispatch"),
    "reject": kernel.step("reported screening dispatched", REJECTED, "events.dispatch"),
    "reopen": kernel.step("closed", REOPENED, "events.dispatch"),
    "pause": kernel.step("accepted in_progress", SAME, "events.handle"),
    "ask_clock": kernel.step("accepted in_progress", SAME, "events.handle"),
    "decide_clock": kernel.step("accepted in_progress", SAME, "events.dispatch"),
    "resume": kernel.step("dispatched accepted in_progress", SAME, "events.handle"),
    "review": kernel.step("accepted in_progress", SAME, "events.dispatch"),
    "object": kernel.step("dispatched accepted", SAME, "events.handle"),
    "uphold": kernel.step("dispatched accepted in_progress", DISPATCHED, "events.arbitrate"),
    "overrule": kernel.step("dispatched accepted in_progress", SAME, "events.arbitrate"),
    "escalate": kernel.step("dispatched accepted in_progress reopened", DISPATCHED, "events.sweep"),
    "raise": kernel.step("screening", SCREENING, "events.sweep"),
    "close_along": kernel.Step(UNDER_WAY, CLOSED, "events.check"),  # a part, with the event it is part of
    "merge": kernel.Step(UNDER_WAY, MERGED, "events.dispatch"),
    "split": kernel.step("merged", DISPATCHED, "events.dispatch"),
    "split_open": kernel.step("merged", SCREENING, "events.dispatch"),  # one whose matter was not chosen yet
    "answer_along": kernel.step("merged", CLOSED, "events.check"),  # with the event it was merged into
    "ride_again": kernel.step("closed", MERGED, "events.dispatch"),  # that one was opened again
}


class StepNotPossibleError(RefusedError):
    """The event is not in a state from which this step may be taken."""

    sentence = _("Somebody was faster: the event has moved on. Look at the timeline, then decide again.")

    def __init__(self, step: str, state: str) -> None:
        """Keep which step was tried, and from where."""
        super().__init__(f"{step} is not possible from {state}")
        self.step, self.state = step, state


def after(step: str, state: str) -> str:
    """Return the state that `step` leads to from `state`; raise StepNotPossibleError."""
    rule = STEPS[step]
    if state not in rule.before:
        raise StepNotPossibleError(step, state)
    return rule.after or state


def possible(state: str) -> list[str]:
    """Return the steps that may be taken from `state`, in the order of the table."""
    return [name for name, rule in STEPS.items() if state in rule.before]
