"""What the ledger says of a look, in words for the person who was looked at: nothing of anybody else."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = str | Promise
GUARDIAN = "guardian:"  # the basis of what a guardian did for a ward, before the id of the guardianship
BY_GUARDIAN, BY_WARD = gettext_lazy("A guardian"), gettext_lazy("The person themselves")
SEEN, LISTED, CHECKED = gettext_lazy("looked at"), gettext_lazy("saw in a list"), gettext_lazy("checked")
DEEDS: Mapping[str, Words] = {
    "read": SEEN,
    "card": SEEN,
    "reveal": gettext_lazy("looked at the whole of"),
    "list": LISTED,
    "search": LISTED,
    "changes": LISTED,
    "around": LISTED,
    "export": gettext_lazy("took out in a file"),
    "release": gettext_lazy("handed to another unit"),
    "exchange.query": gettext_lazy("was given, by an approved application,"),
    "exchange.file": gettext_lazy("was given, by an approved application,"),
    "exchange.push": gettext_lazy("was given, by an approved application,"),
    "exchange.verify": CHECKED,
    "exchange.answer": CHECKED,
    "create": gettext_lazy("wrote down"),
    "change": gettext_lazy("worked on"),
    "confirm_identity": gettext_lazy("confirmed at the counter, having seen"),
    "end_binding": gettext_lazy("ended the confirmation by"),
    "start_guardianship": gettext_lazy("confirmed a guardian at the counter, having seen"),
    "end_guardianship": gettext_lazy("ended a guardianship that rested on"),
    "consent": gettext_lazy("wrote down"),
    "withdraw_consent": gettext_lazy("wrote down the end of"),
    "mark": gettext_lazy("set up"),
    "unmark": gettext_lazy("wrote down the end of"),
    "ask_use": gettext_lazy("asked about"),
    "right_ask": gettext_lazy("asked to be given"),
    "right_take": gettext_lazy("took in hand the wish for"),
    "right_grant": gettext_lazy("did as asked:"),
    "right_refuse": gettext_lazy("refused"),
    "right_pass_up": gettext_lazy("passed on to the unit above the wish for"),
    "right_take_back": gettext_lazy("took back the wish for"),
    "right_copy": gettext_lazy("opened"),
    "tell": gettext_lazy("sent you a message about"),
    "propose": gettext_lazy("proposed to delete"),
    "delete": gettext_lazy("erased"),
    "keep": gettext_lazy("decided to keep"),
}
RESULTS: Mapping[str, Words] = {
    "ok": "",
    "refused": gettext_lazy("It was refused: nothing was seen."),
    "none": gettext_lazy("Nothing was found."),
}


def deed_words(action: str) -> str:
    """Return what was done, as a verb; an action that is not known here is said in general."""
    return str(DEEDS.get(action, gettext_lazy("used")))


def result_words(result: str) -> str:
    """Return how it ended, or nothing where it simply went through."""
    return str(RESULTS.get(result, ""))


def who_words(kind: str, unit: str, post: str, *, is_own: bool) -> str:
    """Return who it was: unit and post, never a name."""
    if is_own:
        return _("You yourself")
    if kind == "system":
        return _("The system, by itself")
    if kind == "guest":
        return _("Somebody who was not signed in")
    if kind == "resident" and not unit:
        return _("Another resident")
    return " · ".join(part for part in (unit, post) if part) or _("A unit that is not here any more")
