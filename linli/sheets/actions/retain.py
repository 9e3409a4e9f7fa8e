"""Delivered forms and rows of old issues are kept as long as their grade says 留存期限; receipts and counts stay."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.sheets.models import Delivery, IssueRow, StandingLedger
from linli.sheets.queries.ledgers import grade_of, last_issue
from linli.trust import slots


class DeliveredForms(slots.Retained):
    """Files that were delivered, and their rows with sources, sealed for who delivered and who asked."""

    code, label = "sheets.deliveries", _("delivered forms that are kept")

    def forget(self, *, before: Mapping[int, datetime], now: datetime) -> int:  # noqa: ARG002  the moments say it all
        """Delete the files of deliveries by the grade of the set; return of how many."""
        return sum(
            _forgotten(one)
            for grade, moment in before.items()
            for one in Delivery.objects.filter(grade=grade, at__lt=moment).exclude(data="")
        )


class LedgerIssues(slots.Retained):
    """What the rows of standing ledgers said in issues before the last, sealed, to show what is new since."""

    code, label = "sheets.issues", _("issues of standing ledgers that are kept")

    def forget(self, *, before: Mapping[int, datetime], now: datetime) -> int:  # noqa: ARG002  the moments say it all
        """Delete the rows of old issues by the grade of their ledger; return of how many issues. The last one stays."""
        return sum(
            bool(IssueRow.objects.filter(issue=issue).delete()[0])
            for ledger in StandingLedger.objects.all()
            if (moment := before.get(grade_of(ledger)))
            for issue in ledger.issues.filter(at__lt=moment).order_by("-at", "-id")
            if issue != last_issue(ledger)
        )


def _forgotten(delivery: Delivery) -> bool:
    """Delete the files of one; tell whether there were any."""
    there = [one for one in (delivery.file, delivery.data) if one.storage.exists(str(one.name))]
    for one in there:
        one.storage.delete(str(one.name))
    return bool(there)
