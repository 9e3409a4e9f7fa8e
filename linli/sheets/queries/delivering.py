"""A form as it is sent back: every part's rows as they are written, and who is in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import starmap
from typing import Any, cast
from uuid import UUID

import orjson
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.models import Column, Delivery, Form, Line, Part, SentRows
from linli.sheets.queries.families import family_lists, owners_of, read_families
from linli.sheets.queries.filled import Reading, SlimLine, is_asked, kind_of
from linli.sheets.queries.reading import has_rows, read_part
from linli.sheets.queries.totals import totals_of
from linli.sheets.rules.sent_rows import marked_row, other_rows
from linli.trust import slots as trust

CODE, CONTEXT = "sheets.form", "sheets.sent_row"


@dataclass(frozen=True, slots=True)
class Sent:
    """One part as it is sent back: its columns, its rows in order, whom each is about, and its mark.

    `sums` stand in a row below, by place of the column, where the issuer has no formula for them. Of a list within a
    card `owners` say on whose card each row stands; it has no marks, for it goes with the card.
    """

    part: Part
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    ids: Sequence[UUID]
    marks: Sequence[bytes]
    typed: Collection[tuple[UUID, UUID]] = ()
    owners: Sequence[UUID] = ()
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
    found = [
        (part, read_part(part, _lines(part), by=by, now=now, read=registry.look_for_form))
        for part in parts if has_rows(part)
    ]  # fmt: skip
    for card, reading in [one for one in found if one[0].is_card]:
        ids = [line.row_id for line in reading.lines]
        found += [
            (one, read_families(one, card, ids, by=by, now=now, read=registry.look_for_form))
            for one in family_lists(form)
        ]  # fmt: skip
    return found


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


def marks_of(of_part: tuple[Part, Reading]) -> list[bytes]:
    """Return the marks by which the rows of a part are known to be the same later on; see `Sent`. Asks no database."""
    _part, reading = of_part
    if owners_of(reading):
        return []
    rows = [orjson.dumps(row, default=str).decode() for row in reading.rows]
    digests = kernel.keyed_digests(rows, context=CONTEXT)
    return [marked_row(line.row_id, digest) for line, digest in zip(reading.lines, digests, strict=True)]


def sent_of(readings: Sequence[tuple[Part, Reading]], marks: Sequence[Sequence[bytes]]) -> list[Sent]:
    """Return the parts of a form with the rows that left, and the marks of each part."""
    return [_sent(part, reading, own) for (part, reading), own in zip(readings, marks, strict=True)]


def _sent(part: Part, reading: Reading, marks: Sequence[bytes]) -> Sent:
    columns, rows = reading.columns, reading.rows
    ids = [line.row_id for line in reading.lines]
    owners = owners_of(reading)
    typed = [place for place, value in reading.typed.items() if value != ""]
    return Sent(part, columns, rows, ids, marks, typed, owners, totals_of(part, columns, rows))


def _lines(part: Part) -> list[Line]:
    return slim_lines_of(part) if kind_of(part) else list(lines_of(part))


def lines_of(part: Part) -> "QuerySet[Line]":
    """Return the lines of a part that are sent, in their order."""
    return part.lines.filter(left_out="").order_by("place", "id")


def slim_lines_of(part: Part) -> list[Line]:
    """Return the same with no more than reading needs: thousands of whole ones take as long as reading them."""
    slim = list(starmap(SlimLine, lines_of(part).values_list("pk", "entity_id")))
    return cast("list[Line]", slim)


def counts_of(sent: Sequence[Sent]) -> Counts:
    """Return how the cells came about. What nobody but a hand on paper fills does not count."""
    cells = known = typed = 0
    for one in sent:
        asked = {column.pk: at for at, column in enumerate(one.columns) if is_asked(column)}
        cells += len(asked) * len(one.rows)
        by_column = list(zip(*one.rows, strict=True))
        held = [by_column[at] for at in asked.values()] if by_column else []
        known += sum(len(said) - said.count(None) - said.count("") for said in held)
        typed += sum(column in asked for _line, column in one.typed)
    return Counts(cells, known - typed, typed)


def changed_since(form: Form, sent: Sequence[Sent]) -> int | None:
    """Return how many rows are new or other than in the last form of this title; None where there was none."""
    others = Delivery.objects.filter(form__title=form.title, form__unit=form.unit_id, rows__gt=0).exclude(form=form)
    last = others.order_by("-at", "-id").values_list("pk", flat=True).first()
    if last is None:
        return None
    kept = SentRows.objects.filter(delivery_id=last).values_list("digests", flat=True).first()
    return other_rows([mark for one in sent for mark in one.marks], bytes(kept or b""))
