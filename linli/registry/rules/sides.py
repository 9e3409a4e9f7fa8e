"""What several sources say about one element of one record 多源比对, as one viewer may read it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from linli.registry.rules.masks import Shown
from linli.registry.rules.survivorship import Why


@dataclass(frozen=True, slots=True)
class Side:
    """One source: its name, what it says in words or masked, when it saw that, since when, and whether it is believed.

    `value` is as it is kept, None where the viewer reads it masked or not at all.
    """

    source: str
    name: str
    department: str
    text: str
    value: Any
    at: datetime
    since: date
    is_verified: bool
    is_owner: bool
    is_believed: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """All who say something, the believed one first, and `why`. `entity_id` is the record at the end of the path."""

    entity_id: UUID
    label: str
    way: Shown
    why: Why
    sides: tuple[Side, ...]
