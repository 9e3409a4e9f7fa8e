"""A county opens matters to the public, and ends it; what was reported in between stays public."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.models import OpenMatter
from linli.trust import api as trust

INTERFACES = "events.interfaces"


def set_open_matters(*, codes: Collection[str], exact: Collection[str], by: accounts.Actor, now: datetime) -> int:
    """Open exactly these matters to the public from now on, those of `exact` with the exact place; return the changes.

    What was opened or ended is kept with its time and who decided. Raises NotAllowed.
    """
    trust.require(by, INTERFACES)
    with transaction.atomic():
        rows = OpenMatter.objects.select_for_update().filter(until=None)
        standing = {(row.matter_code, row.exact_place) for row in rows}
        wanted = {(code, code in exact) for code in codes}
        for code, is_exact in standing - wanted:
            OpenMatter.objects.filter(matter_code=code, exact_place=is_exact, until=None).update(until=now)
        OpenMatter.objects.bulk_create(
            OpenMatter(matter_code=code, exact_place=is_exact, since=now, by_id=by.person_id)
            for code, is_exact in sorted(wanted - standing)
        )
        changed = wanted ^ standing
        if changed:
            trust.record(
                by=by, action="change", purpose="events.open_data", subjects=[], object_kind="open_matters",
                object_id=len(wanted), elements=sorted({code for code, _exact in changed}), now=now,
            )  # fmt: skip
    return len(changed)
