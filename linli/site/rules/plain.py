"""A resident's timeline in plain words: what each step of a report means to the person who made it."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STEPS: dict[str, Promise] = {
    "report": gettext_lazy("You told us about it"),
    "dispatch": gettext_lazy("Handed to %(unit)s"),
    "redispatch": gettext_lazy("Handed to %(unit)s"),
    "hold_for_screening": gettext_lazy("%(unit)s is choosing who is best to handle it"),
    "accept": gettext_lazy("%(unit)s has taken it on"),
    "return": gettext_lazy("It is not theirs to handle; we are finding the right unit"),
    "start": gettext_lazy("%(unit)s has begun"),
    "contact": gettext_lazy("%(unit)s has been in touch with you"),
    "note": gettext_lazy("%(unit)s wrote to you"),
    "submit": gettext_lazy("%(unit)s says it is done; somebody else is checking"),
    "send_back": gettext_lazy("The check found it not good enough yet; it is being done again"),
    "pass": gettext_lazy("The check found it in order"),
    "close": gettext_lazy("Finished"),
    "reject": gettext_lazy("This can't be handled here"),
    "pause": gettext_lazy("%(unit)s waits for your answer; the clock stands meanwhile"),
    "resume": gettext_lazy("%(unit)s goes on"),
    "uphold": gettext_lazy("Another unit has it now: %(unit)s"),
    "escalate": gettext_lazy("It took too long; %(unit)s has it now and must finish it"),
    "raise": gettext_lazy("It took too long; %(unit)s sees to it first"),
    "reopen": gettext_lazy("Opened again; the time allowed is half of the first"),
    "information": gettext_lazy("You added"),
    "rate": gettext_lazy("You told us what you think of it"),
    "photo": gettext_lazy("Photos were added"),
    "followed": gettext_lazy("You follow it"),
    "merge": gettext_lazy("Others reported it too; it is handled as one, and you get the same reply"),
    "split": gettext_lazy("It is something else after all and handled by itself again"),
    "split_open": gettext_lazy("It is something else after all and handled by itself again"),
    "answer_along": gettext_lazy("Finished"),
    "close_along": gettext_lazy("Finished"),
    "ride_again": gettext_lazy("Opened again, because it was not solved for somebody else"),
}
BY_RESIDENT = frozenset({"report", "information", "rate", "photo", "followed"})
NEXT: dict[str, Promise] = {
    "reported": gettext_lazy("Next: it is handed to the right unit"),
    "screening": gettext_lazy("Next: a person chooses the right unit"),
    "dispatched": gettext_lazy("Next: %(unit)s takes it on"),
    "reopened": gettext_lazy("Next: %(unit)s takes it on"),
    "accepted": gettext_lazy("Next: %(unit)s goes to see"),
    "in_progress": gettext_lazy("Next: done, then checked by somebody else"),
    "submitted": gettext_lazy("Next: checked by somebody else; please have a look too"),
    "checked": gettext_lazy("Next: closed once you have had a look"),
}


def step_sentence(step: str, unit: str) -> str:
    """Say what a step means; an unknown one is said in general."""
    return str(STEPS.get(step, _("There is news"))) % {"unit": unit or _("The county centre")}


def next_sentence(state: str, unit: str) -> str:
    """Say what comes next, or nothing when nothing does."""
    return str(NEXT.get(state, "")) % {"unit": unit or _("The county centre")}


def day_text(moment: datetime) -> str:
    """Say a local day: 3 June, 6月3日."""
    return _("{d.day} {d:%B}").format(d=moment)
