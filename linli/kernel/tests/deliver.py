"""For the tests of every domain: let what was published be heard at once, in this process and transaction."""

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.kernel.actions.deliver import deliver_next
from linli.kernel.actions.relay import relay_once
from linli.kernel.models import Batch
from linli.kernel.rules.clock import now


def deliver_all() -> int:
    """Deliver until nothing is left, also what receivers publish themselves, and return how many facts were heard."""
    heard = 0
    while True:
        passed = relay_once(now=now(), settled=False)
        waiting = Batch.objects.filter(done_at=None).order_by("receiver").values_list("receiver", flat=True).distinct()
        told = sum(deliver_next(receiver=name, now=now()) for name in waiting)
        heard += told
        if not passed and not told:
            return heard


def do_jobs(queue: str = "outgoing") -> int:
    """Deliver what was published, do the jobs that wait in a queue, in order, and return how many there were."""
    done = 0
    while True:
        deliver_all()
        jobs = list(ProcrastinateJob.objects.filter(queue_name=queue, status="todo").order_by("id"))
        if not jobs:
            return done
        for job in jobs:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.id])
            app.tasks[job.task_name](**job.args)
        done += len(jobs)
