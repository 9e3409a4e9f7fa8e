"""What a look is about, and the business it is done for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.accounts import api as accounts
from linli.trust.rules.activities import Activity


@dataclass(frozen=True, slots=True)
class About:
    """Whom or what a look concerns: its kind and id, keyed tokens of the people in it, and where it is."""

    kind: str
    id: UUID
    subjects: tuple[str, ...]
    division_ids: frozenset[int]
    grid_id: int | None = None

    @property
    def tokens(self) -> list[str]:
        """The subjects that are known; a record may have none."""
        return [one for one in self.subjects if one]


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """Which open cases are the actor's business and concern something, now; with `ref` the one of that number."""

    actor: accounts.Actor
    about: About
    now: datetime
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """An open case 在办事项 of somebody: the sort of business, its number as the ledger names it, and its words."""

    kind: str
    ref: str
    words: str

    @property
    def value(self) -> str:
        """How a page sends it back."""
        return f"{self.kind}:{self.ref}"


@dataclass(frozen=True, slots=True)
class Warrant:
    """That a purpose may be used 用途许可: the activity, the posts that allow it, and the case where there is one."""

    activity: Activity
    holdings: tuple[accounts.ActorHolding, ...]
    case: Case | None = None

    @property
    def ref(self) -> str | None:
        """The number of the case, for the ledger."""
        return self.case.ref if self.case else None
