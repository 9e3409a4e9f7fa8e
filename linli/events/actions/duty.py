"""The duty list is taken in as a new version, and put in force on a day."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from linli.events.models import DutyList, MatterItem
from linli.kernel import api as kernel

LIMIT_FIELDS = ("accept_hours", "contact_hours", "handle_limit", "handle_unit")
ITEM_FIELDS = (
    "code", "name", "class_path", "description", "nature", "keywords", "grade", "lead", "co_units", "fallback",
    "legal_basis", "duty_kind", "closing_conditions", "evidence", *LIMIT_FIELDS,
)  # fmt: skip


def add_duty_list(
    *, name: str, source: str, items: Sequence[Mapping[str, Any]], now: datetime, is_sample: bool = False
) -> DutyList:
    """Add a version of the duty list with its matters; it is not in force yet."""
    with transaction.atomic():
        newest = DutyList.objects.aggregate(newest=Max("number"))["newest"] or 0
        added = DutyList.objects.create(number=newest + 1, name=name, source=source, is_sample=is_sample, made_at=now)
        MatterItem.objects.bulk_create(
            [MatterItem(duty_list=added, **{key: item[key] for key in ITEM_FIELDS if key in item}) for item in items]
        )
    return added


def put_in_force(*, duty_list: DutyList, now: datetime) -> None:
    """Let new reports follow this version from now on. Running events keep theirs."""
    with transaction.atomic():
        duty_list.in_force_from = now
        duty_list.save(update_fields=["in_force_from"])
        kernel.bump("duty")
