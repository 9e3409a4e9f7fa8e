"""The life of an event 事件 as data: its states, and the steps that lead from one to another."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.events.rules.refusals import RefusedError

REPORTED, SCREENING, DISPATCHED, ACCEPTED = "reported", "screening", "dispatched", "accepted"
IN_PROGRESS, SUBMITTED, CHECKED = "in_progress", "submitted", "checked"
CLOSED, REOPENED, REJECTED, MERGED = "closed", "reopened", "rejected", "merged"
SAME = ""

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


@dataclass(frozen=True)
class Step:
    """One step: the states it may start from, the state it leads to (SAME stays), and the capability it needs."""

    before: frozenset[str]
    after: str
    capability: str


def _step(before: str, after: str, capability: str) -> Step:
    return Step(frozenset(before.split()), after, capability)


STEPS = {
    "dispatch": _step("reported screening dispatched", DISPATCHED, "events.dispatch"),
    "hold_for_screening": _step("reported", SCREENING, "events.dispatch"),
    "accept": _step("dispatched reopened", ACCEPTED, "events.handle"),
    "return": _step("dispatched reopened", SCREENING, "events.handle"),
    "start": _step("accepted", IN_PROGRESS, "events.handle"),
    "end_stage": _step("accepted in_progress", SAME, "events.handle"),
    "submit": _step("accepted in_progress", SUBMITTED, "events.handle"),
    "send_back": _step("submitted", IN_PROGRESS, "events.check"),
    "pass": _step("submitted", CHECKED, "events.check"),
    "close": _step("checked", CLOSED, "events.check"),
    "redispatch": _step("dispatched accepted in_progress reopened", DISPATCHED, "events.dispatch"),
    "reject": _step("reported screening dispatched", REJECTED, "events.dispatch"),
    "reopen": _step("closed", REOPENED, "events.dispatch"),
    "pause": _step("accepted in_progress", SAME, "events.handle"),
    "ask_clock": _step("accepted in_progress", SAME, "events.handle"),
    "decide_clock": _step("accepted in_progress", SAME, "events.dispatch"),
    "resume": _step("dispatched accepted in_progress", SAME, "events.handle"),
    "review": _step("accepted in_progress", SAME, "events.dispatch"),
    "object": _step("dispatched accepted", SAME, "events.handle"),
    "uphold": _step("dispatched accepted in_progress", DISPATCHED, "events.arbitrate"),
    "overrule": _step("dispatched accepted in_progress", SAME, "events.arbitrate"),
    "escalate": _step("dispatched accepted in_progress reopened", DISPATCHED, "events.sweep"),
    "raise": _step("screening", SCREENING, "events.sweep"),
    "close_along": Step(UNDER_WAY, CLOSED, "events.check"),  # a part, with the event it is part of
    "merge": Step(UNDER_WAY, MERGED, "events.dispatch"),
    "split": _step("merged", DISPATCHED, "events.dispatch"),
    "split_open": _step("merged", SCREENING, "events.dispatch"),  # one whose matter was not chosen yet
    "answer_along": _step("merged", CLOSED, "events.check"),  # with the event it was merged into
    "ride_again": _step("closed", MERGED, "events.dispatch"),  # that one was opened again
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
