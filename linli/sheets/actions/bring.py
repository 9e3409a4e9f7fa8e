"""Bringing a form in 接收下发表格: the file is read, its columns are bound to data elements as proposals."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.actions.step import keep, locked
from linli.sheets.models import Column, Form, Part
from linli.sheets.queries.listed import admitted_as
from linli.sheets.queries.meanings import code_tables, dictionary, learnt_for
from linli.sheets.queries.sources import meant_by, source_elements
from linli.sheets.rules.basis import basis_in
from linli.sheets.rules.binding import SURE, Learnt, Proposal, Reason, propose
from linli.sheets.rules.blocks import inner_rows, rows_below
from linli.sheets.rules.designs import KINDS
from linli.sheets.rules.families import MEMBERS, families_in, honest
from linli.sheets.rules.grids import Book
from linli.sheets.rules.layouts import Kind, Table, tables_of
from linli.sheets.rules.reading import read_book
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.rules.transforms import made
from linli.sheets.states import FILL, READ
from linli.trust import api as trust

BY_SOURCE = gettext_noop("The rows come with “%(name)s”.")


@dataclass(frozen=True, slots=True)
class Issued:
    """A file as it was sent down: its content and name, who issued it on what basis, and by when it is wanted."""

    content: bytes
    name: str
    issuer: str = ""
    basis: str = ""
    due: date | None = None


@transaction.atomic
def bring_form(*, issued: Issued, by: accounts.Actor, now: datetime) -> Form:
    """Read a file, keep it sealed, and propose what its columns ask for. Raises NotAllowed, SheetRefusedError."""
    trust.require(by, FILL)
    book = read_book(issued.content, issued.name)
    tables = tables_in(book)
    if not tables:
        raise FormRefusedError(
            _("No table was found in this file. It needs a row with the names of the columns above the rows to fill.")
        )
    form = _form(replace(issued, basis=issued.basis or basis_in(_words_of(tables))), book, tables, by, now)
    learnt, elements, codes = learnt_for(tables), dictionary(), code_tables()
    for place, table in enumerate(tables):
        part = _part(form, place, table)
        proposals = _proposals(table, elements, learnt, codes)
        Column.objects.bulk_create(_columns(part, table, _honest(tables[0], table, proposals)))
    form.admission = admitted_as(form, now=now)
    form.save(update_fields=["admission"])
    keep(form, "bring", "", by=by, now=now)
    return form


@transaction.atomic
def say_kind(*, part_id: UUID, kind: Kind, by: accounts.Actor, now: datetime) -> Part:
    """Say what a row of a table is, where it was read otherwise; its columns are proposed anew.

    Raises NotAllowed, Hidden, FormRefusedError once the columns are confirmed.
    """
    part = Part.objects.filter(pk=part_id).first()
    form = locked(part.form_id if part else UUID(int=0), by, FILL)
    if part is None or form.state != READ or kind not in KINDS:
        raise FormRefusedError(_("What a row is can be said until the columns are confirmed."))
    with form.file.open("rb") as file:
        tables = tables_in(read_book(bytes(file.read()), form.file_name))
    table = replace(tables[part.place], kind=kind)
    part.kind = kind
    part.save(update_fields=["kind"])
    part.columns.all().delete()
    found = _proposals(table, dictionary(), learnt_for([table]), code_tables())
    Column.objects.bulk_create(_columns(part, table, found))
    keep(form, "say_kind", form.state, by=by, now=now, words=str(KINDS[kind]))
    return part


def tables_in(book: Book) -> tuple[Table, ...]:
    """Return the tables of a book that somebody sees, in their order; where there are none but cards, the widest card.

    Behind it come the lists within it that ask for a household; others are left for a hand.
    """
    seen = [grid for grid in book.grids if not (grid.is_hidden or grid.is_list)]
    found = [table for grid in seen for table in tables_of(grid)]
    lists = tuple(table for place, table in enumerate(found) if not _is_of_card(found[: place + 1]))
    cards = sorted((one for one in found if one.is_card), key=lambda one: -len(one.columns))
    return lists or tuple(each for card in cards[:1] for each in (card, *families_in(card, found)))


def _is_of_card(found: Sequence[Table]) -> bool:
    """Tell whether the last of some tables is a card, or a list within the card before it."""
    table = found[-1]
    cards = [one.header for one in found if one.is_card and one.grid is table.grid]
    return any(one.row <= table.header.row <= one.last_row for one in cards)


def _form(issued: Issued, book: Book, tables: Sequence[Table], by: accounts.Actor, now: datetime) -> Form:
    held, today = by.holdings_with(FILL)[0], timezone.localdate(now)
    plain = issued.name.rsplit("/", 1)[-1]
    form = Form(
        number=kernel.next_number(prefix="B", day=today),
        title=(next((one.title for one in tables if one.title), "") or plain.rsplit(".", 1)[0])[:200],
        issuer=issued.issuer[:100], basis=issued.basis[:300], file_name=plain[:200], layout=book.layout,
        digest=hashlib.sha256(issued.content).hexdigest(), unit_id=held.unit_id, division_id=held.division_id,
        on=today, due=issued.due, made_by_id=by.person_id, made_at=now,
    )  # fmt: skip
    form.file.save(f"{form.pk}.{book.layout}", ContentFile(issued.content), save=False)
    form.save(force_insert=True)
    return form


def _words_of(tables: Sequence[Table]) -> Iterator[str]:
    """Yield what stands around tables: their titles and notes."""
    for one in tables:
        yield from (one.title, *one.notes)


def _part(form: Form, place: int, table: Table) -> Part:
    totals = [table.totals.row, table.totals.last_row] if table.totals else []
    body, inner = rows_below(table, inner_rows(table))
    return Part.objects.create(
        form=form, place=place, grid=table.grid.index, grid_name=table.grid.name[:100], title=table.title[:200],
        kind=MEMBERS if table.is_within else table.kind, is_card=table.is_card,
        header_last=table.header.last_row, first=body.row, last=body.last_row, totals=totals, inner=inner,
        notes=list(table.notes), facts={name: span.a1 for name, span in table.facts.items()},
    )  # fmt: skip


def _proposals(
    table: Table, elements: Sequence[registry.ElementInfo], learnt: Mapping[str, Learnt],
    codes: Mapping[str, Mapping[str, str]],
) -> dict[int, Proposal]:  # fmt: skip
    """Return what the columns of a table ask for, by their place."""
    return {one.column: _of_source(table, one) for one in propose(table, elements, learnt, codes)}


def _honest(card: Table, table: Table, found: Mapping[int, Proposal]) -> Mapping[int, Proposal]:
    """Return what is proposed; of a list within a card no more than the base can say."""
    if not table.is_within:
        return found
    return {one.index: honest(card, found[one.index], one.path[-1]) for one in table.columns if one.index in found}


def _of_source(table: Table, one: Proposal) -> Proposal:
    """Return what another source of rows, such as events, calls a column; the name is its own, so it is certain."""
    header = next((column.path for column in table.columns if column.index == one.column), ())
    path = meant_by(table.kind, header) if header else ""
    if not path or one.transform.kind == "row_number":
        return one
    known = source_elements(table.kind)[path]
    transform = made("date", layout="%Y-%m-%d") if known.type == "date" else made("text")
    reason = Reason(BY_SOURCE, {"name": str(known.label)})
    return replace(one, element=path, transform=transform, confidence=SURE, reason=reason, alternatives=())


def _columns(part: Part, table: Table, proposals: Mapping[int, Proposal]) -> list[Column]:
    return [
        Column(
            part=part, index=one.index, path=[word[:200] for word in one.path], cell=one.span.a1,
            place=one.place.a1 if one.place else "",
            choices=list(one.choices), **_proposed(proposals.get(one.index)),
        )
        for one in table.columns
    ]  # fmt: skip


def _proposed(found: Proposal | None) -> dict[str, Any]:
    if found is None:
        return {"transform": {"kind": "blank"}}
    return {
        "element": found.element, "transform": found.transform.as_data(), "confidence": found.confidence,
        "reason": {"message": found.reason.message, "parameters": dict(found.reason.parameters)},
        "alternatives": [
            {"element": one.element, "transform": one.transform.as_data(), "confidence": one.confidence}
            for one in found.alternatives
        ],
    }  # fmt: skip
