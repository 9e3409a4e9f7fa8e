"""Exports of many rows 导出审批: asked with a reason, decided by others along the chain of the grade, taken back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.trust import facts
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.actions.take_out import move
from linli.trust.models import ExportRequest
from linli.trust.queries.exports import decides_now, label_of, requests_to_decide
from linli.trust.rules.exports import next_place
from linli.trust.rules.handling import handling
from linli.trust.rules.refusals import ExportRefusedError, Hidden
from linli.trust.states import exports as states

PURPOSE, PREFIX, SHORTEST = "trust.exports", "EX", 10


@transaction.atomic
def ask_export(*, request_id: UUID, reason: str, by: accounts.Actor, now: datetime) -> ExportRequest:
    """Send a request that was begun, with the reason. Raises Hidden, ExportRefusedError."""
    row = _own(request_id, by)
    if len(reason.strip()) < SHORTEST:
        raise ExportRefusedError(_("Say in a sentence what so many rows are needed for and who will get the file."))
    line = handling(row.grade)
    row.reason, row.waits_for, row.asked_at = reason.strip()[:1000], next_place(line, ""), now
    row.number = kernel.next_number(prefix=PREFIX, day=timezone.localdate(now))
    row.due_at = regions.add_working(now, days=line.answer_days)
    row.expires_at = regions.add_working(now, days=line.answer_days * 2 + 1)
    move(row, "ask", by, now, words=row.reason)
    _note(row, "ask", by, now)
    journal.publish(facts.ExportAsked(request_id=row.pk, number=row.number, waits_for=row.waits_for), now=now)
    _tell(row, _("%(what)s of %(rows)s rows waits for your decision: %(number)s."), now)
    return row


@transaction.atomic
def decide_export(*, request_id: UUID, allowed: bool, words: str, by: accounts.Actor, now: datetime) -> ExportRequest:
    """Allow or refuse it with words, where it is one's turn. Allowed by the last of the chain it can be fetched.

    Raises NotAllowed, Hidden, ExportRefusedError.
    """
    require(by, states.DECIDE)
    seen = requests_to_decide(by).filter(pk=request_id).exists()
    row = ExportRequest.objects.select_for_update().filter(pk=request_id).first() if seen else None
    if row is None:
        raise Hidden(states.DECIDE)
    if not words.strip():
        raise ExportRefusedError(_("Write to who asked why it is allowed, or why not."))
    if not decides_now(by, row) or row.expires_at <= now:
        raise ExportRefusedError(_("It is not your turn: it was decided, you decided before, or its time is over."))
    line, place = handling(row.grade), row.waits_for
    row.waits_for = next_place(line, place) if allowed else ""
    step = "refuse" if not allowed else "pass_on" if row.waits_for else "allow"
    row.decided_by_id, row.decided_at, row.words = by.person_id, now, words.strip()[:300]
    row.due_at = regions.add_working(now, days=line.answer_days) if row.waits_for else None
    if step == "allow":
        row.fetches, row.expires_at = line.fetches, now + timedelta(days=line.open_days)
    elif step == "pass_on":
        row.expires_at = regions.add_working(now, days=line.answer_days * 2 + 1)
    move(row, step, by, now, words=row.words, place=place)
    _note(row, step, by, now)
    journal.publish(facts.ExportDecided(request_id=row.pk, number=row.number, outcome=row.state), now=now)
    _tell(row, _("%(number)s: a step was decided. Look under the exports."), now)
    return row


@transaction.atomic
def take_back_export(*, request_id: UUID, by: accounts.Actor, now: datetime) -> None:
    """Let who asked take it back, as long as it was not fetched. Raises Hidden, ExportRefusedError."""
    row = _own(request_id, by)
    move(row, "take_back", by, now)
    _note(row, "take_back", by, now)


def lapse_exports(*, now: datetime) -> int:
    """End what was not sent, decided or fetched in time; return how many. What was never sent is deleted."""
    ExportRequest.objects.filter(state=states.BEGUN, expires_at__lte=now).delete()
    late = ExportRequest.objects.filter(state__in=states.OPEN, expires_at__lte=now).values_list("pk", flat=True)
    return sum(_lapsed(key, now) for key in list(late))


@transaction.atomic
def _lapsed(key: UUID, now: datetime) -> int:
    row = ExportRequest.objects.select_for_update().filter(pk=key, state__in=states.OPEN, expires_at__lte=now).first()
    if row is None:
        return 0
    move(row, "lapse", accounts.SYSTEM, now)
    _note(row, "lapse", accounts.SYSTEM, now)
    return 1


def _own(request_id: UUID, by: accounts.Actor) -> ExportRequest:
    row = ExportRequest.objects.select_for_update().filter(pk=request_id, asked_by_id=by.person_id).first()
    if row is None or by.person_id is None:
        raise Hidden(states.DECIDE)
    return row


def _note(row: ExportRequest, step: str, by: accounts.Actor, now: datetime) -> None:
    record(
        by=by, action=f"export_{step}", purpose=PURPOSE, subjects=[], object_kind="export_request", object_id=row.pk,
        elements=[], case=row.number, now=now,
    )  # fmt: skip


def _tell(row: ExportRequest, text: str, now: datetime) -> None:
    """Tell the unit of who asked, where it has an address: whoever decides there reads it too."""
    if row.unit_id is None:
        return
    values = {"what": label_of(row.kind), "rows": row.rows, "number": row.number}
    accounts.tell_unit(
        unit_id=row.unit_id, text=text % values, key=f"export:{row.pk}:{row.state}:{row.waits_for}", about=row.number,
        now=now,
    )  # fmt: skip
