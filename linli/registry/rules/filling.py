"""What is read of many records for a form 填报取数: values as they are kept, where they come from, what is closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from linli.registry.rules.masks import Freshness


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom a form is about 填报范围: in a division or grid, on a list, with a tag, meeting every condition.

    A condition is (element, operator of tag rules, value), such as (birth_date, years_from, 60). Ages are those of the
    day `on`, else of today. `words` are looked for as in every list: a name, a number, an address.
    With `at_home` only who lives there, not who is registered there: so areas add up.
    """

    kind: str
    division_id: int | None = None
    grid_id: int | None = None
    register: str = ""
    tag_id: UUID | None = None
    where: tuple[tuple[str, str, str], ...] = ()
    on: date | None = None
    at_home: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One column of a table by area 统计口径: for how many records all conditions hold, or the sum of their `total`.

    Conditions are those of a `Wish`.
    """

    kind: str
    where: tuple[tuple[str, str, str], ...] = ()
    total: str = ""

    @property
    def elements(self) -> list[str]:
        """Return the codes of the elements that are read to count it."""
        return list(dict.fromkeys([*(one for one, _how, _value in self.where), *([self.total] if self.total else [])]))


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted: a number by (place of the figure, id of the area), and why a figure is not given out.

    `read` names the elements for the ledger, `grades` are theirs.
    """

    numbers: Mapping[tuple[int, int], int | float]
    closed: Mapping[int, str]
    read: tuple[str, ...] = ()
    grades: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: which source says so, when it last saw it, how fresh that is, whether it owns it."""

    source: str
    at: datetime
    freshness: Freshness
    is_owner: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What was read, in the order of `paths`: for each entity in sight one value a path, None where nothing is known.

    `closed` says why a path is not given out. `origins` stand beside the values where they were asked for; `places`
    are (community, grid) of each entity, `visits` what one visit to it answers: its household or home, else itself.
    """

    paths: tuple[str, ...]
    closed: Mapping[str, str]
    rows: Mapping[UUID, tuple[Any, ...]]
    origins: Mapping[UUID, tuple[Origin | None, ...]] = field(default_factory=dict)
    places: Mapping[UUID, tuple[int | None, int | None]] = field(default_factory=dict)
    visits: Mapping[UUID, UUID] = field(default_factory=dict)
    subjects: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    read: tuple[str, ...] = ()
    grades: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """The record that a path leads to from a row: where it is, as (community, grid), and what one visit answers."""

    entity_id: UUID
    place: tuple[int | None, int | None]
    visit: UUID
