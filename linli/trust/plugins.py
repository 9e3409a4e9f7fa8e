"""What trust brings to the slots: the pulse that seals the ledger, the auditor's capability and their rows."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.kernel import slots as kernel
from linli.regions import api as regions
from linli.trust.actions.seal import seal_once

AUDIT = "trust.audit"
# What a look reads besides people, of the floors below: revisions, code tables, divisions and grids.
OPEN_TABLES = (
    "kernel_revision", "kernel_codetable", "kernel_codeentry", "regions_division", "regions_grid",
    "regions_gridversion", "regions_formername", "regions_succession",
)  # fmt: skip
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
}


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
