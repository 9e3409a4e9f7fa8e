"""What one domain tells the others: facts, how they are told, and who hears them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Generic, Literal, TypeVar
from uuid import UUID

from django.db import connection
from django.db.transaction import TransactionManagementError
from psycopg.types.json import Jsonb

from linli.kernel.rules.ids import uuid7
from linli.kernel.rules.wire import from_wire, to_wire

__all__ = [
    "Delivered",
    "Fact",
    "Receiver",
    "fact_kinds",
    "publish",
    "publish_all",
    "read_fact",
    "receivers",
    "receives",
]

_kinds: dict[str, type["Fact"]] = {}
_receivers: dict[str, "Receiver"] = {}


@dataclass(frozen=True)
class Fact:
    """Something that happened, in the past tense. Subclasses are frozen dataclasses of plain fields with a docstring.

    Fields: str, int, float, bool, None, UUID, aware datetime, date, and tuples of those. A field added later needs a
    default, because facts told before lack it. Subclassing registers the class by its dotted kind, `<domain>.<Name>`.
    """

    kind: ClassVar[str]

    def __init_subclass__(cls, *, kind: str = "", **options: Any) -> None:
        """Register the class. Raises ValueError when two classes claim one kind."""
        super().__init_subclass__(**options)
        cls.kind = kind or _dotted(cls)
        known = _kinds.setdefault(cls.kind, cls)
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise ValueError(f"Two facts are called {cls.kind}: {known.__module__} and {cls.__module__}.")
        _kinds[cls.kind] = cls


FactT = TypeVar("FactT", bound=Fact)


@dataclass(frozen=True)
class Delivered(Generic[FactT]):
    """A fact as a receiver gets it. `fact_id` is the same at every delivery: receivers are idempotent by it."""

    fact: FactT
    fact_id: UUID
    told_at: datetime


@dataclass(frozen=True)
class Receiver:
    """A function that hears one kind of fact or several, in batches."""

    name: str
    kinds: tuple[type[Fact], ...]
    hear: Callable[[Sequence[Delivered[Any]]], None]
    start: Literal["beginning", "now"]


def publish(fact: Fact, *, now: datetime) -> UUID:
    """Append the fact to the journal, inside the transaction of the change it speaks of, and return its id.

    Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A fact is published in the transaction of the change it speaks of.")
    fact_id = uuid7()
    values: list[Any] = [fact_id, fact.kind, Jsonb(_payload(fact)), now]
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_publish(%s, %s, %s, %s)", values)
    return fact_id


def publish_all(facts: Sequence[Fact], *, now: datetime) -> None:
    """Append many facts at once, in their order: for what is done to thousands together."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("A fact is published in the transaction of the change it speaks of.")
    rows = [{"id": str(uuid7()), "kind": fact.kind, "payload": _payload(fact)} for fact in facts]
    values: list[Any] = [now, Jsonb(rows)]
    with connection.cursor() as cursor:  # one document: thousands of array elements would each be quoted
        cursor.execute(
            "SELECT kernel_publish(told.id, told.kind, told.payload, %s)"
            " FROM jsonb_to_recordset(%s) AS told(id uuid, kind text, payload jsonb)",
            values,
        )


def receives(
    *kinds: type[FactT], name: str = "", start: Literal["beginning", "now"] = "beginning"
) -> Callable[[Callable[[Sequence[Delivered[FactT]]], None]], Callable[[Sequence[Delivered[FactT]]], None]]:
    """Register the decorated function (in receivers.py) to hear every fact of these classes, in batches and in order.

    `name` keeps the place in the journal and must never change (default `<domain>.<function>`). A new receiver starts
    from the beginning of the journal, or from the moment the relay first sees it (`start="now"`).
    A batch runs in one transaction, which also notes that it is done. Raises ValueError for a name already taken.
    """

    def register(hear: Callable[[Sequence[Delivered[FactT]]], None]) -> Callable[[Sequence[Delivered[FactT]]], None]:
        receiver = Receiver(name or _dotted(hear), kinds, hear, start)
        known = _receivers.setdefault(receiver.name, receiver)
        if known.hear.__module__ != hear.__module__ or known.hear.__qualname__ != hear.__qualname__:
            raise ValueError(f"Two receivers are called {receiver.name}.")
        return hear

    return register


def receivers() -> dict[str, Receiver]:
    """Return every registered receiver by name."""
    return dict(_receivers)


def fact_kinds() -> dict[str, type[Fact]]:
    """Return every known class of fact by its dotted kind."""
    return dict(_kinds)


def read_fact(kind: type[FactT], payload: dict[str, Any]) -> FactT:
    """Return the fact that was written as this payload."""
    return kind(**from_wire(kind, payload))


def _payload(fact: Fact) -> dict[str, Any]:
    return {field.name: to_wire(getattr(fact, field.name)) for field in fields(fact)}


def _dotted(thing: Any) -> str:
    place = thing.__module__.removeprefix("linli.").removesuffix(".facts").removesuffix(".receivers")
    return f"{place}.{thing.__qualname__}"
