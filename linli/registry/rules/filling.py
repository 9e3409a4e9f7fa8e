"""What is read of many records for a form 填报取数: values as they are kept, where they come from, what is closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.registry.rules.masks import Freshness


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom a form is about 填报范围: in a division or grid, on a list, with a tag, meeting every condition.

    A condition is (element, operator of tag rules, value), such as (birth_date, years_from, 60).
    """

    kind: str
    division_id: int | None = None
    grid_id: int | None = None
    register: str = ""
    tag_id: UUID | None = None
    where: tuple[tuple[str, str, str], ...] = ()


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
