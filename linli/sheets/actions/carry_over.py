"""A form that is a view of a ledger is filled from it 台账填表: its rows, and what was typed and still holds."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets.actions.choose import Choice, choose_rows
from linli.sheets.actions.step import locked
from linli.sheets.models import Answer, Form, Part
from linli.sheets.queries.filled import columns_of, kind_of, paths_of, typed_in
from linli.sheets.queries.ledgers import holds, ledgers_seen_by, notes_of
from linli.sheets.rules.ledger_states import KEPT
from linli.sheets.rules.ledgers import columns_from, key_of
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.rules.scopes import scope_of
from linli.sheets.states import FILL

TOGETHER = 2000


@transaction.atomic
def fill_from_ledger(*, form_id: UUID, ledger_id: UUID, by: accounts.Actor, now: datetime) -> int:
    """Fill the lists of a form from a ledger of the unit; return how many typed cells were carried over.

    Raises NotAllowed, Hidden, FormRefusedError, RowsRefusedError.
    """
    form = locked(form_id, by, FILL)
    ledger = ledgers_seen_by(by).filter(pk=ledger_id, state=KEPT).first()
    if ledger is None:
        raise FormRefusedError(_("Your unit keeps no such ledger any more."))
    form.ledger = ledger
    form.save(update_fields=["ledger"])
    parts = [one for one in form.parts.order_by("place") if one.kind == ledger.kind]
    choice = Choice(ledger.purpose, timezone.localdate(now), {one.pk: scope_of(ledger.scope) for one in parts})
    choose_rows(form_id=form.pk, choice=choice, by=by, now=now)
    form.refresh_from_db()
    return sum(_carried(form, part, by, now) for part in parts if kind_of(part))


def _carried(form: Form, part: Part, by: accounts.Actor, now: datetime) -> int:
    """Write what was typed last time and still holds into cells that nobody has typed into yet, with its own day."""
    if form.ledger is None:
        return 0
    lines, columns, today = list(part.lines.filter(left_out="")), columns_of(part), timezone.localdate(now)
    kept = {one.key: one for one in columns_from(form.ledger.columns)}
    by_key = {key_of(one.label, one.element, one.transform): one for one in columns}
    notes = notes_of(form.ledger, [one.row_id for one in lines])
    found = registry.fill(
        kind=kind_of(part), ids=list({entity for entity, _key in notes}), paths=paths_of(columns), by=by,
        purpose=form.purpose, now=now, case=form.number, with_origins=True,
    )  # fmt: skip
    typed, place = typed_in(lines), {one.row_id: one for one in lines}
    answers = [
        Answer(
            line=place[entity], column=by_key[key], value=note.value.reveal(), said_on=note.said_on, by_id=note.by_id,
            at=now,
        )
        for (entity, key), note in notes.items()
        if key in by_key and key in kept and (place[entity].pk, by_key[key].pk) not in typed
        and holds(note, form.ledger, kept[key], found, today)
    ]  # fmt: skip
    Answer.objects.bulk_create(answers, batch_size=TOGETHER)
    return len(answers)
