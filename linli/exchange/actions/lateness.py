"""Data sets that bring nothing within their update cycle: told once, until they come again."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from linli.exchange import facts
from linli.exchange.models import Dataset
from linli.exchange.queries.datasets import late_since, stopped_runs
from linli.kernel import facts as journal


@transaction.atomic
def tell_late(*, now: datetime) -> int:
    """Tell of each data set that has become late. Returns how many."""
    waiting = Dataset.objects.select_for_update().filter(late_told_at=None).exclude(cycle="other")
    late = [(one, since) for one in waiting if (since := late_since(one, now))]
    for one, since in late:
        journal.publish(facts.DatasetLate(one.pk, one.name, since), now=now)
    Dataset.objects.filter(pk__in=[one.pk for one, _since in late]).update(late_told_at=now)
    return len(late)


def due_datasets(*, now: datetime) -> list[Dataset]:
    """Return the data sets whose source is to be asked again now; not where a run waits for its columns."""
    scheduled = (
        Dataset.objects.filter(~Q(connection=None), every_minutes__isnull=False)
        .exclude(Exists(stopped_runs().filter(dataset=OuterRef("pk"))))
        .order_by(F("read_at").asc())
    )
    return [
        one for one in scheduled
        if one.mapping and (one.read_at is None or (now - one.read_at).total_seconds() >= 60 * (one.every_minutes or 0))
    ]  # fmt: skip
