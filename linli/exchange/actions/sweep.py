"""What the clock does 时限巡查: late answers are told once, what has ended is marked, what is silent stands."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from linli.accounts import api as accounts
from linli.exchange import facts, states
from linli.exchange.actions.apply_wire import tell_holder
from linli.exchange.actions.push import stop_push
from linli.exchange.actions.step import step_on
from linli.exchange.models import Application, Grant, Use
from linli.exchange.queries.sharing import here_to_answer
from linli.kernel import facts as journal

TOGETHER = 200
ANSWERS_KEPT = timedelta(days=1)


def tell_late_applications(*, now: datetime) -> int:
    """Tell of every application that was not answered in time, once; return how many. Sweeps may run side by side."""
    return _all(_tell_some, now)


def expire_grants(*, now: datetime) -> int:
    """Mark the grants whose period is over. They were closed at once; this is for who looks at them."""
    return _all(_expire_some, now)


def forget_answers(*, now: datetime) -> int:
    """Drop the answers that were kept for requests sent again, and the marks of the requests; the uses stay."""
    return Use.objects.filter(at__lt=now - ANSWERS_KEPT).filter(answer__isnull=False).update(answer=None, digest="")


def _all(some: Callable[[datetime], int], now: datetime) -> int:
    total = 0
    while done := some(now):
        total += done
    return total


@transaction.atomic
def _tell_some(now: datetime) -> int:
    late = here_to_answer().filter(state=states.APPLIED, late_told_at=None, due__lt=now).order_by("due", "id")
    rows = list(late.select_for_update(skip_locked=True, of=("self",))[:TOGETHER])
    told = [
        facts.ApplicationLate(application_id=row.pk, number=row.number, owner_unit_id=row.owner_unit_id, due=row.due)
        for row in rows if row.due
    ]  # fmt: skip
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(late_told_at=now)
    journal.publish_all(told, now=now)
    return len(rows)


@transaction.atomic
def _expire_some(now: datetime) -> int:
    over = Grant.objects.filter(state__in=[states.ACTIVE, states.SUSPENDED], closes_at__lte=now).order_by("id")
    rows = list(over.select_for_update(skip_locked=True)[:TOGETHER])
    for row in rows:
        step_on(row, "expire", by=accounts.SYSTEM, now=now)
        row.save(update_fields=["state"])
        stop_push(grant=row, now=now)
        tell_holder(row, now=now)
        journal.publish(facts.GrantEnded(row.pk, row.number, row.unit_id, row.state), now=now)
    return len(rows)
