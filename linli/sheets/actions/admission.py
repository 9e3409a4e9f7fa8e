"""Applying to issue a form 报表准入申请: its columns, its terms, handing in, taking back."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.sheets.actions.admission_step import keep_step, locked_admission, step_on
from linli.sheets.actions.bring import tables_in
from linli.sheets.models import Admission
from linli.sheets.queries.issuing import rules_at, working_day_after
from linli.sheets.queries.meanings import code_tables, dictionary, learnt_for
from linli.sheets.queries.overlaps import county_of
from linli.sheets.rules import xlsforms
from linli.sheets.rules.admission_states import DRAFT, ISSUE
from linli.sheets.rules.binding import LIKELY, propose
from linli.sheets.rules.designs import Design, DesignColumn, check_columns
from linli.sheets.rules.issuing import ONCE, IssuingRules
from linli.sheets.rules.layouts import Table
from linli.sheets.rules.reading import read_book
from linli.sheets.rules.refusals import FormRefusedError, SheetRefusedError
from linli.sheets.rules.transforms import made
from linli.trust import api as trust

SHORTEST_BASIS = 4


@dataclass(frozen=True, slots=True)
class Terms:
    """What an office says about a form: by which law, for what, of whom, how often, from when, within how many days."""

    basis: str
    words: str
    levels: tuple[str, ...]
    frequency: str
    first_on: date
    days: int
    rows: int


def design_of_file(content: bytes, name: str) -> Design:
    """Return the form that a file asks for: an XLSForm, or any table that can be brought. Raises SheetRefusedError."""
    book = read_book(content, name)
    if (form := xlsforms.design_of(book, dictionary())) is not None:
        return form
    tables = tables_in(book)
    if not tables:
        raise SheetRefusedError(
            _("No table was found in this file. It needs a row with the names of the columns above the rows to fill.")
        )
    plain = name.rsplit("/", 1)[-1].rpartition(".")[0]
    return Design(
        title=next((one.title for one in tables if one.title), "") or plain, kind=tables[0].kind,
        columns=tuple(column for one in tables for column in _columns_of(one)), notes=tuple(tables[0].notes),
    )  # fmt: skip


@transaction.atomic
def draft_admission(*, design: Design, by: accounts.Actor, now: datetime, content: bytes = b"") -> Admission:
    """Begin an application with its columns; `content` is the file they came from.

    Raises NotAllowed, FormRefusedError.
    """
    trust.require(by, ISSUE)
    held = by.holdings_with(ISSUE)[0]
    row = Admission(
        number=kernel.next_number(prefix="S", day=timezone.localdate(now)), unit_id=held.unit_id,
        division_id=county_of(held.division_id), made_by_id=by.person_id, made_at=now,
        digest=hashlib.sha256(content).hexdigest() if content else "",
    )  # fmt: skip
    _design(row, design)
    row.save(force_insert=True)
    keep_step(row, "draft", "", by=by, now=now, unit_id=held.unit_id, keep_columns=True)
    return row


@transaction.atomic
def redesign(*, admission_id: UUID, design: Design, by: accounts.Actor, now: datetime) -> Admission:
    """Give a draft other columns. Raises NotAllowed, Hidden, FormRefusedError."""
    row = _draft(admission_id, by)
    _design(row, design)
    row.save()
    keep_step(row, "change", row.state, by=by, now=now, unit_id=row.unit_id, keep_columns=True)
    return row


@transaction.atomic
def apply_for_admission(*, admission_id: UUID, terms: Terms, by: accounts.Actor, now: datetime) -> Admission:
    """Hand a draft in with its terms. Raises NotAllowed, Hidden, FormRefusedError where they are below the floor."""
    row = _draft(admission_id, by)
    _check_terms(terms, rules_at(now), today=timezone.localdate(now))
    for name, value in asdict(terms).items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.made_by_id, row.applied_at = by.person_id, now
    step_on(row, "apply", by=by, now=now, unit_id=row.unit_id, keep_columns=True)
    return row


@transaction.atomic
def withdraw_admission(*, admission_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Admission:
    """Take an application, or a form on the list, back. Raises NotAllowed, Hidden, FormRefusedError."""
    row = locked_admission(admission_id, by, ISSUE)
    step_on(row, "withdraw", by=by, now=now, unit_id=row.unit_id, words=words.strip())
    return row


def check_floor(terms: Terms, rules: IssuingRules) -> None:
    """Raise FormRefusedError, naming the earliest day, where less time is left to answer than the floor."""
    least = rules.least_days[terms.frequency]
    if terms.days < least:
        told = {
            "least": least, "sent": terms.first_on.isoformat(),
            "earliest": working_day_after(terms.first_on, least).isoformat(),
        }  # fmt: skip
        raise FormRefusedError(
            _(
                "At least %(least)d working days are left to answer. Sent out on %(sent)s, it can be wanted back from"
                " %(earliest)s on."
            )
            % told
        )


def _check_terms(terms: Terms, rules: IssuingRules, *, today: date) -> None:
    for wrong, sentence in (
        (len(terms.basis.strip()) < SHORTEST_BASIS, _("Name the law or rule with its article.")),
        (not terms.levels, _("Say who fills it in.")),
        (terms.frequency not in rules.least_days, _("Say how often it is asked.")),
        (terms.first_on < today, _("It can be sent out from today on.")),
        (terms.rows < 1, _("Estimate how many rows it has in one round.")),
    ):
        if wrong:
            raise FormRefusedError(sentence)
    check_floor(terms, rules)
    if terms.frequency == ONCE and (terms.first_on - today).days > rules.once_days:
        raise FormRefusedError(
            _("A one-off form is valid for %d days; apply again nearer to the day.") % rules.once_days
        )


def _draft(admission_id: UUID, by: accounts.Actor) -> Admission:
    row = locked_admission(admission_id, by, ISSUE)
    if row.state != DRAFT:
        raise FormRefusedError(_("What was handed in can't be changed. Take it back and apply anew."))
    return row


def _design(row: Admission, design: Design) -> None:
    if not design.title.strip():
        raise FormRefusedError(_("Give the form a title."))
    check_columns(design.columns)
    row.title, row.kind = design.title.strip()[:200], design.kind
    row.columns = [one.as_data() for one in design.columns]
    row.notes = [note[:300] for note in design.notes if note.strip()]


def _columns_of(table: Table) -> Sequence[DesignColumn]:
    found = {one.column: one for one in propose(table, dictionary(), learnt_for([table]), code_tables())}
    return [
        DesignColumn(one.path, known.element if known.confidence >= LIKELY else "", known.transform)
        if (known := found.get(one.index))
        else DesignColumn(one.path, "", made("blank"))
        for one in table.columns
    ]
