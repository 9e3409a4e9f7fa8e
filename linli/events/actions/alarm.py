"""Alarms 规则告警: what is in force and has broken since, raised once, ended when it is mended."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from linli.events import facts
from linli.events.models import Enforcement, RuleAlarm
from linli.events.queries.rising import DEAD_END, dead_ends
from linli.events.queries.rule_problems import standing_problems
from linli.events.queries.rulebook import rule_book
from linli.events.rules.standards import Problem
from linli.kernel import facts as journal


def check_standing_rules(*, now: datetime) -> list[RuleAlarm]:
    """Raise an alarm for each rule or matter in force that leads nowhere, end those that are mended; return the new."""
    book = rule_book(now)
    if book.version_id is None:
        return []
    broken = {problem.subject: problem for problem in reversed(standing_problems(book))}
    with transaction.atomic():
        still_open = RuleAlarm.objects.select_for_update().filter(ended_at=None).exclude(subject__startswith=DEAD_END)
        known = set(still_open.filter(duty_list_id=book.version_id).values_list("subject", flat=True))
        still_open.exclude(duty_list_id=book.version_id, subject__in=broken).update(ended_at=now)
        return _raise([problem for subject, problem in broken.items() if subject not in known], book.version_id, now)


def keep_dead_ends(stuck: Iterable[Problem], *, now: datetime) -> list[RuleAlarm]:
    """Raise an alarm for each level from which overdue events can't rise; end those before which none waits any more.

    Without any it costs a single query. Returns the new ones; on a node without standards there are none.
    """
    found, version = {problem.subject: problem for problem in stuck}, rule_book(now).version_id
    still_open = RuleAlarm.objects.filter(ended_at=None, subject__startswith=DEAD_END)
    known = set(still_open.values_list("subject", flat=True))
    if version is None or not (found or known):
        return []
    with transaction.atomic():
        if over := known - set(found):
            over -= {problem.subject for problem in dead_ends(now)}
            still_open.filter(subject__in=over).update(ended_at=now)
        return _raise([problem for subject, problem in found.items() if subject not in known], version, now)


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


def _raise(problems: Iterable[Problem], version: int, now: datetime) -> list[RuleAlarm]:
    raised = []
    for problem in problems:
        raised.append(RuleAlarm(duty_list_id=version, subject=problem.subject, problem=problem.stored, since=now))
        told = facts.RuleBroken(duty_list_id=version, subject=problem.subject, problem=problem.kind)
        journal.publish(told, now=now)
    RuleAlarm.objects.bulk_create(raised, ignore_conflicts=True)
    return raised
