"""Sending a form back 交付: in the issuer's own file, through the room by which everything with people leaves."""

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.sheets.actions.ledger import issue_of_form
from linli.sheets.actions.step import locked, step_on
from linli.sheets.models import Delivery, Form, Part, SentRows
from linli.sheets.queries.areas import grid_of
from linli.sheets.queries.cards import card_fills, card_in, sheet_of
from linli.sheets.queries.copying import copy_of
from linli.sheets.queries.delivering import (
    CODE,
    Sent,
    changed_since,
    counts_of,
    leaving_of,
    marks_of,
    readings_of,
    sent_of,
)
from linli.sheets.queries.filled import Reading
from linli.sheets.rules.copies import packed
from linli.sheets.rules.delivery.card_files import Cards, fill_cards, layout_of
from linli.sheets.rules.delivery.files import COMES_BACK_AS, Bearer, Issue, fill_file
from linli.sheets.rules.delivery.places import Place, Section, Target
from linli.sheets.rules.families import MEMBERS
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.states import CHECKED, DELIVERED, FILL
from linli.trust import api as trust
from linli.trust import slots as trust_slots


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What was read for a form, who leaves with it, and what is made beside while the ledger takes everybody in.

    That are the marks of the rows of each part, and the packed copy.
    """

    readings: Sequence[tuple[Part, Reading]]
    leaving: trust_slots.Leaving
    made: "Future[tuple[list[list[bytes]], bytes]]"


_fetched: "ContextVar[_Fetched | None]" = ContextVar("fetched")


@dataclass(frozen=True, slots=True)
class Sending:
    """A form that was sent back: the receipt and the file."""

    delivery: Delivery
    content: bytes
    name: str


class FormOut(trust_slots.Export):
    """A filled form, checked by somebody else, in the issuer's own layout."""

    code, capability = CODE, FILL
    label = _("a form of a superior")

    def fetch(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> trust_slots.Leaving:
        """Return the rows of the form. Raises NotAllowed, PurposeMissingError."""
        form = Form.objects.get(pk=wanted["form"])
        readings = readings_of(form, by=by, now=now)
        leaving = leaving_of(form, readings)
        made = kernel.beside(lambda: (list(map(marks_of, readings)), packed(copy_of(readings, leaving))))
        _fetched.set(_Fetched(readings, leaving, made))
        return leaving


@kernel.undisturbed()
@transaction.atomic
def deliver_form(*, form_id: UUID, by: accounts.Actor, now: datetime) -> Sending:
    """Fill the issuer's own file with what is known now, and keep it with its receipt.

    Raises NotAllowed, Hidden, FormRefusedError, DeliveryRefusedError.
    """
    form = locked(form_id, by, FILL)
    if form.state not in {CHECKED, DELIVERED}:
        raise FormRefusedError(_("A form is delivered when somebody else of the unit has checked it."))
    taken = trust.take_out(kind=CODE, wanted={"form": str(form.pk)}, by=by, now=now)
    fetched = _taken_over()
    marks, copy = fetched.made.result()
    sent = sent_of(fetched.readings, marks)
    made = filled_file(form, sent, Bearer(taken.watermark or taken.mark, str(taken.entry)))
    content = made.content
    row = _receipt(form, sent, content, taken)
    row.grade = trust.grade_of_set(fetched.leaving.grades, people=fetched.leaving.count)
    row.by_id, row.at, row.number = by.person_id, now, kernel.next_number(prefix="H", day=timezone.localdate(now))
    row.data.save(f"{row.pk}.rows", ContentFile(copy), save=False)
    row.file.save(f"{row.pk}.{row.layout}", ContentFile(content), save=False)
    row.save(force_insert=True)
    SentRows.objects.create(delivery=row, digests=b"".join([mark for part in sent for mark in part.marks]))
    issue_of_form(form=form, sent=sent, by=by, now=now)
    step_on(form, "deliver", by=by, now=now, delivery=row, words=_left(made.left))
    return Sending(row, content, row.name)


def _taken_over() -> _Fetched:
    """Return what was fetched; nothing else holds it from now on."""
    fetched = _fetched.get()
    _fetched.set(None)
    if fetched is None:
        message = "A form leaves after it was fetched."
        raise RuntimeError(message)
    return fetched


def _receipt(form: Form, sent: Sequence[Sent], content: bytes, taken: trust.Taken) -> Delivery:
    counts = counts_of(sent)
    stem, _dot, own = form.file_name.rpartition(".")
    layout = layout_of(form.layout, len(card.rows)) if (card := card_in(sent)) else COMES_BACK_AS[form.layout]
    ends = own if layout == form.layout == "csv" and stem else layout
    rows = sum(len(one.rows) for one in sent if one.part.kind != MEMBERS)
    return Delivery(
        form=form, mark=taken.mark, name=f"{stem or form.file_name}-{taken.mark}.{ends}", layout=layout,
        digest=hashlib.sha256(content).hexdigest(), rows=rows, cells=counts.cells, filled=counts.filled,
        typed=counts.typed, empty=counts.empty, changed=changed_since(form, sent),
    )  # fmt: skip


def filled_file(form: Form, sent: Sequence[Sent], bearer: Bearer) -> Cards:
    """Return the issuer's own file with every part filled; of a card one for each row. Raises DeliveryRefusedError."""
    with form.file.open("rb") as file:
        issue = Issue(bytes(file.read()), form.file_name, form.layout)
    if card := card_in(sent):
        sheet = 0 if form.layout == "csv" else sheet_of(card.part, form.layout)
        fills = card_fills(card, sent, grid_of(card.part, issue.content), sheet)
        return fill_cards(issue, sheet, fills, bearer)
    return Cards(fill_file(issue, [section for one in sent for section in _sections(one, form.layout)], bearer))


def _left(rows: int) -> str:
    """Return what is said of rows of lists within cards that found no room; "" where all did."""
    words = ngettext("%d row of a list within a card found no room in the file.",
                     "%d rows of lists within cards found no room in the file.", rows) % rows  # fmt: skip
    return words if rows else ""


def _sections(one: Sent, layout: str) -> list[Section]:
    """Return the rows of a part, and the row of sums below where it has one."""
    part = one.part
    sheet = sheet_of(part, layout)
    rows = Section(
        Place(sheet, part.first + 1, part.last + 1), [Target(column.index + 1) for column in one.columns], one.rows
    )  # fmt: skip
    if not one.sums:
        return [rows]
    below = Place(sheet, part.totals[0] + 1, part.totals[0] + 1)
    return [rows, Section(below, [Target(one.columns[at].index + 1) for at in one.sums], [list(one.sums.values())])]
