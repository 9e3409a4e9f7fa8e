"""An answer from the doors goes into the cells that wait for it 答复回填: nobody types it a second time."""

from collections.abc import Collection, Iterable, Iterator, Sequence
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

FAR = 2  # the points in a path that leads to another record


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
    _put_into([one for one in forms if one.state in states.FILLING], gap, said, by=by, now=now)
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
    return sum(_put_into([form], gap, said, by=by, now=now, only_empty=True) for gap, said in found if said)


def _again(gap: Gap, kind: str, now: datetime) -> Said | None:
    """Return what was answered; None where the dictionary no longer takes it."""
    if not (gap.value and gap.answered_at):
        return None
    try:
        clean = registry.check_value(kind=kind, code=gap.element, raw=gap.value.reveal(), now=now)
    except registry.BadValueError:
        return None
    return Said(f"{kind}.{gap.element}", clean, gap.answered_by_id, gap.answered_at)


def _put_into(
    forms: Collection[Form], gap: Gap, said: Said, *, by: accounts.Actor, now: datetime, only_empty: bool = False
) -> int:  # fmt: skip
    """Write an answer into each cell of some forms that asks for it, as its column writes it; return how many."""
    cells = [cell for path, columns in _asking(forms, said).items() for cell in _cells(path, columns, gap, by, now)]
    typed = typed_in([line for line, _column in cells]) if only_empty else {}
    answers = [
        Answer(line=line, column=one, value=words, by_id=said.by_id, at=said.at)
        for line, one in cells
        if not typed.get((line.pk, one.pk)) and (words := _written(one, said.value)) is not None
    ]  # fmt: skip
    return len(Answer.objects.bulk_create(answers))


def _asking(forms: Collection[Form], said: Said) -> dict[str, list[Column]]:
    """Return the columns of forms that ask for an element, by their path: of the row, or of whom it leads to."""
    kind, _dot, code = said.element.partition(".")
    found: dict[str, list[Column]] = {}
    for one in Column.objects.filter(part__form__in=forms, element__endswith=f".{code}").select_related("part__form"):
        if one.element.rpartition(".")[2] == code and registry.kind_at(one.element) == kind:
            found.setdefault(one.element, []).append(one)
    return found


def _cells(
    path: str, columns: Sequence[Column], gap: Gap, by: accounts.Actor, now: datetime
) -> Iterator[tuple[Line, Column]]:
    """Yield the cells of columns of one path that are about whom the gap is about."""
    by_part: dict[UUID, list[Column]] = {}
    for one in columns:
        by_part.setdefault(one.part_id, []).append(one)
    lines = Line.objects.filter(part__in=by_part, entity_id__isnull=False)
    if path.count(".") < FAR:
        about = lines.filter(entity_id=gap.entity_id)
    else:
        rows = list(lines.values_list("entity_id", flat=True))
        ends = registry.ends_of(ids=[one for one in rows if one], paths=[path], by=by, now=now).get(path, {})
        about = lines.filter(entity_id__in=[row for row, end in ends.items() if end.entity_id == gap.entity_id])
    yield from ((line, one) for line in about for one in by_part[line.part_id])


def _written(column: Column, value: Any) -> str | None:
    """Return an answer as a column writes it; None where its rule makes nothing of it."""
    said = rule_of(column.transform, on=column.part.form.on, label=label_of(column))(value)
    return None if said is None else str(said)
