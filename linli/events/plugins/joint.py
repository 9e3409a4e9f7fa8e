"""What joint handling brings to the slots below: its capability, its row filters, its words in the ledger."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts
from linli.events.models import Event, Task
from linli.events.queries import sight
from linli.trust import slots as trust

WHISTLE = "events.whistle"
WORDS = {
    "task_give": _("a task for another unit"),
    "task_answer": _("the answer to a task"),
    "task_sign_off": _("the sign-off of a task"),
    "task_back": _("a task sent back"),
    "task_withdraw": _("a task withdrawn"),
    "stage_done": _("a finished stage"),
    "playbook_start": _("the beginning of a plan"),
    "playbook_stop": _("the stop of a plan"),
    "playbook_end": _("the end of a plan"),
    "whistle": _("a call for joint action"),
    "arrive": _("the arrival at the scene"),
    "respond": _("the answer to a call"),
    "link": _("a link between events"),
    "unlink": _("the end of a link"),
    "merge": _("a merge of events"),
    "split": _("an event taken out of a group"),
    "follow": _("following an event"),
    "follow_again": _("what a follower added"),
}


def register() -> None:
    """Register everything once, at start."""
    accounts.capabilities.register(accounts.Capability(WHISTLE, _("call units to the scene of an event")))
    for code, label in WORDS.items():
        trust.words.register(trust.Word(code, label))
    trust.row_filters.register(trust.RowFilter(Event, WHISTLE, where=sight.in_reach))
    trust.row_filters.register(trust.RowFilter(Task, "events.handle", where=lambda held: Q(unit_id=held.unit_id)))
