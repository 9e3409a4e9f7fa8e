"""What trust brings to the slots: the pulse that seals the ledger, the auditor's capability and their rows."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.accounts import slots as desks
from linli.kernel import slots as kernel
from linli.regions import api as regions
from linli.trust.actions.defer import DEFER
from linli.trust.actions.seal import seal_once
from linli.trust.queries.rights_of import of_own_unit

AUDIT = "trust.audit"
WORDS = {
    "read": _("read"),
    "search": _("searched"),
    "reveal": _("revealed"),
    "create": _("made"),
    "change": _("changed"),
    "export": _("handed out"),
    "ok": _("went through"),
    "refused": _("was refused"),
    "audit": _("audit"),
    "trust.ledger": _("the ledger"),
    "trust.rights": _("the rights of the person"),
    "right": _("a request of the person"),
    "right.copy": _("a copy of the data"),
    "right.correct": _("a correction by wish of the person"),
    "right.delete": _("a deletion"),
    "right.explain": _("an explanation"),
    "right.object": _("a decision by a person"),
    "trust.deferral": _("telling of looks later, by law"),
    "deferral": _("looks told later"),
    "defer": _("the approval to tell later"),
    "trust.answering": _("answering a question about the use of data"),
    "trust.look": _("an entry of the ledger"),
}


def deferral_desk() -> desks.Desk:
    """Return the desk of looks that are told later."""
    return desks.Desk(
        "deferrals", _("Looks told later"), "trust_deferrals", (DEFER, AUDIT), place=740, manages=True,
        hint=_("By law only: on which basis, for which business, until when, decided by whom."),
    )  # fmt: skip


__all__ = ["AUDIT", "DEFER", "WORDS", "SealLedger", "deferral_desk", "entries_to_audit", "of_own_unit"]


class SealLedger(kernel.Pulse):
    """Seals what waits in the ledger, ten times a second."""

    code = "trust.seal"

    def beat(self, *, now: datetime) -> None:
        """Append one seal where leaves wait."""
        seal_once(now=now)


def entries_to_audit(held: accounts.ActorHolding) -> Q:
    """Open all entries to the county centre, else those made in the units of the area."""
    if held.unit_kind == "centre":
        return Q()
    area = regions.descendants(held.division_id)
    return Q(unit_id__in=[unit.id for unit in accounts.units() if unit.division_id in area])
