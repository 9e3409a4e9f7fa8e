"""The alarms that are open: what is in force and leads nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.events.models import RuleAlarm
from linli.events.rules.standards import problem_sentence


@dataclass(frozen=True)
class Alarm:
    """What broke, as a sentence, and since when."""

    subject: str
    sentence: str
    since: datetime


def open_alarms() -> Sequence[Alarm]:
    """Return what is broken in the standards in force, the newest first."""
    rows = RuleAlarm.objects.filter(ended_at=None).order_by("-since", "subject")
    return [Alarm(row.subject, problem_sentence(row.problem), row.since) for row in rows]
