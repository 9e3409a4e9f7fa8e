"""How other domains extend trust: which rows a holding reaches, what data are used for, which cases are open."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Model, Q
from django.utils.functional import Promise

from linli.accounts import api as accounts
from linli.kernel import slots as kernel
from linli.trust.rules.activities import Activity
from linli.trust.rules.alerts import NODE, NOTE, URGENT, WARNING, AlertKind, Sighting, Standing
from linli.trust.rules.asking import APP, DATASET, DEVICE, FORM, GRANT, Asked, Asking
from linli.trust.rules.break_glass import Target
from linli.trust.rules.cases import About, Case, CaseQuestion
from linli.trust.rules.explaining import Explanation
from linli.trust.rules.exports import Leaving
from linli.trust.rules.looks import COLLEAGUE, FAMILY, NEIGHBOUR, Around, Sight
from linli.trust.rules.watch_limits import Limits

__all__ = [
    "APP",
    "COLLEAGUE",
    "DATASET",
    "DEVICE",
    "FAMILY",
    "FORM",
    "GRANT",
    "NEIGHBOUR",
    "NODE",
    "NOTE",
    "URGENT",
    "WARNING",
    "About",
    "Activity",
    "AlertKind",
    "Around",
    "Asked",
    "Asker",
    "Asking",
    "Case",
    "CaseKind",
    "CaseQuestion",
    "DataHolder",
    "Explainer",
    "Explanation",
    "Export",
    "Glass",
    "Held",
    "Known",
    "Leaving",
    "Limits",
    "OpenCases",
    "Readable",
    "Retained",
    "RowFilter",
    "SelfSource",
    "Sight",
    "Sighting",
    "Standing",
    "Surroundings",
    "Target",
    "Ward",
    "Watcher",
    "Word",
    "activities",
    "alert_kinds",
    "askers",
    "case_kinds",
    "explainers",
    "exports",
    "glasses",
    "holders",
    "open_cases",
    "readables",
    "retained",
    "row_filters",
    "selves",
    "surroundings",
    "watchers",
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


class CaseKind(ABC):
    """Knows one sort of business 在办事项 to which a purpose can be bound, such as events or grants."""

    code: str
    label: str | Promise

    @abstractmethod
    def open_for(self, asked: CaseQuestion) -> Sequence[Case]:
        """Return what is asked for, newest first, at most twenty, in at most two queries."""


class Glass(ABC):
    """What a break-glass 紧急查阅 opens: the records of one domain. One is registered.

    `capability` is what the own post must hold, `capabilities` what is taken along where the post has it.
    """

    code: str
    label: str | Promise
    capability: str
    capabilities: tuple[str, ...]

    @abstractmethod
    def find(self, number: str, *, now: datetime) -> Target | None:
        """Return the one record that has this identifying number, wherever it is. At most three queries."""


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


@dataclass(frozen=True, slots=True)
class Known:
    """What one source knows of a resident: tokens of the person confirmed, and since when the phone is theirs.

    `token` is that of the person today, `unit_id` the unit that answers for them, `account_id` their own account.
    `needs_guardian` says that they can neither agree nor ask alone (PIPL article 31).
    """

    confirmed: frozenset[str] = field(default_factory=frozenset)
    phone_since: datetime | None = None
    token: str = ""
    unit_id: int | None = None
    account_id: UUID | None = None
    needs_guardian: bool = False


@dataclass(frozen=True, slots=True)
class Ward:
    """Somebody for whom a resident acts 被监护人: the guardianship, words without a given name, what is known."""

    id: UUID
    label: str
    known: Known


class SelfSource(ABC):
    """Knows under which tokens the ledger speaks of a resident who is signed in. Asked once for each page."""

    code: str

    @abstractmethod
    def known(self, actor: accounts.Actor, *, now: datetime) -> Known:
        """Return what is known of them; nothing where nothing was confirmed."""

    def wards(self, actor: accounts.Actor, *, now: datetime) -> Sequence[Ward]:  # noqa: ARG002  most know of none
        """Return for whom they are guardian at this moment."""
        return ()


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
    def held(self, actor: accounts.Actor, *, now: datetime, ward: UUID | None = None) -> Sequence[Held]:
        """Return what is held about this resident, and nothing of anybody else; with `ward`, about that ward."""


class Explainer(ABC):
    """Explains what a machine decided on somebody's own matter 自动化决策说明, such as the class of a report.

    With `ward` it is the matter of somebody for whom the resident is guardian.
    """

    code: str
    label: str | Promise

    @abstractmethod
    def explain(self, ref: str, *, by: accounts.Actor, now: datetime, ward: UUID | None = None) -> Explanation | None:
        """Return how it was decided; None where no machine did, or where it is not this resident's matter."""

    def decided(self, *, by: accounts.Actor, now: datetime, ward: UUID | None = None) -> Sequence[tuple[str, str]]:  # noqa: ARG002  some are reached from elsewhere alone
        """Return what was decided on them, the newest first, at most twenty: each with its `ref` and title."""
        return ()


