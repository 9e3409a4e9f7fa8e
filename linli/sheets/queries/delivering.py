"""A form as it is sent back: every part's rows as they are written, and who is in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.models import Column, Form, Line, Part, SentRow
from linli.sheets.queries.figures import totals_of
from linli.sheets.queries.filled import Reading, columns_of, is_asked, typed_of
from linli.sheets.queries.reading import BY_AREA, has_rows, read_part
from linli.trust import slots as trust

CODE, CONTEXT = "sheets.form", "sheets.sent_row"


@dataclass(frozen=True, slots=True)
class Sent:
    """One part as it is sent back: its columns, its rows in order, and a keyed digest of each by whom it is about.

    `sums` stand in a row below, by place of the column, where the issuer has no formula for them.
    """

    part: Part
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    digests: dict[UUID, str]
    sums: Mapping[int, int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counts:
    """How the cells came about: all that were asked, from the base, by hand, and the rest."""

    cells: int
    filled: int
    typed: int

    @property
    def empty(self) -> int:
        """How many are empty."""
        return self.cells - self.filled - self.typed


def readings_of(form: Form, *, by: accounts.Actor, now: datetime) -> list[tuple[Part, Reading]]:
    """Return every part that has rows, read anew; whoever calls records it."""
    parts = form.parts.order_by("place").prefetch_related("columns").select_related("form")
    return [
        (part, read_part(part, list(lines_of(part)), by=by, now=now, read=registry.look_for_form))
        for part in parts if has_rows(part)
    ]  # fmt: skip


def leaving_of(form: Form, readings: Sequence[tuple[Part, Reading]]) -> trust.Leaving:
    """Return what leaves with a form that somebody else has checked; all rows of all parts, each with its own width."""
    founds = [reading.found for _part, reading in readings]
    rows = [list(row) for _part, reading in readings for row in reading.rows]
    return trust.Leaving(
        name=form.number, heading=[column.label for _part, reading in readings[:1] for column in reading.columns],
        lines=rows, subjects=[token for found in founds for tokens in found.subjects.values() for token in tokens],
        elements=list(dict.fromkeys(one for found in founds for one in found.read)),
        grades=[grade for found in founds for grade in found.grades], purpose=f"registry.{form.purpose}",
        object_kind="form", object_id=str(form.pk), label=_("Taken out by"),
        approved_by=f"form:{form.number}:{form.checked_by_id}",
    )  # fmt: skip


def sent_of(form: Form, rows: Sequence[Sequence[Any]]) -> list[Sent]:
    """Return the parts of a form with the rows that left, in the order in which they were read."""
    sent, start = [], 0
    for part in form.parts.order_by("place").prefetch_related("columns"):
        if has_rows(part):
            ids = [one.row_id for one in lines_of(part)]
            columns = columns_of(part)
            own = [row[: len(columns)] for row in rows[start : start + len(ids)]]
            sums = totals_of(part, columns, own) if part.kind == BY_AREA and part.totals else {}
            sent.append(Sent(part, columns, own, dict(zip(ids, map(_digest, own), strict=True)), sums))
            start += len(ids)
    return sent


def lines_of(part: Part) -> "QuerySet[Line]":
    """Return the lines of a part that are sent, in their order."""
    return part.lines.filter(left_out="").order_by("place", "id")


def counts_of(sent: Sequence[Sent]) -> Counts:
    """Return how the cells came about. What nobody but a hand on paper fills does not count."""
    cells = known = typed = 0
    for one in sent:
        asked = {column.pk: at for at, column in enumerate(one.columns) if is_asked(column)}
        cells += len(asked) * len(one.rows)
        known += sum(row[at] not in (None, "") for row in one.rows for at in asked.values())
        typed += sum(column in asked and value != "" for (_line, column), value in typed_of(one.part).items())
    return Counts(cells, known - typed, typed)


def changed_since(form: Form, sent: Sequence[Sent]) -> tuple[int | None, set[UUID]]:
    """Return how many rows are new or other than in the last form of this title; None where there was none."""
    last = (
        SentRow.objects.filter(delivery__form__title=form.title, delivery__form__unit=form.unit_id)
        .exclude(delivery__form=form).order_by("-delivery__at").values_list("delivery_id", flat=True).first()
    )  # fmt: skip
    if last is None:
        return None, set()
    before = dict(SentRow.objects.filter(delivery_id=last).values_list("entity_id", "digest"))
    new = {key for one in sent for key, digest in one.digests.items() if before.get(key) != digest}
    return len(new), new


def _digest(row: Sequence[Any]) -> str:
    return kernel.keyed_token(json.dumps(row, ensure_ascii=False, default=str), context=CONTEXT)
