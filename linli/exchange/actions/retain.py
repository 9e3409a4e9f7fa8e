"""Copies that exchange keeps beside the base go when the grade of their elements says so 数据副本清除."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.exchange.models import Batch, Dataset, Grant, Rejected
from linli.exchange.queries.exporting import grade_of_dataset, grades_of
from linli.trust import api as trust
from linli.trust import slots


class SettledRows(slots.Retained):
    """Rows that were set aside and are settled: they were sealed whole, for who corrected them."""

    code, label = "exchange.settled_rows", _("settled rows that were set aside")

    def forget(self, *, before: Mapping[int, datetime], now: datetime) -> int:  # noqa: ARG002  the moments say it all
        """Delete them by the highest grade of what their columns mean."""
        count = 0
        for dataset in Dataset.objects.all():
            moment = before.get(grade_of_dataset(dataset))
            if moment is not None:
                count += Rejected.objects.filter(dataset=dataset, settled_at__lt=moment).delete()[0]
        return count


class EndedBatches(slots.Retained):
    """Lists that grants worked off, with whom they were about and what was answered."""

    code, label = "exchange.ended_batches", _("ended lists of grants")

    def forget(self, *, before: Mapping[int, datetime], now: datetime) -> int:  # noqa: ARG002  the same
        """Delete them by the highest grade of their elements."""
        ended = Batch.objects.filter(ended_at__lt=max(before.values())).select_related("grant")
        over = [one.pk for one in ended.only("ended_at", "elements", "grant__kind") if _is_over(one, one.grant, before)]
        Batch.objects.filter(pk__in=over).delete()
        return len(over)


def _is_over(batch: Batch, grant: Grant, before: Mapping[int, datetime]) -> bool:
    moment = before.get(trust.highest_grade(grades_of(grant.kind, batch.elements)))
    return moment is not None and batch.ended_at is not None and batch.ended_at < moment


ALL = (SettledRows(), EndedBatches())
