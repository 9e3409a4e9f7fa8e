"""How other domains extend trust: they say which rows of theirs a holding reaches with a capability."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model, Q
from django.utils.functional import Promise

from linli.accounts import api as accounts
from linli.kernel import slots as kernel

__all__ = [
    "DataHolder",
    "Held",
    "Known",
    "RowFilter",
    "SelfSource",
    "Word",
    "holders",
    "row_filters",
    "selves",
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


@dataclass(frozen=True, slots=True)
class Known:
    """What one source knows of a resident: tokens of the person confirmed, and since when the phone is theirs.

    `token` is that of the person today, `unit_id` the unit that answers for them.
    """

    confirmed: frozenset[str] = field(default_factory=frozenset)
    phone_since: datetime | None = None
    token: str = ""
    unit_id: int | None = None


class SelfSource(ABC):
    """Knows under which tokens the ledger speaks of a resident who is signed in. Asked once for each page."""

    code: str

    @abstractmethod
    def known(self, actor: accounts.Actor) -> Known:
        """Return what is known of them; nothing where nothing was confirmed."""


@dataclass(frozen=True, slots=True)
class Held:
    """One value that is held about a person, in words: what it is, from whom, since when."""

    label: str
    value: str
    source: str
    since: datetime


class DataHolder(ABC):
    """Holds data about residents and can say them to the very person. Asked when a copy is opened."""

    code: str
    label: str | Promise

    @abstractmethod
    def held(self, actor: accounts.Actor, *, now: datetime) -> Sequence[Held]:
        """Return what is held about this resident, and nothing of anybody else."""


holders: kernel.Slot[DataHolder] = kernel.Slot("holder of data about residents")
selves: kernel.Slot[SelfSource] = kernel.Slot("source of who a resident is")
words: kernel.Slot[Word] = kernel.Slot("ledger word")
row_filters: kernel.Slot[RowFilter] = kernel.Slot("row filter")
