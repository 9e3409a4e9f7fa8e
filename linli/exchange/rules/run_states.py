"""The life of a run 归集批次 as data: its states, and the steps that lead from one to another."""

from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel

READ, WAITING, RUNNING, STOPPED, FAILED, DONE, DROPPED, ABANDONED = (
    "read", "waiting", "running", "stopped", "failed", "done", "dropped", "abandoned",
)  # fmt: skip
LABELS = {
    READ: _("To be looked at"),
    WAITING: _("In line"),
    RUNNING: _("Running"),
    STOPPED: _("Stopped: columns changed"),
    FAILED: _("Could not be read"),
    DONE: _("Done"),
    DROPPED: _("Thrown away"),
    ABANDONED: _("Given up, part of it taken"),
}
TONES = {
    READ: "blue", WAITING: "blue", RUNNING: "blue", STOPPED: "red", FAILED: "red", DONE: "green", DROPPED: "",
    ABANDONED: "amber",
}  # fmt: skip


STEPS = {
    "begin": kernel.Step(frozenset({READ, WAITING, RUNNING, STOPPED}), RUNNING),
    "stop": kernel.Step(frozenset({READ, RUNNING}), STOPPED),
    "fail": kernel.Step(frozenset({WAITING, RUNNING}), FAILED),
    "end": kernel.Step(frozenset({RUNNING}), DONE),
    "give_up": kernel.Step(frozenset({RUNNING}), ABANDONED),
    "drop": kernel.Step(frozenset({READ, STOPPED}), DROPPED),
}
