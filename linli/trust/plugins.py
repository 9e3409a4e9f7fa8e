"""What trust brings to the slots of the domains below."""

from datetime import datetime

from linli.kernel import slots as kernel
from linli.trust.actions.seal import seal_once


class SealLedger(kernel.Pulse):
    """Seals what waits in the ledger, ten times a second."""

    code = "trust.seal"

    def beat(self, *, now: datetime) -> None:
        """Append one seal where leaves wait."""
        seal_once(now=now)
