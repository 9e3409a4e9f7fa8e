"""An answer from the doors goes into the cells that wait for it 答复回填: nobody types it a second time."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets import states
from linli.sheets.actions.step import keep
from linli.sheets.models import Answer, Column, Form, Gap, Line
from linli.sheets.queries.filled import label_of
from linli.sheets.rules.deriving import rule_of


def put_into_forms(gap: Gap, element: str, value: Any, *, by: accounts.Actor, now: datetime) -> None:
    """Write an answer into every form that waits and is still being filled; others are told that it came too late.

    What somebody else has checked, or what was delivered, stays as it was.
    """
    waiting = gap.waiting.values("form_id")
    forms = list(Form.objects.select_for_update(of=("self",)).filter(pk__in=waiting).order_by("pk"))
    put_into([one for one in forms if one.state in states.FILLING], gap, element, value, by=by, now=now)
    known = registry.elements_of(element.partition(".")[0]).get(gap.element)
    for one in forms:
        if one.state not in states.FILLING and one.state != states.DROPPED:
            keep(one, "late", one.state, by=by, now=now, words=known.label if known else gap.element)


def put_into(
    forms: Collection[Form], gap: Gap, element: str, value: Any, *, by: accounts.Actor, now: datetime
) -> int:  # fmt: skip
    """Write an answer into each cell of some forms that asks for it, as its column writes it; return how many."""
    columns: dict[Any, list[Column]] = {}
    for one in Column.objects.filter(part__form__in=forms, element=element).select_related("part__form"):
        columns.setdefault(one.part_id, []).append(one)
    lines = Line.objects.filter(part__in=columns, entity_id=gap.entity_id)
    said = [(line, one, _written(one, value)) for line in lines for one in columns[line.part_id]]
    answers = [Answer(line=line, column=one, value=words, by_id=by.person_id, at=now)
               for line, one, words in said if words is not None]  # fmt: skip
    return len(Answer.objects.bulk_create(answers))


def _written(column: Column, value: Any) -> str | None:
    """Return an answer as a column writes it; None where its rule makes nothing of it."""
    said = rule_of(column.transform, on=column.part.form.on, label=label_of(column))(value)
    return None if said is None else str(said)
