"""The columns of a run as an officer maps them: what is in force, what is proposed, some values as examples."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from linli.exchange.models import Dataset, Run
from linli.exchange.rules.mapping import Mapped, from_data, proposals
from linli.exchange.rules.wording import listed
from linli.exchange.rules.words import VEIL
from linli.registry import api as registry

SAMPLE, EXAMPLES, LONGEST = 200, 2, 5


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column: the element chosen or proposed, why, whether it names rows, and masked examples."""

    place: int
    name: str
    element: str
    why: str
    is_key: bool
    is_observed: bool
    examples: str


def column_lines(
    run: Run, *, mapping: Sequence[Mapped] | None = None, keys: Sequence[str] | None = None
) -> list[ColumnLine]:
    """Return the columns of a run. What was just chosen stays; else the mapping in force; else what is proposed."""
    dataset = run.dataset
    chosen = {one.column: one.element for one in (from_data(dataset.mapping) if mapping is None else mapping)}
    named = dataset.keys if keys is None else keys
    rows = _sample(run)
    used = {element for column, element in chosen.items() if column in run.header}
    found = {
        one.column: one for one in proposals(run.header, rows, registry.elements_of(dataset.kind), dataset.kind)
        if one.element not in used
    } if mapping is None else {}  # fmt: skip
    lines = []
    for place, name in enumerate(run.header):
        proposal = found.get(name) if name not in chosen else None
        element = chosen.get(name) or (proposal.element if proposal else "")
        values = [row[place] for row in rows if row[place].strip()][:EXAMPLES]
        lines.append(
            ColumnLine(
                place, name, element, proposal.why if proposal else "", name in named,
                name == dataset.observed_column, listed(map(_veiled, values)),
            )
        )  # fmt: skip
    return lines


def element_choices(dataset: Dataset) -> list[tuple[str, str]]:
    """Return the elements that a column can mean."""
    return [(element.code, element.label) for element in registry.elements_of(dataset.kind).values()]


def _sample(run: Run) -> list[list[str]]:
    page = run.pages.order_by("place").first()
    return [row for _line, row in json.loads(page.content.reveal())[:SAMPLE]] if page else []


def _veiled(text: str) -> str:
    """Return the shape of a value: its first character and its length, so that nobody is recognised."""
    short = text.strip()
    return short[0] + VEIL * min(LONGEST, len(short) - 1)
