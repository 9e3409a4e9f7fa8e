"""The life of a run 归集批次 as data: its states, and the steps that lead from one to another."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

READ, WAITING, RUNNING, STOPPED, FAILED, DONE, DROPPED = (
    "read", "waiting", "running", "stopped", "failed", "done", "dropped",
)  # fmt: skip
LABELS = {
    READ: _("To be looked at"),
    WAITING: _("In line"),
    RUNNING: _("Running"),
    STOPPED: _("Stopped: columns changed"),
    FAILED: _("Could not be read"),
    DONE: _("Done"),
    DROPPED: _("Thrown away"),
}
TONES = {READ: "blue", WAITING: "blue", RUNNING: "blue", STOPPED: "red", FAILED: "red", DONE: "green", DROPPED: ""}


@dataclass(frozen=True)
class Step:
    """One step: the states it may start from, and the state it leads to."""

    before: frozenset[str]
    after: str


STEPS = {
    "begin": Step(frozenset({READ, WAITING, RUNNING, STOPPED}), RUNNING),
    "stop": Step(frozenset({READ, RUNNING}), STOPPED),
    "fail": Step(frozenset({WAITING, RUNNING}), FAILED),
    "end": Step(frozenset({RUNNING}), DONE),
    "drop": Step(frozenset({READ, STOPPED}), DROPPED),
}