class Asker(ABC):
    """Says what one domain asks of people 收集场景: its forms, interfaces, grants, applications, devices."""

    code: str
    label: str | Promise

    @abstractmethod
    def askings(self, *, day: date) -> Sequence[Asking]:
        """Return what asks on a day, by codes that stay. A fixed number of queries."""


class Export(ABC):
    """One sort of list with people in it that leaves as a file 导出. `capability` is what the post must hold.

    `wanted` is the list as JSON-like data: it is kept sealed until a large one is allowed, and asked again then.
    """

    code: str
    label: str | Promise
    capability: str

    @abstractmethod
    def fetch(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> Leaving:
        """Return what would leave, with the rights and the row filter of now. Changes nothing and records nothing."""

    def left(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> None:  # noqa: B027  most do nothing
        """Note that it has left, in the transaction that records it."""

    def words(self, wanted: Mapping[str, Any]) -> str:  # noqa: ARG002  most say no more than what they are
        """Return how it is narrowed, for who decides: no value of a person."""
        return ""


class Retained(ABC):
    """Copies of people's data beside the base 数据副本 that are deleted when the grade says their time is over."""

    code: str
    label: str | Promise

    @abstractmethod
    def forget(self, *, before: Mapping[int, datetime], now: datetime) -> int:
        """Delete what is done with and older than the moment of its grade; return how many. No moment: it stays."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A table that may be read behind the second wall 第二道墙; what is not named here cannot be.

    A `guarded` one holds people: a policy of row-level security says which rows are seen.
    """

    code: str
    guarded: bool = True


class Look(Protocol):
    """Looks at the node as it is now, changes nothing, and returns what is not normal."""

    def __call__(self, *, now: datetime, limits: Limits) -> Iterable[Sighting]:
        """Return the sightings; again with the same key as long as nothing new happened."""


class Stand(Protocol):
    """Says how the things that a watcher looks at stand now."""

    def __call__(self, *, now: datetime, limits: Limits) -> Sequence[Standing]:
        """Return a line for each thing."""


@dataclass(frozen=True)
class Watcher:
    """Looks for what is not normal 安全监测项, as often as `every` says; the kinds it raises are in `alert_kinds`."""

    code: str
    label: str | Promise
    look: Look
    every: timedelta = timedelta(minutes=1)
    stand: Stand | None = None


activities: kernel.Slot[Activity] = kernel.Slot("processing activity")
askers: kernel.Slot[Asker] = kernel.Slot("what asks of people")
alert_kinds: kernel.Slot[AlertKind] = kernel.Slot("kind of alert")
case_kinds: kernel.Slot[CaseKind] = kernel.Slot("sort of case")
explainers: kernel.Slot[Explainer] = kernel.Slot("explainer of machine decisions")
exports: kernel.Slot[Export] = kernel.Slot("list that leaves as a file")
glasses: kernel.Slot[Glass] = kernel.Slot("what break-glass opens")
holders: kernel.Slot[DataHolder] = kernel.Slot("holder of data about residents")
open_cases: kernel.Slot[OpenCases] = kernel.Slot("open cases")
readables: kernel.Slot[Readable] = kernel.Slot("table behind the second wall")
retained: kernel.Slot[Retained] = kernel.Slot("kept copy")
row_filters: kernel.Slot[RowFilter] = kernel.Slot("row filter")
selves: kernel.Slot[SelfSource] = kernel.Slot("source of who a resident is")
surroundings: kernel.Slot[Surroundings] = kernel.Slot("surroundings of looks")
watchers: kernel.Slot[Watcher] = kernel.Slot("watcher")
words: kernel.Slot[Word] = kernel.Slot("ledger word")
