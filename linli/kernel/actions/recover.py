"""Put right what a killed process left behind, and throw away what is long done."""

from collections import Counter
from datetime import datetime, timedelta

from asgiref.sync import async_to_sync
from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.kernel import facts
from linli.kernel.actions.relay import DELIVER, defer_deliveries
from linli.kernel.models import Batch

KEPT = timedelta(days=7)


def recover_jobs(*, stalled_after: float, now: datetime) -> int:
    """Retry the jobs of workers silent for so many seconds, defer anew where a batch has no job; return how many."""
    stalled = list(async_to_sync(jobs.job_manager.get_stalled_jobs)(seconds_since_heartbeat=stalled_after))
    for job in stalled:
        if job.id is not None:
            jobs.job_manager.retry_job_by_id(job.id, retry_at=now)
    return len(stalled) + _defer_missing()


def forget_done_batches(*, now: datetime) -> int:
    """Delete batches that were done a week ago."""
    deleted, _ = Batch.objects.filter(done_at__lt=now - KEPT).delete()
    return deleted


def _defer_missing() -> int:
    known = facts.receivers()
    open_batches = Counter(Batch.objects.filter(done_at=None, receiver__in=known).values_list("receiver", flat=True))
    alive = ProcrastinateJob.objects.filter(task_name=DELIVER, status__in=["todo", "doing"])
    missing = open_batches - Counter(alive.values_list("lock", flat=True))
    with transaction.atomic():
        for receiver, count in missing.items():
            defer_deliveries(receiver, count)
    return missing.total()
