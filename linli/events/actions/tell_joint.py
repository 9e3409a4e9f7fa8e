"""Telling people about joint work 告知: followers and merged reporters the one reply, units their tasks and calls."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from linli.accounts import api as accounts
from linli.events import states
from linli.events.actions.tell import NOBODY, tell_ended
from linli.events.models import Follower, Task, Whistle
from linli.events.queries.policies import text_of
from linli.events.rules.message_texts import LONGEST_ANSWER
from linli.trust import api as trust


def tell_riders(*, holder_ids: Iterable[UUID], now: datetime) -> int:
    """Send the one reply to followers and to merged reporters, once for each ending; return how many were told."""
    ids = list(dict.fromkeys(holder_ids))
    followers = Follower.objects.filter(id__in=ids).select_related("event__lead_unit")
    told = sum(_tell_follower(follower, now) for follower in followers)
    return told + tell_ended(event_ids=ids, now=now)


def tell_tasks(*, task_ids: Iterable[UUID], now: datetime) -> int:
    """Tell units what they are asked to do; return how many were told."""
    wanting = accounts.units_told(now=now)
    tasks = Task.objects.filter(id__in=list(task_ids), unit_id__in=wanting, state=Task.State.OPEN)
    return sum(_tell_task(task, now) for task in tasks.select_related("event", "unit"))


def tell_called(*, whistle_ids: Iterable[UUID], now: datetime) -> int:
    """Tell units that they are called to a scene; return how many were told."""
    wanting = accounts.units_told(now=now)
    rows = Whistle.objects.filter(id__in=list(whistle_ids)).select_related("event", "unit")
    called = [(row, one.unit_id) for row in rows.prefetch_related("responses") for one in row.responses.all()]
    return sum(_tell_called(row, unit_id, now) for row, unit_id in called if unit_id in wanting)


def _tell_follower(follower: Follower, now: datetime) -> bool:
    event, mobile = follower.event, accounts.mobile_number(follower.phone.reveal())
    if not mobile or settings.LINLI_TELL == NOBODY:
        return False
    values = {
        "number": follower.number, "state": states.LABELS[event.state], "unit": event.lead_unit.name,
        "answer": trust.redact(event.public_answer)[:LONGEST_ANSWER],
    }  # fmt: skip
    text = text_of("follower", values, now=now)
    with transaction.atomic():
        accounts.post_message(
            channel=settings.LINLI_TELL, to=mobile, text=text, kind="answer",
            key=f"answer:{follower.id}:{event.times_reopened}", unit_id=event.lead_unit_id, now=now,
            about=follower.number,
        )  # fmt: skip
        trust.record(
            by=accounts.SYSTEM, action="read", purpose="events.answer_reporter",
            subjects=[follower.token] if follower.token else [], object_kind="event", object_id=str(event.id),
            elements=["phone"], now=now,
        )  # fmt: skip
    return True


def _tell_task(task: Task, now: datetime) -> int:
    values = {"unit": task.unit.name, "when": _moment(task.due), "what": task.what, "number": task.event.number}
    text = text_of("task", values, now=now)
    return accounts.tell_unit(unit_id=task.unit_id, text=text, key=f"task:{task.id}", now=now, about=task.event.number)


def _tell_called(whistle: Whistle, unit_id: int, now: datetime) -> int:
    values = {
        "caller": whistle.unit.name, "unit": accounts.unit(unit_id).name, "when": _moment(whistle.due),
        "number": whistle.event.number,
    }  # fmt: skip
    text = text_of("call", values, now=now)
    key = f"whistle:{whistle.id}:{unit_id}"
    return accounts.tell_unit(unit_id=unit_id, text=text, key=key, now=now, about=whistle.event.number)


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{date_format(local, 'MONTH_DAY_FORMAT')} {local:%H:%M}"
