"""Telling people 告知: the number when the reporter asks for it, the answer at the end, new work to the unit."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Event, EventStage, Reporter
from linli.events.queries.policies import text_of
from linli.events.rules.message_texts import LONGEST_ANSWER
from linli.trust import api as trust

NOBODY, EMAIL = "none", "email"
TOLD_ELSEWHERE = frozenset({"hotline"})  # the platform that sent the ticket answers its caller itself
MOST_NUMBERS = 5


def tell_number(*, event_id: UUID, now: datetime) -> bool:
    """Send the reporter the number and who has it; return whether there was an address to send it to."""
    event = Event.objects.select_related("lead_unit").get(pk=event_id)
    values = {"number": event.number, "unit": event.lead_unit.name, "day": _day(event.handle_due)}
    text = text_of("receipt", values, now=now)
    return _post(event, _with_link(text, event), "receipt", f"receipt:{event.id}", now)


def tell_ended(*, event_ids: Sequence[UUID], now: datetime) -> int:
    """Send the reporters of ended events the answer, once for each ending; return how many were told."""
    rows = Event.objects.filter(id__in=event_ids, state__in=states.FINAL).select_related("lead_unit")
    return sum(_tell_end(event, now) for event in rows if event.channel not in TOLD_ELSEWHERE)


def tell_units(*, given: Iterable[tuple[UUID, int, UUID]], now: datetime) -> int:
    """Tell units of new work, one message a unit for all that came at once: (event, unit, fact that gave it)."""
    return sum(_tell_unit(unit_id, facts, now) for unit_id, facts in _by_unit(given, now).items())


def tell_risen(*, given: Iterable[tuple[UUID, int, UUID]], now: datetime) -> int:
    """Tell units of overdue events that rose to them, one message a unit: (event, unit, fact that raised it)."""
    return sum(_tell_unit(unit_id, facts, now, risen=True) for unit_id, facts in _by_unit(given, now).items())


def tell_missed(*, given: Iterable[tuple[UUID, int, UUID]], now: datetime) -> int:
    """Tell units of stages that are late, one message a unit: (stage, unit, fact that told it)."""
    return sum(_tell_missed(unit_id, facts, now) for unit_id, facts in _by_unit(given, now).items())


def _tell_end(event: Event, now: datetime) -> bool:
    answer = trust.redact(event.public_answer)
    if len(answer) > LONGEST_ANSWER:
        answer = answer[: LONGEST_ANSWER - 1] + "…"
    values = {
        "number": event.number, "state": states.LABELS[event.state], "unit": event.lead_unit.name, "answer": answer,
    }  # fmt: skip
    text = text_of("answer", values, now=now)
    return _post(event, _with_link(text, event), "answer", f"answer:{event.id}:{event.times_reopened}", now)


def _by_unit(given: Iterable[tuple[UUID, int, UUID]], now: datetime) -> Mapping[int, Mapping[UUID, UUID]]:
    """Return the fact of each event or stage by unit, of units told at some address: their own or of who is on duty."""
    wanting = accounts.units_told(now=now)
    by_unit: dict[int, dict[UUID, UUID]] = {}
    for event_id, unit_id, fact_id in given:
        if unit_id in wanting:
            by_unit.setdefault(unit_id, {})[event_id] = fact_id
    return by_unit


def _tell_unit(unit_id: int, facts: Mapping[UUID, UUID], now: datetime, *, risen: bool = False) -> int:
    rows = list(Event.objects.filter(id__in=facts, lead_unit_id=unit_id, closed_at=None).order_by("handle_due"))
    if not rows:
        return 0
    numbers = ", ".join(event.number for event in rows[:MOST_NUMBERS])
    values = {
        "n": len(rows), "unit": accounts.unit(unit_id).name, "numbers": numbers, "day": _day(rows[0].handle_due),
    }  # fmt: skip
    text = text_of("risen" if risen else "work", values, now=now)
    key = f"{'risen' if risen else 'dispatch'}:{unit_id}:{facts[rows[0].id]}"
    return accounts.tell_unit(unit_id=unit_id, text=text, key=key, now=now, about=rows[0].number)


def _tell_missed(unit_id: int, facts: Mapping[UUID, UUID], now: datetime) -> int:
    late = EventStage.objects.filter(id__in=facts, outcome="", event__lead_unit_id=unit_id).select_related("event")
    rows = list(late.order_by("due", "id"))
    if not rows:
        return 0
    stages = ", ".join(f"{row.event.number} {row.name}" for row in rows[:MOST_NUMBERS])
    text = text_of("missed", {"n": len(rows), "unit": accounts.unit(unit_id).name, "stages": stages}, now=now)
    key = f"missed:{unit_id}:{facts[rows[0].id]}"
    return accounts.tell_unit(unit_id=unit_id, text=text, key=key, now=now, about=rows[0].event.number)


def _post(event: Event, text: str, kind: str, key: str, now: datetime) -> bool:
    """Post to the reporter's phone, else to their mailbox. That the node used the address stands in the ledger."""
    channel, to = _address(event)
    if not to:
        return False
    with transaction.atomic():
        try:
            accounts.post_message(
                channel=channel, to=to, text=text, kind=kind, key=key, unit_id=event.lead_unit_id, now=now,
                about=event.number,
            )  # fmt: skip
        except accounts.BadAddressError:
            return False
        trust.record(
            by=accounts.SYSTEM, action="read", purpose="events.answer_reporter",
            subjects=[event.reporter_token] if event.reporter_token else [], object_kind="event",
            object_id=str(event.id), elements=["email" if channel == EMAIL else "phone"], now=now,
        )  # fmt: skip
    return True


def _address(event: Event) -> tuple[str, str]:
    reporter = Reporter.objects.filter(event=event).first()
    if reporter is None or settings.LINLI_TELL == NOBODY:
        return "", ""
    mobile = accounts.mobile_number(reporter.phone.reveal())
    if mobile:
        return settings.LINLI_TELL, mobile
    return EMAIL, reporter.email.reveal() if reporter.email else ""


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "MONTH_DAY_FORMAT")


def _with_link(text: str, event: Event) -> str:
    if not settings.PUBLIC_URL:
        return text
    return f"{text} {settings.PUBLIC_URL.rstrip('/')}{settings.CASE_PAGE.format(number=event.number)}"
