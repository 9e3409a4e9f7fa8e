"""Whether a form that was brought is on the list of admitted forms: by its file, its title, or what it asks."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from linli.sheets.models import Admission, Column, Form
from linli.sheets.queries.bounds import beyond
from linli.sheets.queries.issuing import rules_at
from linli.sheets.queries.overlaps import on_list
from linli.sheets.rules.admission_states import ADMITTED, EXPIRED, STOPPED
from linli.sheets.rules.designs import DesignColumn, columns_of
from linli.sheets.rules.overlap import alike, plain
from linli.sheets.rules.transforms import transform_of
from linli.sheets.states import OPEN

SURE = 0.9  # so many equal columns make it the same form, whatever it is called


@dataclass(frozen=True, slots=True)
class Listed:
    """The admission that a form belongs to: found by file, title or columns; `more` are columns beyond it."""

    admission: Admission
    by: str
    more: tuple[str, ...] = ()
    is_over: bool = False


def admission_of(form: Form, *, now: datetime) -> Listed | None:
    """Return the admission of a form; None where it is not on the list. Two or three queries.

    One that is over is found, too: by its file, title or columns, with `is_over`.
    """
    columns, day = asked_by(form), timezone.localdate(now)
    share = rules_at(now).merge_share / 100
    if found := _among(form, columns, list(on_list(day=day)), share):
        return found
    over = Admission.objects.filter(state__in=[ADMITTED, EXPIRED, STOPPED], list_number__isnull=False)
    found = _among(form, columns, list(over.select_related("unit").order_by("-valid_until")[:500]), share)
    return Listed(found.admission, found.by, found.more, is_over=True) if found else None


def standing_of(form: Form, *, now: datetime) -> Listed | None:
    """Return how a form stands to the list: an open one as it is found now, else as it was when it was handed in."""
    if form.state in OPEN or form.admission is None:
        return admission_of(form, now=now)
    return _found(asked_by(form), form.admission, "kept")


def admitted_as(form: Form, *, now: datetime) -> Admission | None:
    """Return the place on the list that a form has today; None where it has none, or none any more."""
    found = admission_of(form, now=now)
    return found.admission if found and not found.is_over else None


def asked_by(form: Form) -> tuple[DesignColumn, ...]:
    """Return what a form asks for, as designs say it. One query."""
    rows = Column.objects.filter(part__form=form).order_by("part__place", "index")
    return tuple(
        DesignColumn(tuple(path), element, transform_of(transform))
        for path, element, transform in rows.values_list("path", "element", "transform")
    )


def _among(form: Form, columns: tuple[DesignColumn, ...], rows: list[Admission], share: float) -> Listed | None:
    if same := next((row for row in rows if row.digest and row.digest == form.digest), None):
        return _found(columns, same, "file")
    shares = {row.pk: alike(columns, columns_of(row.columns)) for row in rows}
    titled = [row for row in rows if plain(row.title) == plain(form.title) and shares[row.pk] >= share]
    if titled:
        return _found(columns, titled[0], "title")
    best = max(rows, key=lambda row: shares[row.pk], default=None)
    return _found(columns, best, "columns") if best and shares[best.pk] >= SURE else None


def _found(columns: tuple[DesignColumn, ...], row: Admission, by: str) -> Listed:
    return Listed(row, by, beyond(columns, columns_of(row.columns)))
