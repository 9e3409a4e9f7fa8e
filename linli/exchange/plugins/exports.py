"""Rows that were set aside and lists of grants, as files that leave."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange.queries import exporting
from linli.exchange.queries.sources_sight import SOURCES
from linli.trust import slots as trust


class RejectedRows(trust.Export):
    """Rows of a source that were not taken, as they came."""

    code, label, capability = exporting.REJECTED, _("rows that were set aside"), SOURCES

    def fetch(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> trust.Leaving:  # noqa: ARG002  of any time
        """Return the rows. Raises NotAllowed."""
        return exporting.rejected_leaving(run_id=UUID(wanted["run"]), by=by)


class LinesOfBatch(trust.Export):
    """The file of a list that a grant worked off."""

    code, label, capability = exporting.BATCH, _("a list checked by a grant"), exporting.USE

    def fetch(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> trust.Leaving:  # noqa: ARG002  checked before
        """Return the lines. Raises NoSuchGrantError."""
        return exporting.batch_leaving(batch_id=UUID(wanted["batch"]), by=by)


ALL = (RejectedRows(), LinesOfBatch())
