"""Typing into one cell 手工补填: for this form; what the base lacks is asked for elsewhere."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.accounts import api as accounts
from linli.sheets.actions.step import locked
from linli.sheets.models import Answer, Column, Line
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.states import FILL, FILLED

LONGEST = 500


@transaction.atomic
def type_in(*, line_id: UUID, column_id: UUID, value: str, by: accounts.Actor, now: datetime) -> Answer:
    """Type a value into a cell; what stood there stays in the history. Raises NotAllowed, Hidden, FormRefusedError."""
    line = Line.objects.select_related("part").filter(pk=line_id).first()
    form = locked(line.part.form_id if line else UUID(int=0), by, FILL)
    column = Column.objects.filter(pk=column_id, part__lines=line_id).first()
    if line is None or column is None or form.state != FILLED:
        raise FormRefusedError(_("Cells are filled before the form is handed in."))
    clean = value.strip()
    if len(clean) > LONGEST:
        raise FormRefusedError(_("This is longer than 500 characters."))
    if column.choices and clean and clean not in column.choices:
        listed = pgettext("between names", ", ").join(map(str, column.choices))
        raise FormRefusedError(_("The issuer takes one of these: %s") % listed)
    return Answer.objects.create(line=line, column=column, value=clean, by_id=by.person_id, at=now)


@transaction.atomic
def take_back(*, line_id: UUID, column_id: UUID, by: accounts.Actor) -> None:
    """Let what the base says stand in a cell again. Raises NotAllowed, Hidden, FormRefusedError."""
    line = Line.objects.select_related("part").filter(pk=line_id).first()
    form = locked(line.part.form_id if line else UUID(int=0), by, FILL)
    if form.state != FILLED:
        raise FormRefusedError(_("Cells are filled before the form is handed in."))
    Answer.objects.filter(line_id=line_id, column_id=column_id).delete()
