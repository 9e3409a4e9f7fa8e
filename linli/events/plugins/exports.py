"""Lists of events and files of the hotline as files that leave."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events.actions.ticket_round import note_handed_back
from linli.events.queries import leaving
from linli.trust import slots as trust


class ListOfEvents(trust.Export):
    """A list of events as somebody sees it."""

    code, label, capability = leaving.LIST, _("list of events"), leaving.EXPORT

    def fetch(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> trust.Leaving:
        """Return the rows of now."""
        return leaving.list_leaving(data=wanted, by=by, now=now)


class ResultsOfTickets(trust.Export):
    """The file that goes back to the hotline platform."""

    code, label, capability = leaving.RESULTS, _("results for the hotline platform"), leaving.IMPORT

    def fetch(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> trust.Leaving:  # noqa: ARG002  of any time
        """Return the rows of now. Raises NotAllowed."""
        return leaving.results_leaving(data=wanted, by=by)

    def left(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> None:
        """Count what has ended as handed back."""
        note_handed_back(data=wanted, by=by, now=now)


class RejectedTickets(trust.Export):
    """Rows of a file of the hotline that were not taken."""

    code, label, capability = leaving.REJECTED, _("rows of the hotline that were not taken"), leaving.IMPORT

    def fetch(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> trust.Leaving:  # noqa: ARG002  of any time
        """Return the rows. Raises NotAllowed."""
        return leaving.rejected_leaving(data=wanted, by=by)


ALL = (ListOfEvents(), ResultsOfTickets(), RejectedTickets())
