"""Intake 受理: a draft becomes an event with a number, an owner and clocks before the answer is sent."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.utils import timezone
from psycopg import Cursor

from linli.accounts import api as accounts
from linli.events import facts, states
from linli.events.queries.placing import Placing, place_of
from linli.events.queries.proposing import Proposal, propose
from linli.events.queries.rulebook import rule_book, said_of
from linli.events.rules.deadlines import Deadlines, deadlines
from linli.events.rules.dispatch import Assignment
from linli.events.rules.drafts import ReportDraft, check_draft, title_of
from linli.events.rules.numbers import short_name
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.trust import api as trust


class KeyUsedError(Exception):
    """The same `Idempotency-Key` came with another report."""


@dataclass(frozen=True)
class Receipt:
    """What the reporter is told: the number, who has it, and by when. `again` marks a report that was known already."""

    event_id: UUID
    number: str
    state: str
    unit_name: str
    accept_due: datetime
    handle_due: datetime
    why: tuple[dict[str, Any], ...]
    again: bool = False


@dataclass(frozen=True)
class _Plan:
    """Everything that is decided before the database is asked."""

    draft: ReportDraft
    placing: Placing
    proposal: Proposal
    assignment: Assignment
    clocks: Deadlines
    text: str
    title: str
    token: str
    event_id: UUID


def report_event(*, draft: ReportDraft, by: accounts.Actor, now: datetime, key: str | None = None) -> Receipt:
    """Take a report: classify, place, dispatch, number, and keep it, in one round trip and one transaction.

    With `key` (at most 100 characters) the same report sent twice is one event. Raises DraftRefusedError with a
    sentence per field, and KeyUsedError when `key` came before with other content.
    """
    check_draft(draft)
    plan = _plan(draft, by, now)
    answer = _take(orjson.dumps(_written(plan, by, now, key)))
    if "known" in answer:
        return _known(answer["known"], _digest(draft))
    return Receipt(
        plan.event_id, answer["number"], _state(plan), plan.assignment.unit_name,
        plan.clocks.accept, plan.clocks.handle, plan.assignment.why,
    )  # fmt: skip


def composed_report(*, draft: ReportDraft, by: accounts.Actor, now: datetime, key: str | None = None) -> str:
    """Return what `report_event` would hand to the SQL function `events_intake`, and don't: to measure that alone."""
    return orjson.dumps(_written(_plan(draft, by, now), by, now, key)).decode()


def _plan(draft: ReportDraft, by: accounts.Actor, now: datetime) -> _Plan:
    placing = place_of(draft)
    proposal = propose(draft, by_name=by.name, now=now)
    said = said_of(text=f"{draft.title} {draft.text}", channel=draft.channel, at=now)
    assignment = _asked_unit(draft) or rule_book(now).assign(proposal.duty, placing.where, said)
    assignment = Assignment(
        assignment.unit_id, assignment.unit_name, assignment.helpers,
        (proposal.reason, placing.reason, *assignment.why),
    )  # fmt: skip
    text = trust.redact(draft.text.strip())
    return _Plan(
        draft=draft,
        placing=placing,
        proposal=proposal,
        assignment=assignment,
        clocks=deadlines(proposal.duty, now, regions.calendar()),
        text=text,
        title=trust.redact(draft.title.strip()) or title_of(text),
        token=_token(draft, by),
        event_id=kernel.uuid7(),
    )


def _asked_unit(draft: ReportDraft) -> Assignment | None:
    """Return the unit that is asked about its own doing as who answers, where the draft asks one."""
    if draft.asked_unit_id is None:
        return None
    unit = accounts.unit(draft.asked_unit_id)
    return Assignment(unit.id, unit.name, (), ({"kind": "asked_unit", "unit": unit.name},))


def _token(draft: ReportDraft, by: accounts.Actor) -> str:
    """Return the mark of who reported; a fixed line belongs to nobody in particular and marks nobody."""
    phone = draft.reporter_phone
    return accounts.phone_token(phone) if phone and accounts.mobile_number(phone) else by.phone_token


def _state(plan: _Plan) -> str:
    return states.DISPATCHED if plan.proposal.duty else states.SCREENING


def _written(plan: _Plan, by: accounts.Actor, now: datetime, key: str | None) -> dict[str, Any]:
    state = _state(plan)
    written: dict[str, Any] = {
        "event": _event_row(plan, state, now),
        "tracks": _track_rows(plan, state, by, now),
        "helpers": plan.assignment.helpers,
        "prefix": _prefix(plan),
        "day": timezone.localdate(now),
        "fact": _fact(plan, now),
        "ledger": _ledger_row(plan, by, now),
    }
    if plan.draft.reporter_name or plan.draft.reporter_phone:
        written["reporter"] = _reporter_row(plan)
    if key:
        scope = str(by.token_id or by.person_id or "guest")
        written["key"] = {"scope": scope, "key": key[:100], "digest": _digest(plan.draft)}
    return written


