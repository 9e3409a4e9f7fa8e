"""Saying what a column of a table by area counts 调整统计口径: an officer's conditions, remembered."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets.actions.confirm import Chosen, meaning_of
from linli.sheets.actions.step import keep, locked
from linli.sheets.models import Column
from linli.sheets.queries.reading import BY_AREA
from linli.sheets.rules.counting import transform_for
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.rules.wording import figure_words
from linli.sheets.states import BOUND, FILL, FILLED, READ


@transaction.atomic
def count_by(*, column_id: UUID, figure: registry.Figure, by: accounts.Actor, now: datetime) -> Column:
    """Let a column count by these conditions. A form that is filled shows the new numbers at once.

    Raises NotAllowed, Hidden, FormRefusedError.
    """
    column = Column.objects.select_related("part").filter(pk=column_id).first()
    form = locked(column.part.form_id if column else UUID(int=0), by, FILL)
    if column is None or column.part.kind != BY_AREA or form.state not in {READ, BOUND, FILLED}:
        raise FormRefusedError(_("What is counted is changed before the form is handed in."))
    known = registry.elements_of(figure.kind)
    if unknown := [code for code in figure.elements if code not in known]:
        raise FormRefusedError(_("There is no data element %s.") % unknown[0])
    said = Chosen("", transform_for(figure))
    meaning_of(column, said, by, now).save(force_insert=True)
    column.element, column.transform = "", said.transform.as_data()
    column.confirmed_by_id, column.confirmed_at = by.person_id, now
    column.save(update_fields=["element", "transform", "confirmed_by", "confirmed_at"])
    words = f"{column.label}: {figure_words(column.transform)}"
    keep(form, "count_by", form.state, by=by, now=now, words=words)
    return column
