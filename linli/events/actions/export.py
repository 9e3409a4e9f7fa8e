"""Lists of events and files of the hotline leave as files 导出, through the one room of trust."""

from datetime import datetime

from linli.accounts import api as accounts
from linli.events.models import TicketFile
from linli.events.queries.inbox import InboxFilter
from linli.events.queries.leaving import LIST, REJECTED, RESULTS, as_data
from linli.trust import api as trust


def export_events(*, wanted: InboxFilter, by: accounts.Actor, now: datetime) -> trust.Taken:
    """Take out the list that somebody sees, without reporters and texts, at most 20,000 events.

    Raises NotAllowed, and ApprovalNeededError where so many rows need a second person.
    """
    return trust.take_out(kind=LIST, wanted=as_data(wanted), by=by, now=now)


def hand_back(*, file: TicketFile, by: accounts.Actor, now: datetime, only_new: bool = False) -> trust.Taken:
    """Take out the file for the platform: its columns as they came, filled and added to.

    What has ended counts as handed back. The columns that came hold who called, so the ledger keeps the use. Raises
    NotAllowed, ApprovalNeededError.
    """
    return trust.take_out(kind=RESULTS, wanted={"file": str(file.pk), "only_new": only_new}, by=by, now=now)


def hand_out_rejected(*, file: TicketFile, by: accounts.Actor, now: datetime) -> trust.Taken:
    """Take out the rows of a file that were not taken, ready to be mended and sent again.

    Raises NotAllowed, ApprovalNeededError.
    """
    return trust.take_out(kind=REJECTED, wanted={"file": str(file.pk)}, by=by, now=now)
