"""Confirming what columns ask for 确认列对应: once, by an officer; remembered for every form with such a column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets.actions.step import locked, step_on
from linli.sheets.models import Column, Form, Meaning
from linli.sheets.queries.listed import admitted_as
from linli.sheets.queries.meanings import dictionary
from linli.sheets.queries.sources import source_elements
from linli.sheets.rules.binding import learnt_key
from linli.sheets.rules.families import MEMBERS
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.rules.transforms import Transform, made
from linli.sheets.states import FILL

AREA_NAME = "area.name"  # the area that a row of figures is about


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an officer says a column asks for: an element by its path ("" for none) and a conversion.

    `is_remembered` for all forms with such a column, but where it was only left over in this one.
    """

    element: str
    transform: Transform
    is_remembered: bool = True


LEFT = Chosen("", made("blank"), is_remembered=False)  # left for a hand, in this form


@transaction.atomic
def confirm_columns(*, form_id: UUID, chosen: Mapping[UUID, Chosen], by: accounts.Actor, now: datetime) -> Form:
    """Settle every column of a form. Rows chosen before are chosen anew.

    Raises NotAllowed, Hidden, FormRefusedError where a column is left out or an element is not in the dictionary.
    """
    form = locked(form_id, by, FILL)
    columns = list(Column.objects.filter(part__form=form).select_related("part"))
    if missing := [one.label for one in columns if one.pk not in chosen]:
        raise FormRefusedError(_("Say what this column asks for, or leave it to be filled by hand: %s") % missing[0])
    known = {(one.kind, one.code) for one in dictionary()}
    meanings = []
    for column in columns:
        said = chosen[column.pk]
        is_known = said.element in {"", AREA_NAME} or said.element in source_elements(column.part.kind)
        if not is_known and (registry.kind_at(said.element), said.element.rpartition(".")[2]) not in known:
            raise FormRefusedError(_("There is no data element %s.") % said.element)
        meanings += [meaning_of(column, said, by, now)] * said.is_remembered
        column.element, column.transform = said.element, said.transform.as_data()
        column.confirmed_by_id, column.confirmed_at = by.person_id, now
    Column.objects.bulk_update(columns, ["element", "transform", "confirmed_by", "confirmed_at"])
    Meaning.objects.bulk_create(meanings)
    form.parts.update(ready_at=None)
    form.admission = admitted_as(form, now=now)
    step_on(form, "confirm", by=by, now=now)
    return form


def meaning_of(column: Column, said: Chosen, by: accounts.Actor, now: datetime) -> Meaning:
    """Return what an officer said, to be remembered for every form with such a column."""
    data, kind = said.transform.as_data(), column.part.kind
    return Meaning(
        key=learnt_key("persons" if kind == MEMBERS else kind, column.path)[:400], element=said.element, transform=data,
        was_proposed=(column.element, column.transform) == (said.element, data), by_id=by.person_id, at=now,
    )  # fmt: skip
