"""The differences of a ledger since an issue, as a file beside the delivered form 变动清单."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.sheets.models import Issue, StandingLedger
from linli.sheets.queries.changes import CODE, changes_since, leaving_with
from linli.sheets.states import FILL
from linli.trust import api as trust
from linli.trust import slots as trust_slots


class LedgerChangesOut(trust_slots.Export):
    """What came, left and changed in a ledger since an issue."""

    code, capability = CODE, FILL
    label = _("changes of a standing ledger")

    def fetch(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> trust_slots.Leaving:
        """Return the differences. Raises NotAllowed, Hidden, PurposeMissingError, WishRefusedError."""
        ledger = StandingLedger.objects.get(pk=wanted["ledger"])
        trust.require(by, FILL, ledger)
        issue = Issue.objects.get(pk=wanted["issue"], ledger=ledger)
        return leaving_with(ledger, changes_since(ledger, issue, by=by, now=now, for_export=True))
