"""Alarms 规则告警: what is in force and has broken since, raised once, ended when it is mended."""

from datetime import datetime

from django.db import transaction

from linli.events import facts
from linli.events.models import Enforcement, RuleAlarm
from linli.events.queries.rule_problems import standing_problems
from linli.events.queries.rulebook import rule_book
from linli.kernel import facts as journal


def check_standing_rules(*, now: datetime) -> list[RuleAlarm]:
    """Raise an alarm for each rule or matter in force that leads nowhere, end those that are mended; return the new."""
    book = rule_book(now)
    if book.version_id is None:
        return []
    broken = {problem.subject: problem for problem in reversed(standing_problems(book))}
    with transaction.atomic():
        still_open = RuleAlarm.objects.select_for_update().filter(ended_at=None)
        known = set(still_open.filter(duty_list_id=book.version_id).values_list("subject", flat=True))
        still_open.exclude(duty_list_id=book.version_id, subject__in=broken).update(ended_at=now)
        raised = []
        for subject in [one for one in broken if one not in known]:
            alarm = RuleAlarm(duty_list_id=book.version_id, subject=subject, problem=broken[subject].stored, since=now)
            raised.append(alarm)
            told = facts.RuleBroken(duty_list_id=alarm.duty_list_id, subject=subject, problem=broken[subject].kind)
            journal.publish(told, now=now)
        RuleAlarm.objects.bulk_create(raised, ignore_conflicts=True)
    return raised


def check_begun_versions(*, now: datetime) -> list[RuleAlarm]:
    """Look whether the rules still lead to somebody once a version has begun that was decided ahead; return the new.

    Each beginning is looked at once, however long the node stood still; without one it costs a single query.
    """
    begun = Enforcement.objects.filter(checked_at=None, cancelled_at=None, begins_at__lte=now)
    with transaction.atomic():
        rows = list(begun.select_for_update(skip_locked=True).values_list("pk", flat=True))
        if not rows:
            return []
        raised = check_standing_rules(now=now)
        Enforcement.objects.filter(pk__in=rows).update(checked_at=now)
    return raised
