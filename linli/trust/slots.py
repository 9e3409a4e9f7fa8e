"""How other domains extend trust: they say which rows of theirs a holding reaches with a capability."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils.functional import Promise

from linli.accounts import api as accounts
from linli.kernel import slots as kernel

__all__ = ["Readable", "RowFilter", "Word", "readables", "row_filters", "words"]


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
class Readable:
    """A table that may be read behind the second wall 第二道墙; what is not named here cannot be.

    A `guarded` one holds people: a policy of row-level security says which rows are seen.
    """

    code: str
    guarded: bool = True


readables: kernel.Slot[Readable] = kernel.Slot("table behind the second wall")
words: kernel.Slot[Word] = kernel.Slot("ledger word")
row_filters: kernel.Slot[RowFilter] = kernel.Slot("row filter")
