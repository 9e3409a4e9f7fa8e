"""What the interface for apps of others asks of people, read from its own description."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.events.rules.open311 import ASKED_FIELDS
from linli.trust import slots as trust

LOW, NUMBER = 2, 3  # grades: texts and places 2, what leads to a person 3
ELEMENTS: Mapping[str, tuple[str | Promise, int]] = {
    "event.text": (_("what happened"), LOW),
    "event.place": (_("where it is"), LOW),
    "event.photo": (_("photos"), LOW),
    "reporter.name": (_("name of the reporter"), NUMBER),
    "reporter.phone": (_("telephone of the reporter"), NUMBER),
    "reporter.email": (_("e-mail of the reporter"), NUMBER),
    "reporter.device": (_("mark of the telephone"), NUMBER),
    "reporter.account": (_("account in the app"), NUMBER),
}


class InterfaceAsker(trust.Asker):
    """Apps of others hand reports in through Open311; nothing about a person is required there."""

    code, label = "open311", _("app of others (Open311)")

    def askings(self, *, day: date) -> Sequence[trust.Asking]:  # noqa: ARG002  one signature
        """Return the one interface. No query."""
        codes = dict.fromkeys(code for code in ASKED_FIELDS.values() if code)
        elements = tuple(trust.Asked(code=code, label=ELEMENTS[code][0], grade=ELEMENTS[code][1]) for code in codes)
        asking = trust.Asking(
            code="app.open311", kind=trust.APP, label=self.label, activity="events.intake", elements=elements
        )
        return [asking]


def register() -> None:
    """Register it once, at start."""
    trust.askers.register(InterfaceAsker())
