"""How other domains extend trust: they say which rows of theirs a holding reaches with a capability."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils.functional import Promise

from linli.accounts import api as accounts
from linli.kernel import slots as kernel
from linli.trust.rules.looks import COLLEAGUE, FAMILY, NEIGHBOUR, Around, Sight

__all__ = [
    "COLLEAGUE",
    "FAMILY",
    "NEIGHBOUR",
    "Around",
    "OpenCases",
    "RowFilter",
    "Sight",
    "Surroundings",
    "Word",
    "open_cases",
    "row_filters",
    "surroundings",
    "words",
]


@dataclass(frozen=True)
class RowFilter:
    """Which rows of `model` one capability reaches 数据权限范围.

    `where(holding)` is asked for each holding that has the capability; `where_person(actor)` for anyone signed in, with
    or without a holding: it opens a person's own rows. Answers are joined by OR. An empty `Q()` opens every row, `None`
    no row. Write conditions on columns of the model itself, or `Exists(...)`: a join to many would repeat rows.
    """

    model: type[Model]
    capability: str
    where: Callable[[accounts.ActorHolding], Q | None]
    where_person: Callable[[accounts.Actor], Q | None] | None = None

    @property
    def code(self) -> str:
        """Return the name in the slot: one filter for each model and capability."""
        return code_for(self.model, self.capability)


def code_for(model: type[Model], capability: str) -> str:
    """Return the name under which a filter is registered; a proxy shares that of its model."""
    return f"{model._meta.concrete_model._meta.label_lower}:{capability}"  # type: ignore[union-attr]  # noqa: SLF001  Django's public _meta


@dataclass(frozen=True, slots=True)
class Word:
    """What a code of the ledger is called: an action, a purpose, an object or a data item, such as `events.intake`."""

    code: str
    label: str | Promise


class Surroundings(ABC):
    """Knows what lies around a look 查阅周边: whose family or neighbour somebody is, who stands side by side."""

    code: str

    @abstractmethod
    def around(self, sights: Sequence[Sight]) -> Mapping[Sight, Around]:
        """Return what is known, those of whom nothing is known left out. A fixed number of queries for all."""


class OpenCases(ABC):
    """Knows the open business that a look may belong to 在办事项."""

    code: str

    @abstractmethod
    def with_case(self, sights: Sequence[Sight]) -> Collection[Sight]:
        """Return the sights for which the unit that looked has an open case about the person. One query for all."""


surroundings: kernel.Slot[Surroundings] = kernel.Slot("surroundings of looks")
open_cases: kernel.Slot[OpenCases] = kernel.Slot("open cases")
words: kernel.Slot[Word] = kernel.Slot("ledger word")
row_filters: kernel.Slot[RowFilter] = kernel.Slot("row filter")
