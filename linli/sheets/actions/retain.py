"""Delivered forms are kept as long as the grade of what is in them says 留存期限; receipts and their hashes stay."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.sheets.models import Delivery
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


def _forgotten(delivery: Delivery) -> bool:
    """Delete the files of one; tell whether there were any."""
    there = [one for one in (delivery.file, delivery.data) if one.storage.exists(str(one.name))]
    for one in there:
        one.storage.delete(str(one.name))
    return bool(there)