def _ledger_row(plan: _Plan, by: accounts.Actor, now: datetime) -> dict[str, str]:
    leaf = trust.compose(
        by=by, action="create", purpose="events.intake", subjects=[plan.token] if plan.token else [],
        object_kind="event", object_id=plan.event_id, elements=["report"], basis=plan.proposal.version, now=now,
    )  # fmt: skip
    return {"text": leaf.text, "digest": _bytea(leaf.digest)}


def _event_row(plan: _Plan, state: str, now: datetime) -> dict[str, Any]:
    draft, where, duty = plan.draft, plan.placing.where, plan.proposal.duty
    return {
        "id": plan.event_id,
        "channel": draft.channel,
        "source_number": draft.source_number,
        "title": plan.title[:120],
        "said": draft.text.strip(),
        "text": plan.text,
        "nature": draft.nature or (duty.nature if duty else ""),
        "state": state,
        "grade": duty.grade if duty else "C",
        "matter_id": duty.id if duty else None,
        "duty_list_id": duty.duty_list_id if duty else None,
        "candidates": plan.proposal.candidates,
        "confidence": plan.proposal.confidence,
        "model_version": plan.proposal.version,
        "why": plan.assignment.why,
        "county_id": where.county_id,
        "street_id": where.street_id,
        "community_id": where.community_id,
        "grid_id": where.grid_id,
        "lng": plan.placing.lng,
        "lat": plan.placing.lat,
        "address": draft.address.strip(),
        "lead_unit_id": plan.assignment.unit_id,
        "reporter_token": plan.token,
        "reported_at": now,
        "accept_due": plan.clocks.accept,
        "contact_due": plan.clocks.contact,
        "handle_due": plan.clocks.handle,
        "close_reason": "",
        "public_answer": "",
        "times_reopened": 0,
        "handlers": [],
        "level": 0,
        "escalate_due": plan.clocks.accept,  # no event rises before; the sweep then finds the moment
        "held": "",
    }


def _track_rows(plan: _Plan, state: str, by: accounts.Actor, now: datetime) -> list[dict[str, Any]]:
    reported = {
        "step": "report", "before": "", "after": states.REPORTED, "by_id": by.person_id, "by_name": by.name,
        "text": "", "is_public": True, "data": {"channel": plan.draft.channel},
    }  # fmt: skip
    unit = {"unit": plan.assignment.unit_name, "matter": plan.proposal.duty.name if plan.proposal.duty else ""}
    step = "dispatch" if state == states.DISPATCHED else "hold_for_screening"
    assigned = {
        "step": step, "before": states.REPORTED, "after": state, "by_id": None, "by_name": accounts.SYSTEM.name,
        "text": "", "is_public": True, "data": unit,
    }  # fmt: skip
    return [{"id": kernel.uuid7(), "event_id": plan.event_id, "at": now, **row} for row in (reported, assigned)]


def _reporter_row(plan: _Plan) -> dict[str, str]:
    return {
        part: _bytea(kernel.seal(said, context=f"events.reporter.{part}") if said else b"")
        for part, said in (("name", plan.draft.reporter_name), ("phone", plan.draft.reporter_phone))
    }


def _bytea(blob: bytes) -> str:
    return "\\x" + blob.hex()


def _fact(plan: _Plan, now: datetime) -> dict[str, Any]:
    # The number is put in by events_intake, which gives it.
    duty = plan.proposal.duty
    told = facts.EventReported(
        event_id=plan.event_id, number="", channel=plan.draft.channel, matter_code=duty.code if duty else None,
        unit_id=plan.assignment.unit_id, reported_at=now,
    )  # fmt: skip
    return {"id": kernel.uuid7(), "kind": told.kind, "payload": {**vars(told), "number": None}}


def _prefix(plan: _Plan) -> str:
    division = plan.placing.where.smallest or accounts.unit(plan.assignment.unit_id).division_id
    return short_name(regions.division(division).name)


def _digest(draft: ReportDraft) -> str:
    return sha256(orjson.dumps(draft, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _take(written: bytes) -> dict[str, Any]:
    connection.ensure_connection()
    with Cursor(connection.connection) as cursor:
        cursor.execute("SELECT events_intake(%s::jsonb)", [written.decode()], prepare=True)
        row = cursor.fetchone()
    answer: dict[str, Any] = orjson.loads(row[0]) if row else {}
    return answer


def _known(known: dict[str, Any], digest: str) -> Receipt:
    if known["digest"] not in (None, digest):
        raise KeyUsedError
    return Receipt(
        UUID(known["event_id"]), known["number"], known["state"], known["unit_name"],
        datetime.fromisoformat(known["accept_due"]), datetime.fromisoformat(known["handle_due"]),
        tuple(known["why"]), again=True,
    )  # fmt: skip
