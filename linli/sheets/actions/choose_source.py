"""Choosing among sources that differ 择源: for this form; where the base is wrong, its owner is told by a proposal."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets import slots
from linli.sheets.actions.step import keep, locked
from linli.sheets.models import Answer, Column, Form, Line
from linli.sheets.queries.filled import label_of
from linli.sheets.rules.deriving import rule_of
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.states import FILL, FILLED


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """Which source's value stands in this form. With `base_is_wrong` its owner is asked to correct the base."""

    source: str
    base_is_wrong: bool = False
    evidence: str = ""


@transaction.atomic
def choose_source(*, line_id: UUID, column_id: UUID, choice: SourceChoice, by: accounts.Actor, now: datetime) -> Answer:
    """Let another source than the believed one speak in one cell of this form; tell the owner where the base is wrong.

    Raises NotAllowed, Hidden, FormRefusedError, AnswerRefusedError, PurposeMissingError.
    """
    line, column, form = _cell(line_id, column_id, by)
    sides = registry.look_at_sides(
        entity_id=line.row_id, path=column.element, by=by, purpose=form.purpose, now=now, case=form.number
    )
    side = next((one for one in sides.sides if one.source == choice.source), None)
    if side is None or side.value is None:
        raise FormRefusedError(_("This source says nothing here any more. Look at the sources again."))
    if choice.base_is_wrong and side.is_believed:
        raise FormRefusedError(_("This is what the base says already. Choose the source that is right."))
    said = rule_of(column.transform, on=form.on, label=label_of(column))(side.value)
    answer = Answer.objects.create(
        line=line, column=column, value="" if said is None else str(said), chosen_from=side.name[:100],
        by_id=by.person_id, at=now,
    )  # fmt: skip
    if choice.base_is_wrong:
        words = choice.evidence.strip() or _("“%(source)s” says so") % {"source": side.name}
        code, on = column.element.rpartition(".")[2], timezone.localdate(now)
        for one in slots.proposers.all():
            one.propose(slots.Found(sides.entity_id, code, side.value, words, on), by=by, now=now)
    keep(form, "choose_source", form.state, by=by, now=now, words=side.name)
    return answer


def _cell(line_id: UUID, column_id: UUID, by: accounts.Actor) -> tuple[Line, Column, Form]:
    line = Line.objects.select_related("part").filter(pk=line_id, entity__isnull=False).first()
    form = locked(line.part.form_id if line else UUID(int=0), by, FILL)
    column = Column.objects.filter(pk=column_id, part__lines=line_id).exclude(element="").first()
    if line is None or column is None or form.state != FILLED:
        raise FormRefusedError(_("Cells are filled before the form is handed in."))
    return line, column, form
