"""Taking in what a source says 归集: cleaned, kept as source records, tied to identities, projected."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.registry import facts
from linli.registry.actions.identify import found_by, identify, let_matchers_know, remember
from linli.registry.actions.project import mark_due, one_at_a_time, project_entities
from linli.registry.actions.rows import copy_rows
from linli.registry.models import Source, SourceRecord
from linli.registry.queries.cleaning import cleaner_of
from linli.registry.queries.dictionary import elements_of
from linli.registry.rules.heads import token_of
from linli.registry.rules.refusals import UnknownSourceError
from linli.registry.rules.values import is_mask
from linli.registry.slots import Draft
from linli.trust import api as trust

WRITE, BATCH, DIGEST = "registry.write", 500, "registry.digest"
_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source says about one thing, under its own key. It holds from `valid_from` (the day it was observed)."""

    key: str
    values: Mapping[str, Any]
    observed_at: datetime
    valid_from: date | None = None
    valid_to: date | None = None
    is_verified: bool = False


@dataclass
class Taken:
    """What came of it: how many were new things, changed and merely confirmed, and what was not taken.

    `problems` are (key, element, sentence); `ids` say which entity each key means.
    """

    new: int = 0
    changed: int = 0
    confirmed: int = 0
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    ids: dict[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Clean:
    statement: Statement
    values: dict[str, Any]
    payload: str
    problems: dict[str, str]
    digest: str
    tokens: tuple[tuple[str, str], ...]
    masks: frozenset[str] = frozenset()


def register_source(*, code: str, name: str, department: str, now: datetime, is_sample: bool = False) -> Source:
    """Name a source, or change how it is called. `department` is the owner name that data elements use."""
    named = {"name": name, "department": department, "is_sample": is_sample}
    row, _made = Source.objects.update_or_create(code=code, defaults=named, create_defaults={**named, "added_at": now})
    return row


def take_in(
    *,
    source: str,
    kind: str,
    statements: Sequence[Statement],
    run: str,
    by: accounts.Actor,
    now: datetime,
    later: bool = False,
) -> Taken:
    """Take in what a source says about things of one kind. Said again, it is confirmed and nothing is doubled.

    A bad value is left out and named; the others of its statement are taken. 500 statements are one transaction, so
    what was taken before an interruption stays, and the whole may be sent again. With `later` the golden records wait
    for `project_due`: a large load writes them once. Raises NotAllowed, UnknownSourceError.
    """
    trust.require(by, WRITE)
    if not Source.objects.filter(pk=source).exists():
        raise UnknownSourceError
    taken, left = Taken(), iter(statements)
    while batch := list(islice(left, BATCH)):
        with transaction.atomic():
            _take(taken, source, kind, batch, run=run, by=by, now=now, later=later)
    return taken


def _take(
    taken: Taken, source: str, kind: str, batch: Sequence[Statement], *, run: str, by: accounts.Actor, now: datetime,
    later: bool,
) -> None:  # fmt: skip
    one_at_a_time(kind)
    clean = list(_cleaned(kind, batch, timezone.localdate(now)))
    drafts = {one.statement.key: Draft(one.statement.key, one.values) for one in clean}
    whom = identify(source, kind, [(drafts[one.statement.key], one.tokens) for one in clean])
    ids, new = whom.ids, whom.new
    latest = _latest(source, [one.statement.key for one in clean])
    records, spoken, confirmed = [], {}, []
    for said in clean:
        last = latest.get((ids[said.statement.key], said.statement.key))
        one = _with_kept(said, last) if said.masks and last is not None else said
        if last is not None and last.digest == one.digest:
            confirmed.append((last, one.statement.observed_at))
            continue
        record = _record(source, ids[one.statement.key], one, run=run, by=by, now=now)
        records.append(record)
        spoken[record.id] = one.values
        latest[record.entity_id, record.key] = record
    touched = {record.entity_id for record in records} | {
        row.entity_id for row, seen in confirmed if seen > row.confirmed_at
    }
    remember(source, kind, ids, now)
    let_matchers_know(source, kind, [drafts[key] for key in {record.key for record in records}], whom.findings, now)
    copy_rows(records)  # keys are checked at commit: new entities follow at once
    _confirm(confirmed)
    if later:
        mark_due(kind=kind, ids=touched, new=new, now=now)
        found_by(kind, [(ids[one.statement.key], one.tokens) for one in clean])
    else:
        project_entities(kind=kind, ids=touched, new=new, spoken=spoken, now=now)
    taken.new += len(new)
    taken.changed += len({record.entity_id for record in records} - new)
    taken.confirmed += len(confirmed)
    taken.problems += [(one.statement.key, code, words) for one in clean for code, words in one.problems.items()]
    taken.ids |= ids
    if touched:
        journal.publish(facts.RecordsTaken(source, run, kind, tuple(sorted(touched))), now=now)


def _cleaned(kind: str, batch: Sequence[Statement], today: date) -> Iterator[_Clean]:
    elements, clean = elements_of(kind), cleaner_of(kind, today=today)
    for statement in batch:
        values, problems = clean(statement.values)
        tokens = tuple(
            (code, token_of(elements[code], str(values[code]))) for code in values if elements[code].identifies
        )
        payload = payload_of(values)
        masks = frozenset(code for code in problems if is_mask(elements[code], statement.values[code]))
        yield _Clean(statement, values, payload, problems, _digest(statement, payload, problems), tokens, masks)


def _with_kept(one: _Clean, last: SourceRecord) -> _Clean:
    """Return what is said with the values of before where only their masks came back: they were not said anew."""
    before = json.loads(last.payload.reveal())
    values = one.values | {code: before[code] for code in sorted(one.masks) if code in before}
    payload = payload_of(values)
    return replace(one, values=values, payload=payload, digest=_digest(one.statement, payload, one.problems))


def _digest(said: Statement, payload: str, problems: Collection[str]) -> str:
    """Return a keyed mark of what was said, to tell whether it is the same as the last time."""
    span = span_of(str(said.valid_from), str(said.valid_to), is_verified=said.is_verified)
    return kernel.keyed_token(digested(payload, problems, span), context=DIGEST)


def digested(payload: str, problems: Collection[str], span: str) -> str:
    """Return the text whose token is the digest; `span` is what `span_of` says."""
    return f"[{payload}, {_written(sorted(problems)) if problems else '[]'}, {span}]"


def span_of(begins: str, ends: str, *, is_verified: bool) -> str:
    """Return for a digest from when to when a statement holds, days as the source gave them."""
    return _written((begins, ends, is_verified))


def payload_of(values: Mapping[str, Any]) -> str:
    """Return clean values as they are kept, elements in order of their codes."""
    return _written(values)


def _record(source: str, entity_id: UUID, one: _Clean, *, run: str, by: accounts.Actor, now: datetime) -> SourceRecord:
    said = one.statement
    return SourceRecord(
        source_id=source, key=said.key, entity_id=entity_id, payload=one.payload,
        digest=one.digest, problems=one.problems, is_verified=said.is_verified, observed_at=said.observed_at,
        confirmed_at=said.observed_at, recorded_at=now, run=run, by=by.name, valid_to=said.valid_to,
        valid_from=said.valid_from or timezone.localdate(said.observed_at),
    )  # fmt: skip


def _latest(source: str, keys: Sequence[str]) -> dict[tuple[UUID, str], SourceRecord]:
    rows = SourceRecord.objects.filter(source_id=source, key__in=keys).order_by("recorded_at", "id").defer("payload")
    return {(row.entity_id, row.key): row for row in rows}


def _confirm(confirmed: Sequence[tuple[SourceRecord, datetime]]) -> None:
    rows = []
    for row, seen in confirmed:
        if seen > row.confirmed_at:
            row.confirmed_at = seen
            rows.append(row)
    if rows:
        SourceRecord.objects.bulk_update(rows, ["confirmed_at"])
