"""What regions tells the others."""

from dataclasses import dataclass
from datetime import date

from linli.kernel import facts as journal

__all__ = [
    "CalendarEdited",
    "DivisionAdded",
    "DivisionClosed",
    "DivisionRenamed",
    "DivisionsImported",
    "GridChanged",
    "GridDrawn",
    "GridRetired",
]


@dataclass(frozen=True)
class DivisionAdded(journal.Fact):
    """A division was added to the tree by hand."""

    division_id: int
    code: str
    name: str
    day: date
    by: str


@dataclass(frozen=True)
class DivisionRenamed(journal.Fact):
    """A division bears a new name 更名; its id and code stay."""

    division_id: int
    old_name: str
    new_name: str
    day: date
    by: str


@dataclass(frozen=True)
class DivisionClosed(journal.Fact):
    """A division was moved, merged, split or abolished 撤销; `successor_ids` took over (none if abolished)."""

    division_id: int
    successor_ids: tuple[int, ...]
    reason: str
    day: date
    by: str


@dataclass(frozen=True)
class DivisionsImported(journal.Fact):
    """An official table was read: so many divisions were added and renamed."""

    source: str
    added: int
    renamed: int
    day: date
    by: str


@dataclass(frozen=True)
class GridDrawn(journal.Fact):
    """A grid was drawn for the first time."""

    grid_id: int
    community_id: int
    code: str
    by: str


@dataclass(frozen=True)
class GridChanged(journal.Fact):
    """A grid has a new boundary, name or community."""

    grid_id: int
    community_id: int
    code: str
    by: str


@dataclass(frozen=True)
class GridRetired(journal.Fact):
    """A grid is no longer in use."""

    grid_id: int
    community_id: int
    code: str
    by: str


@dataclass(frozen=True)
class CalendarEdited(journal.Fact):
    """The working calendar differs from a day on: deadlines that run over it may have to be counted again."""

    first_day: date
    reason: str
    by: str
