"""The lists of a card that ask for who lives together: whom each card means, and what is written of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets.models import Column, Form, Line, Part
from linli.sheets.queries.bounds import closed_by_basis, read_for
from linli.sheets.queries.filled import (
    Reading,
    SlimLine,
    closed_in,
    columns_of,
    kind_of,
    label_of,
    name_of,
    paths_of,
    written,
)
from linli.sheets.rules.families import MEMBERS


@dataclass(frozen=True, slots=True)
class Shown:
    """Such a list as it is shown: its rows, each with what its card is called, and columns that are not given out."""

    part: Part
    columns: Sequence[Column]
    rows: Sequence[tuple[str, Sequence[Any]]]
    closed: Sequence[tuple[str, str]]


def family_lists(form: Form) -> list[Part]:
    """Return the lists of a card that ask for a household."""
    return list(form.parts.filter(kind=MEMBERS).order_by("place").select_related("form").prefetch_related("columns"))


def read_families(
    part: Part, card: Part, ids: Sequence[UUID], *, by: accounts.Actor, now: datetime,
    read: Callable[..., registry.Found],
) -> Reading:  # fmt: skip
    """Return the members of every household, card by card, read by `registry.fill` or `registry.look_for_form`."""
    form, columns = part.form, columns_of(part)
    closed = closed_by_basis(form, columns)
    homes = registry.members_of(
        kind=kind_of(card), ids=ids, by=by, purpose=form.purpose, on=form.on, now=now
    )  # fmt: skip
    found = read(
        kind="person", ids=list(dict.fromkeys(one for home in homes.values() for one in home)),
        paths=paths_of(columns, closed), by=by, purpose=form.purpose, now=now, with_origins=True,
    )  # fmt: skip
    lines, rows, labels = list[SlimLine](), list[list[Any]](), [label_of(one) for one in columns]
    for card_id in ids:
        own = [SlimLine(one, one, card_id) for one in homes.get(card_id, ()) if one in found.rows]
        seen = replace(found, rows={one.entity_id: found.rows[one.entity_id] for one in own})
        rows += written(columns, cast("list[Line]", own), seen, {}, on=form.on, labels=labels, closed=closed)
        lines += own
    return Reading(columns, cast("list[Line]", lines), found, {}, rows, closed)


def owners_of(reading: Reading) -> list[UUID]:
    """Return on whose card each line stands; nothing where they stand on none."""
    lines = cast("Sequence[object]", reading.lines)
    return [one.card for one in lines if isinstance(one, SlimLine) and one.card]


def families_shown(part: Part, card: Part, reading: Reading, *, by: accounts.Actor, now: datetime) -> "Shown":
    """Return what stands in such a list on the cards of a page; whoever is read stands in the ledger."""
    ids = [line.row_id for line in reading.lines]
    found = read_families(part, card, ids, by=by, now=now, read=read_for(part.form))
    called = {
        key: name_of(reading.columns, row) or str(at)
        for at, (key, row) in enumerate(zip(ids, reading.rows, strict=True), 1)
    }
    rows = zip(owners_of(found), found.rows, strict=True)
    return Shown(part, found.columns, [(called[card_id], row) for card_id, row in rows], closed_in(found))


__all__ = ["Shown", "families_shown", "family_lists", "owners_of", "read_families"]
