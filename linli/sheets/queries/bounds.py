"""What a form may be filled with: no column beyond what was admitted, nothing of grade 4 without a legal basis."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from linli.registry import api as registry
from linli.sheets.models import Column, Form
from linli.sheets.rules.basis import FROM_GRADE
from linli.sheets.rules.designs import DesignColumn, columns_of
from linli.sheets.rules.overlap import plain
from linli.sheets.rules.transforms import transform_of


def basis_of(form: Form) -> str:
    """Return the legal basis of a form: that of the list it stands on, else the one that was named."""
    return form.admission.basis if form.admission else form.basis


def read_for(form: Form) -> Callable[..., registry.Found]:
    """Return how records are read for a form: each look names it and its legal basis in the ledger."""
    return partial(registry.fill, case=form.number, basis=basis_of(form))


def closed_by_basis(form: Form, columns: Sequence[Column]) -> dict[UUID, str]:
    """Return the columns that are not filled for this form, each with why."""
    if form.admission:
        words = _("The list of forms (%s) does not have this column.") % form.admission.list_number
        more = set(beyond([_asked(one) for one in columns], columns_of(form.admission.columns)))
        return {one.pk: words for one in columns if _asked(one).header in more}
    if form.basis:
        return {}
    words = _("This form names no legal basis; what is graded that high is filled for a form with one only.")
    return {one.pk: words for one in columns if one.element and _grade(one.element) >= FROM_GRADE}


def beyond(columns: Iterable[DesignColumn], admitted: Sequence[DesignColumn]) -> tuple[str, ...]:
    """Return the headers of columns that ask somebody for more than was admitted: another element, by another name."""
    elements, names = {one.element for one in admitted}, {plain(one.header) for one in admitted}
    return tuple(
        one.header for one in columns
        if not one.is_by_itself and one.element not in elements - {""} and plain(one.header) not in names
    )  # fmt: skip


def _asked(column: Column) -> DesignColumn:
    return DesignColumn(tuple(column.path), column.element, transform_of(column.transform))


def _grade(path: str) -> int:
    known = registry.elements_of(registry.kind_at(path)).get(path.rpartition(".")[2])
    return known.grade if known else 0
