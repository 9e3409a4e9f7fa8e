"""The one room through which every file with people in it leaves 导出: counted, marked, recorded, or asked for."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import slots
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import ExportFile, ExportRequest, ExportStep
from linli.trust.queries.exports import label_of, rows_of_the_day
from linli.trust.rules.exports import Leaving, Taken, mark_of, marked, needs_approval
from linli.trust.rules.grades import GRADE_WORDS
from linli.trust.rules.handling import grade_of_set, handling
from linli.trust.rules.leaf import NO_TRACE, Trace
from linli.trust.rules.refusals import ApprovalNeededError, ExportRefusedError, Hidden
from linli.trust.states import exports as states

CONTEXT, DRAFT_DAYS = "trust.export", 1


def take_out(
    *, kind: str, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime, trace: Trace = NO_TRACE
) -> Taken:
    """Let a list leave as a file: counted, with the mark of who took it, and in the ledger with everybody in it.

    Rows of one sort that somebody took within a day add up. Where they are more than the grade of the set lets one
    person take, ApprovalNeededError names the request that is open for it. Raises NotAllowed and what the list refuses.
    """
    with transaction.atomic():
        export = _open(kind, by)
        _one_after_the_other(by)
        leaving = export.fetch(wanted=wanted, by=by, now=now)
        grade = grade_of_set(leaving.grades, people=leaving.count)
        before = 0 if leaving.approved_by else rows_of_the_day(by, kind, now)
        needed = needs_approval(handling(grade), rows=leaving.rows, before=before)
        if not needed or leaving.approved_by or by.person_id is None:
            return _leave(export, leaving, wanted=wanted, grade=grade, by=by, now=now, trace=trace)
        request_id = _begun(kind, wanted, leaving, grade=grade, by=by, person_id=by.person_id, now=now)
    raise ApprovalNeededError(request_id)


@transaction.atomic
def take_requested(*, request_id: UUID, by: accounts.Actor, now: datetime) -> Taken:
    """Let a list leave that somebody else allowed, with the rights, rows and grade of now; counted.

    Raises NotAllowed, Hidden, and ExportRefusedError where the time is over, it was fetched as often as allowed, or
    there is more in it, or graded higher, than what was allowed.
    """
    row = ExportRequest.objects.select_for_update().filter(pk=request_id, asked_by_id=by.person_id).first()
    if row is None or by.person_id is None:
        raise Hidden(states.DECIDE)
    if row.state != states.ALLOWED or row.expires_at <= now or not row.fetches:
        raise ExportRefusedError(
            _("It is not open to be fetched: it was not allowed, was fetched, or its time is over.")
        )
    export, wanted = _open(row.kind, by), json.loads(row.wanted.reveal())
    leaving = export.fetch(wanted=wanted, by=by, now=now)
    grade = grade_of_set(leaving.grades, people=leaving.count)
    if leaving.rows > row.rows or grade > row.grade:
        raise ExportRefusedError(
            _("There is more in it now, or it is graded higher, than what was allowed. Ask for it again.")
        )
    taken = _leave(export, leaving, wanted=wanted, grade=grade, by=by, now=now, basis=f"export:{row.number}")
    step = "fetch" if row.fetches > 1 else "fetch_last"
    row.fetches, row.taken_at = row.fetches - 1, now
    move(row, step, by, now)
    return taken


def move(row: ExportRequest, step: str, by: accounts.Actor, now: datetime, *, words: str = "", place: str = "") -> None:
    """Take a step, keep it, and save the request. Raises ExportRefusedError where the state does not open it."""
    rule, before = states.STEPS[step], row.state
    if before not in rule.before:
        raise ExportRefusedError(_("Somebody was faster: look how it stands now."))
    row.state = rule.after
    row.ended_at = now if rule.after in states.FINAL else None
    row.fetches = row.fetches if rule.after == states.ALLOWED else 0
    row.save()
    ExportStep.objects.create(
        request=row,
        step=step,
        before=before,
        after=row.state,
        place=place,
        by_id=by.person_id,
        words=words[:1000],
        at=now,
    )


def _open(kind: str, by: accounts.Actor) -> slots.Export:
    export = slots.exports.get(kind)
    require(by, export.capability)
    return export


def _one_after_the_other(by: accounts.Actor) -> None:
    """Let exports of one person wait for each other, so that two at once don't both pass below the limit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{CONTEXT}:{by.person_id}"])


