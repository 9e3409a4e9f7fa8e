"""What is found out for a form goes to the owner of the element as a correction 采集回写."""

from datetime import datetime

from linli.accounts import api as accounts
from linli.exchange.actions.correct import Finding, propose_correction
from linli.exchange.rules.sharing_refusals import AlreadyProposedError, RefusedError
from linli.sheets import slots as sheets


class AsCorrection(sheets.Proposer):
    """A value found out on a visit is proposed to its owner; what somebody proposed already is left to them."""

    code = "corrections"

    def propose(self, found: sheets.Found, *, by: accounts.Actor, now: datetime) -> None:
        """Propose it as seen on the day. Raises AnswerRefusedError."""
        finding = Finding(found.entity_id, found.element, found.value, found.evidence, found.seen_on)
        try:
            propose_correction(finding=finding, by=by, now=now)
        except AlreadyProposedError:
            return
        except RefusedError as refused:
            raise sheets.AnswerRefusedError(str(refused)) from refused


def register() -> None:
    """Register it."""
    sheets.proposers.register(AsCorrection())
