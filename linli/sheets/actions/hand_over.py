"""An answer from the doors goes into the cells that wait for it 答复回填: nobody types it a second time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets import states
from linli.sheets.actions.step import keep
from linli.sheets.models import Answer, Column, Form, Gap, Line
from linli.sheets.queries.filled import label_of, typed_in
from linli.sheets.rules.deriving import rule_of


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as the base keeps it: the path of what was asked, the value, who found it out, and when."""

    element: str
    value: Any
    by_id: UUID | None
    at: datetime


def put_into_forms(gap: Gap, element: str, value: Any, *, by: accounts.Actor, now: datetime) -> None:
    """Write an answer into every form that waits and is still being filled; others are told that it came too late.

    What somebody else has checked, or what was delivered, stays as it was.
    """
    waiting = gap.waiting.values("form_id")
    forms = list(Form.objects.select_for_update(of=("self",)).filter(pk__in=waiting).order_by("pk"))
    said = Said(element, value, by.person_id, now)
    _put_into([one for one in forms if one.state in states.FILLING], gap, said)
    known = registry.elements_of(element.partition(".")[0]).get(gap.element)
    for one in forms:
        if one.state not in states.FILLING and one.state != states.DROPPED:
            keep(one, "late", one.state, by=by, now=now, words=known.label if known else gap.element)


def hand_over(form: Form, answered: Iterable[Gap], *, by: accounts.Actor, now: datetime) -> int:
    """Write what was found out lately into the empty cells of another form; return how many. Nobody is asked again."""
    gaps = list(answered)
    ids = {one.entity_id for one in gaps}
    kinds = registry.look_at_some(entity_ids=ids, by=by, now=now, purpose=form.purpose) if ids else {}
    found = [(gap, _again(gap, kinds[gap.entity_id].kind, now)) for gap in gaps if gap.entity_id in kinds]
    return sum(_put_into([form], gap, said, only_empty=True) for gap, said in found if said)


def _again(gap: Gap, kind: str, now: datetime) -> Said | None:
    """Return what was answered; None where the dictionary no longer takes it."""
    if not (gap.value and gap.answered_at):
        return None
    try:
        clean = registry.check_value(kind=kind, code=gap.element, raw=gap.value.reveal(), now=now)
    except registry.BadValueError:
        return None
    return Said(f"{kind}.{gap.element}", clean, gap.answered_by_id, gap.answered_at)


def _put_into(forms: Collection[Form], gap: Gap, said: Said, *, only_empty: bool = False) -> int:
    """Write an answer into each cell of some forms that asks for it, as its column writes it; return how many."""
    columns: dict[UUID, list[Column]] = {}
    for one in Column.objects.filter(part__form__in=forms, element=said.element).select_related("part__form"):
        columns.setdefault(one.part_id, []).append(one)
    lines = list(Line.objects.filter(part__in=columns, entity_id=gap.entity_id))
    typed = typed_in(lines) if only_empty else {}
    answers = [
        Answer(line=line, column=one, value=words, by_id=said.by_id, at=said.at)
        for line in lines for one in columns[line.part_id]
        if not typed.get((line.pk, one.pk)) and (words := _written(one, said.value)) is not None
    ]  # fmt: skip
    return len(Answer.objects.bulk_create(answers))


def _written(column: Column, value: Any) -> str | None:
    """Return an answer as a column writes it; None where its rule makes nothing of it."""
    said = rule_of(column.transform, on=column.part.form.on, label=label_of(column))(value)
    return None if said is None else str(said)