def _leave(
    export: slots.Export, leaving: Leaving, *, wanted: Mapping[str, Any], grade: int, by: accounts.Actor, now: datetime,
    basis: str = "", trace: Trace = NO_TRACE,
) -> Taken:  # fmt: skip
    held, basis = next(iter(by.holdings_with(export.capability)), None), basis or leaving.approved_by
    entry = record(
        by=by, action="export", purpose=leaving.purpose, subjects=leaving.subjects, object_kind=leaving.object_kind,
        object_id=leaving.object_id or f"{leaving.rows} rows", elements=leaving.elements, basis=basis, trace=trace,
        holding=held if len(by.holdings) > 1 else None, now=now,
    )  # fmt: skip
    file = ExportFile.objects.create(
        mark=mark_of(entry), entry=entry, kind=export.code, purpose=leaving.purpose, person_id=by.person_id,
        unit_id=held.unit_id if held else None, who=_who(by, held), rows=leaving.rows, grade=grade, basis=basis, at=now,
    )  # fmt: skip
    export.left(wanted=wanted, by=by, now=now)
    at = date_format(timezone.localtime(now), "Y-m-d H:i")
    seen = f"{file.who} · {at} · {file.mark}" if handling(grade).watermark else ""
    lines = marked(leaving, _("Taken out by"), seen) if seen else [leaving.heading, *leaving.lines]
    return Taken(f"{leaving.name}-{file.mark}", file.mark, entry, seen, lines, _note_of(file, at))


def _note_of(file: ExportFile, at: str) -> tuple[tuple[str, str], ...]:
    """Return what stands on the note sheet of a workbook."""
    return (
        (_("What it is"), label_of(file.kind)), (_("Taken out by"), file.who), (_("When"), at),
        (_("What for"), file.purpose), (_("Rows"), str(file.rows)), (_("Data grade"), str(GRADE_WORDS[file.grade])),
        (_("Allowed by"), file.basis or _("the post")), (_("Mark"), file.mark),
        (_("Entry in the ledger"), str(file.entry)),
    )  # fmt: skip


def _who(by: accounts.Actor, held: accounts.ActorHolding | None) -> str:
    return " · ".join([by.name, *([held.unit_name, held.post_name] if held else [])])[:300]


def _begun(
    kind: str,
    wanted: Mapping[str, Any],
    leaving: Leaving,
    *,
    grade: int,
    by: accounts.Actor,
    person_id: UUID,
    now: datetime,
) -> UUID:
    """Return the request that is open for exactly this, or begin one; it is sent once it has a reason."""
    text = json.dumps(wanted, ensure_ascii=False, sort_keys=True)
    token = kernel.keyed_token(f"{kind}:{text}", context=CONTEXT)
    own = ExportRequest.objects.filter(asked_by_id=person_id, token=token, state__in=states.OPEN, expires_at__gt=now)
    if found := own.first():
        if found.state == states.BEGUN:
            ExportRequest.objects.filter(pk=found.pk).update(rows=leaving.rows, grade=grade)
        return found.pk
    held = next(iter(by.holdings_with(slots.exports.get(kind).capability)), None)
    row = ExportRequest.objects.create(
        kind=kind, purpose=leaving.purpose, wanted=text, token=token, rows=leaving.rows, grade=grade,
        asked_by_id=person_id,
        unit_id=held.unit_id if held else None, asked_at=now, expires_at=now + timedelta(days=DRAFT_DAYS),
    )  # fmt: skip
    return row.pk
