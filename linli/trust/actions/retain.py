"""What the handling table says about time acts 保存期限: copies and traces of exports go when their grade says so."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.trust import slots
from linli.trust.actions.record import record
from linli.trust.models import ExportFile, ExportRequest
from linli.trust.queries.handling import handling_at
from linli.trust.rules.handling import months_before
from linli.trust.states import exports as states


def forget_retained(*, now: datetime) -> Mapping[str, int]:
    """Delete what is past the time of its grade; return how many by sort, and enter each sort into the ledger.

    The ledger itself is kept: its entries of the exports stay. A grade without months deletes nothing.
    """
    lines = handling_at(now).values()
    before = {
        line.grade: months_before(now, line.retention_months) for line in lines if line.retention_months is not None
    }
    if not before:
        return {}
    return {one.code: count for one in slots.retained.all() if (count := _forgotten(one, before, now))}


@transaction.atomic
def _forgotten(one: slots.Retained, before: Mapping[int, datetime], now: datetime) -> int:
    count = one.forget(before=before, now=now)
    if count:
        record(
            by=accounts.SYSTEM, action="delete", purpose="trust.retention", subjects=[], object_kind=one.code,
            object_id=f"{count} rows", elements=[], basis="trust.handling", now=now,
        )  # fmt: skip
    return count


class TracesOfExports(slots.Retained):
    """Requests for exports that have ended, with their reasons, and the list of files that left."""

    code, label = "trust.export_traces", _("traces of exports")

    def forget(self, *, before: Mapping[int, datetime], now: datetime) -> int:  # noqa: ARG002  the moments say it all
        """Delete them by the grade of what left."""
        count = 0
        for grade, moment in before.items():
            ended = ExportRequest.objects.filter(grade=grade, state__in=states.FINAL, ended_at__lt=moment)
            files = ExportFile.objects.filter(grade=grade, at__lt=moment)
            count += ended.count() + files.count()
            ended.delete()
            files.delete()
        return count
