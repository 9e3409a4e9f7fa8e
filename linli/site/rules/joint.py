"""What the steps of joint handling and of groups are called among officers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def joint_words(step: str, data: Mapping[str, Any]) -> str:
    """Return such a step in words; nothing for a step of another kind."""
    known = {"unit": data.get("unit", ""), "what": data.get("what", ""), "plan": data.get("plan", ""),
             "number": data.get("number", "")}  # fmt: skip
    known["units"] = pgettext("between names", ", ").join(data.get("units", []))
    sentence = _tasks_and_plans(step) or _calls(step, late=bool(data.get("late"))) or _groups(step)
    return sentence % known


def task_words(state: str) -> str:
    """Return where a task stands."""
    return {
        "open": _("task to be done"),
        "answered": _("task waits for the sign-off"),
        "done": _("task done"),
        "withdrawn": _("task withdrawn"),
    }.get(state, state)


def standing_words(how: str, *, late: bool) -> str:
    """Return how a called unit stands."""
    if how == "arrived":
        return _("arrived late") if late else _("arrived in time")
    if how == "answered":
        return _("answered late") if late else _("answered, has not come")
    return _("no answer, overdue") if late else _("no answer yet")


def _tasks_and_plans(step: str) -> str:
    return {
        "task_give": _("Task for %(unit)s"),
        "task_answer": _("%(unit)s answers the task “%(what)s”"),
        "task_back": _("More asked of %(unit)s: “%(what)s”"),
        "task_sign_off": _("Signed off: “%(what)s” by %(unit)s"),
        "task_withdraw": _("Task withdrawn: “%(what)s” of %(unit)s"),
        "stage_done": _("Stage finished by %(unit)s: “%(what)s”"),
        "playbook_start": _("Plan begun: %(plan)s"),
        "playbook_stop": _("Plan stopped: %(plan)s"),
        "playbook_end": _("Plan worked off: %(plan)s"),
    }.get(step, "")


def _calls(step: str, *, late: bool) -> str:
    return {
        "whistle": _("Called to the scene: %(units)s"),
        "arrive": _("%(unit)s arrived, late") if late else _("%(unit)s arrived in time"),
        "respond": _("%(unit)s answered the call late") if late else _("%(unit)s answered the call"),
    }.get(step, "")


def _groups(step: str) -> str:
    return {
        "link": _("Linked with %(number)s"),
        "unlink": _("No longer linked with %(number)s"),
        "merge": _("Merged into %(number)s"),
        "merge_in": _("%(number)s was merged into this one"),
        "split": _("Taken out of %(number)s, open by itself again"),
        "split_open": _("Taken out of %(number)s, open by itself again"),
        "split_off": _("%(number)s was taken out again"),
        "child": _("%(number)s is part of this one now"),
        "parent": _("Part of %(number)s now"),
        "child_ended": _("The part %(number)s has ended"),
        "close_along": _("Closed together with %(number)s"),
        "answer_along": _("Closed with the reply to %(number)s"),
        "ride_again": _("%(number)s was opened again"),
        "detach": _("Goes on by itself, without %(number)s"),
        "follow": _("Somebody else has this too and follows it: %(number)s"),
        "follow_again": _("Somebody who follows it adds: %(number)s"),
        "source": _("Raised to cure the source"),
        "cause": _("One of the causes of %(number)s"),
    }.get(step, "")
