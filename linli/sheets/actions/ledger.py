"""The life of a standing ledger 台账: made from a form or from elements, noted as it stands, closed, kept again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.sheets.actions.step import locked
from linli.sheets.models import Answer, Form, Issue, IssueRow, LedgerNote, LedgerStep, Part, StandingLedger
from linli.sheets.queries.delivering import Sent
from linli.sheets.queries.filled import columns_of, kind_of
from linli.sheets.queries.ledgers import columns_for, ids_in, in_cell, last_issue, said_in, standing_of
from linli.sheets.rules import ledger_states
from linli.sheets.rules.ledgers import LedgerColumn, changes_between, key_of
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.rules.scopes import Scope, scope_of
from linli.sheets.states import FILL
from linli.trust import api as trust

PURPOSE, TOGETHER = "sheets.ledgers", 2000
QUARTER = 92


@dataclass(frozen=True, slots=True)
class LedgerDraft:
    """A ledger as somebody wants it: its name, what a row is, whom it means, its columns, for which purpose.

    What was typed is carried over for `keeps_days` days, where no element says for how long.
    """

    name: str
    kind: str
    scope: Scope
    columns: Sequence[LedgerColumn]
    purpose: str
    keeps_days: int = QUARTER


@transaction.atomic
def keep_ledger(*, draft: LedgerDraft, by: accounts.Actor, now: datetime) -> StandingLedger:
    """Begin to keep a ledger. Raises NotAllowed, FormRefusedError."""
    trust.require(by, FILL)
    if not draft.columns:
        raise FormRefusedError(_("A ledger needs at least one column."))
    held = by.holdings_with(FILL)[0]
    ledger = StandingLedger(
        name=draft.name.strip()[:100], unit_id=held.unit_id, division_id=held.division_id, kind=draft.kind,
        scope=draft.scope.as_data(), columns=[one.as_data() for one in draft.columns], purpose=draft.purpose,
        keeps_days=draft.keeps_days, made_by_id=by.person_id, made_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            ledger.save(force_insert=True)
    except IntegrityError as twice:
        raise FormRefusedError(_("Your unit keeps a ledger of this name already.")) from twice
    _keep(ledger, "make", "", by=by, now=now)
    return ledger


@transaction.atomic
def change_ledger(*, ledger_id: UUID, draft: LedgerDraft, by: accounts.Actor, now: datetime) -> StandingLedger:
    """Change a kept ledger: its name, whom it means, its columns, its purpose; what a row is stays.

    What was typed into a column that goes is kept, and shown again when the column comes back. Raises NotAllowed,
    Hidden, FormRefusedError.
    """
    ledger = _locked(ledger_id, by)
    ledger_states.after("change", ledger.state)
    if not draft.columns:
        raise FormRefusedError(_("A ledger needs at least one column."))
    before = {one["label"] for one in ledger.columns}
    ledger.name, ledger.purpose, ledger.keeps_days = draft.name.strip()[:100], draft.purpose, draft.keeps_days
    ledger.scope, ledger.columns = draft.scope.as_data(), [one.as_data() for one in draft.columns]
    try:
        with transaction.atomic():
            ledger.save(update_fields=["name", "purpose", "keeps_days", "scope", "columns"])
    except IntegrityError as twice:
        raise FormRefusedError(_("Your unit keeps a ledger of this name already.")) from twice
    after = {one.label for one in draft.columns}
    words = [*(f"+{one}" for one in sorted(after - before)), *(f"-{one}" for one in sorted(before - after))]
    _keep(ledger, "change", ledger.state, by=by, now=now, words=" ".join(words))
    return ledger


@transaction.atomic
def ledger_from_form(*, form_id: UUID, name: str, by: accounts.Actor, now: datetime) -> StandingLedger:
    """Keep the first list of a filled form as a ledger; the form is its first view.

    Raises NotAllowed, Hidden, FormRefusedError.
    """
    form = locked(form_id, by, FILL)
    part = next((one for one in form.parts.order_by("place") if kind_of(one) and one.ready_at), None)
    if part is None or not form.purpose:
        raise FormRefusedError(_("Choose the rows first: the ledger keeps the same ones."))
    draft = LedgerDraft(
        name or form.title, part.kind, scope_of(part.scope), columns_for(columns_of(part)), form.purpose
    )
    form.ledger = keep_ledger(draft=draft, by=by, now=now)
    form.save(update_fields=["ledger"])
    return form.ledger


@transaction.atomic
def step_ledger(
    *, ledger_id: UUID, step: str, by: accounts.Actor, now: datetime, words: str = ""
) -> StandingLedger:  # fmt: skip
    """Close a ledger, or keep it again. Raises NotAllowed, Hidden, FormRefusedError."""
    ledger = _locked(ledger_id, by)
    before, ledger.state = ledger.state, ledger_states.after(step, ledger.state)
    ledger.save(update_fields=["state"])
    _keep(ledger, step, before, by=by, now=now, words=words)
    return ledger


@transaction.atomic
def note_issue(*, ledger_id: UUID, by: accounts.Actor, now: datetime) -> Issue:
    """Note a ledger as it stands, so that the next look shows what is new since.

    Raises NotAllowed, Hidden, FormRefusedError, PurposeMissingError, WishRefusedError.
    """
    ledger = _locked(ledger_id, by)
    ledger_states.after("note", ledger.state)
    rows = standing_of(ledger, ids_in(ledger, by=by, now=now), by=by, now=now).rows
    return _issue(ledger, rows, None, by, now)


def issue_of_form(*, form: Form, sent: Sequence[Sent], by: accounts.Actor, now: datetime) -> None:
    """Note what a delivered form says of its ledger, and what was typed into it; in the transaction of the delivery."""
    if form.ledger is None:
        return
    known = {one["key"] for one in form.ledger.columns}
    rows: dict[UUID, dict[str, str]] = {}
    for one in sent:
        keys = [key_of(column.label, column.element, column.transform) for column in one.columns]
        if one.part.kind == form.ledger.kind:
            for entity, row in zip(one.ids, one.rows, strict=True):
                rows[entity] = {key: in_cell(value) for key, value in zip(keys, row, strict=True) if key in known}
            _note_typed(form.ledger, one.part, now)
    _issue(form.ledger, rows, form, by, now)


def _issue(
    ledger: StandingLedger, rows: Mapping[UUID, Mapping[str, str]], form: Form | None, by: accounts.Actor, now: datetime
) -> Issue:
    last = last_issue(ledger)
    new = changes_between(said_in(last), rows) if last else None
    issue = Issue.objects.create(
        ledger=ledger, form=form, rows=len(rows), came=len(new.came) if new else None,
        went=len(new.went) if new else None, changed=len(new.cells) if new else None, by_id=by.person_id, at=now,
    )  # fmt: skip
    IssueRow.objects.bulk_create(
        [IssueRow(issue=issue, entity_id=key, said=json.dumps(said, ensure_ascii=False)) for key, said in rows.items()],
        batch_size=TOGETHER,
    )
    _keep(ledger, "note", ledger.state, by=by, now=now, words=form.number if form else "")
    return issue


def _note_typed(ledger: StandingLedger, part: Part, now: datetime) -> None:
    """Keep what was typed into a form, each on its own day; what was carried over keeps the day it was typed."""
    columns = {one.pk: key_of(one.label, one.element, one.transform) for one in columns_of(part)}
    known = {one["key"] for one in ledger.columns}
    lines = {one.pk: one.row_id for one in part.lines.filter(left_out="")}
    newest = (
        Answer.objects.filter(line__in=lines).order_by("line_id", "column_id", "-id").distinct("line_id", "column_id")
    )
    LedgerNote.objects.bulk_create([
        LedgerNote(
            ledger=ledger, entity_id=lines[one.line_id], column=columns[one.column_id], value=one.value.reveal(),
            said_on=one.said_on or timezone.localdate(one.at), by_id=one.by_id, at=now,
        )
        for one in newest if columns[one.column_id] in known and one.said_on is None
    ])  # fmt: skip


def _locked(ledger_id: UUID, by: accounts.Actor) -> StandingLedger:
    row = StandingLedger.objects.select_for_update(of=("self",)).filter(pk=ledger_id).first()
    if row is None:
        raise trust.Hidden(FILL)
    trust.require(by, FILL, row)
    return row


def _keep(
    ledger: StandingLedger, step: str, before: str, *, by: accounts.Actor, now: datetime, words: str = ""
) -> None:  # fmt: skip
    LedgerStep.objects.create(
        ledger=ledger, step=step, before=before, after=ledger.state, words=words[:300], by_id=by.person_id, at=now
    )
    trust.record(
        by=by, action=f"sheets.ledger.{step}", purpose=PURPOSE, subjects=[], object_kind="standing_ledger",
        object_id=ledger.pk, elements=["sheets.state"], now=now,
    )  # fmt: skip
