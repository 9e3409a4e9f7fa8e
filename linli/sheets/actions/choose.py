"""Choosing the rows of a form 选定填报范围: whom it is about, for which purpose, on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import repeat
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.actions.rows import put_in
from linli.sheets.actions.step import keep, locked, step_on
from linli.sheets.models import Line, Part
from linli.sheets.queries.areas import area_rows
from linli.sheets.queries.filled import columns_of, kind_of
from linli.sheets.queries.listed import admitted_as
from linli.sheets.queries.reading import BY_AREA, has_rows
from linli.sheets.queries.sources import rows_of
from linli.sheets.rules.basis import LONGEST
from linli.sheets.rules.refusals import FormRefusedError, RowsRefusedError
from linli.sheets.rules.scopes import Scope
from linli.sheets.slots import RowWish
from linli.sheets.states import FILL, FILLED, after

TOGETHER, MOST_CARDS = 1000, 1000
_FIELDS = ("id", "part", "place", "entity", "key", "label", "left_out")
copying = kernel.copying
Row = tuple[UUID | None, str, str]  # the record, or the key and the name of a row that is none


@dataclass(frozen=True, slots=True)
class Choice:
    """For which purpose of the register a form is filled, on which day ages are reckoned, and whom each part means.

    `basis` is the legal basis that was named; None: as it was.
    """

    purpose: str
    on: date
    scopes: dict[UUID, Scope]
    basis: str | None = None


@kernel.undisturbed()
@transaction.atomic
def choose_rows(*, form_id: UUID, choice: Choice, by: accounts.Actor, now: datetime) -> int:
    """Choose the rows of every part; those chosen before keep what was typed into them. Returns how many there are.

    Raises NotAllowed, Hidden, FormRefusedError, RowsRefusedError.
    """
    form = locked(form_id, by, FILL)
    after("choose", form.state)
    form.purpose, form.on = choice.purpose, choice.on
    form.basis = form.basis if choice.basis is None else choice.basis.strip()[:LONGEST]
    form.admission = admitted_as(form, now=now)
    total = 0
    for part in form.parts.order_by("place"):
        if has_rows(part):
            total += _choose(part, choice, by, now)
        part.ready_at = now
        part.save(update_fields=["scope", "ready_at"])
    step_on(form, "choose", by=by, now=now)
    return total


def count_rows(*, part: Part, scope: Scope, purpose: str, by: accounts.Actor, now: datetime) -> int:
    """Return how many a scope means, before it is chosen. Raises RowsRefusedError."""
    return len(_rows(part, scope, purpose, by, now))


@transaction.atomic
def leave_out(*, line_id: UUID, words: str, by: accounts.Actor, now: datetime) -> Line:
    """Leave one row out by hand, or ("" for words) take it back in. Raises NotAllowed, Hidden, FormRefusedError."""
    line = Line.objects.select_related("part").filter(pk=line_id).first()
    form = locked(line.part.form_id if line else UUID(int=0), by, FILL)
    if line is None or form.state != FILLED:
        raise FormRefusedError(_("Rows are changed before the form is handed in."))
    line.left_out = words[:200]
    line.save(update_fields=["left_out"])
    keep(form, "leave_out" if words else "take_in", form.state, by=by, now=now, words=words)
    return line


def _choose(part: Part, choice: Choice, by: accounts.Actor, now: datetime) -> int:
    scope = choice.scopes.get(part.pk, Scope())
    rows = _rows(part, scope, choice.purpose, by, now)
    if part.is_card and len(rows) > MOST_CARDS:
        raise RowsRefusedError(_("Those are more than %d cards. Narrow whom they are for.") % MOST_CARDS)
    part.scope = scope.as_data()
    there = part.lines.values_list("entity_id", "key", "pk", "place")
    known = {entity or key: (line, place) for entity, key, line, place in there}
    wanted = {entity or key for entity, key, _label in rows}
    if gone := [line for what, (line, _place) in known.items() if what not in wanted]:
        part.lines.filter(pk__in=gone).delete()
    new = [(place, *row) for place, row in enumerate(rows) if (row[0] or row[1]) not in known]
    if new:
        put_in(Line, _FIELDS, (_lines(part, new[at : at + TOGETHER]) for at in range(0, len(new), TOGETHER)))
    told = ((place, known.get(entity or key)) for place, (entity, key, _label) in enumerate(rows if known else ()))
    moved = [Line(pk=before[0], place=place) for place, before in told if before and before[1] != place]
    Line.objects.bulk_update(moved, ["place"], batch_size=TOGETHER)
    return len(rows)


def _lines(part: Part, rows: Sequence[tuple[int, UUID | None, str, str]]) -> bytes:
    """Return new lines in the order of `_FIELDS`."""
    places, entities, keys, labels = zip(*rows, strict=True)
    return copying.rows(
        map(copying.uuid, kernel.uuid7s(len(rows))), repeat(copying.uuid(part.pk)), map(copying.number, places),
        map(copying.uuid, entities), map(copying.text, keys), map(copying.text, labels), repeat(copying.text("")),
    )  # fmt: skip


def _rows(part: Part, scope: Scope, purpose: str, by: accounts.Actor, now: datetime) -> list[Row]:
    """Return the rows that a scope means: records, areas, or what another source knows."""
    if part.inner and part.kind != BY_AREA:
        raise RowsRefusedError(_parted(part))
    if kind_of(part):
        return [(key, "", "") for key in _ids(part, scope, purpose, by, now)]
    if part.kind == BY_AREA:
        found = area_rows(part, scope, columns_of(part))
    else:
        wish = RowWish(scope.division_id or part.form.division_id, scope.since, scope.until, scope.matter)
        found = rows_of(part, wish, by=by, now=now)
    return [(None, key, label[:200]) for key, label in found]


def _parted(part: Part) -> str:
    """Return why rows are not put among headings and sums: which stand below which nobody but the officer knows."""
    rows = pgettext("between names", ", ").join(str(row + 1) for row in part.inner)
    words = _(
        "“%(title)s” has headings or sums among the rows to fill (row %(rows)s of the sheet), and it isn't known which "
        "rows belong below which. Make each part a table of its own, or take these rows out, then bring the form again."
    )
    return words % {"title": part.title or part.grid_name, "rows": rows}


def _ids(part: Part, scope: Scope, purpose: str, by: accounts.Actor, now: datetime) -> list[UUID]:
    wish = registry.Wish(
        kind=kind_of(part), division_id=scope.division_id, grid_id=scope.grid_id, register=scope.register,
        tag_id=scope.tag_id, where=scope.where, on=part.form.on, words=scope.words,
    )  # fmt: skip
    try:
        return registry.choose_rows(wish=wish, by=by, purpose=purpose, now=now, case=part.form.number)
    except (registry.WishRefusedError, registry.PurposeMissingError) as refused:
        raise RowsRefusedError(str(refused)) from refused
