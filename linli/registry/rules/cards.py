"""What leaves the registry about somebody: frozen, masked, and no more than a purpose needs."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from linli.registry.rules.masks import Freshness, Shown


@dataclass(frozen=True, slots=True)
class Line:
    """One attribute of a card: its value in words as this viewer may read it, and where it comes from.

    `way` says whether it is shown whole, behind its mask, or not at all. `observed_at` is when the source last saw it.
    """

    code: str
    label: str
    text: str
    way: Shown
    source: str
    department: str
    observed_at: datetime
    is_verified: bool
    freshness: Freshness
    is_owner: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """An entity in one row of a list or at one point of a picture: its masked name and where it is."""

    id: UUID
    kind: str
    title: str
    hint: str
    community_id: int | None = None
    lives_elsewhere: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bonded:
    """One relation of a card as this viewer may read it; `other` is None where the viewer may not see that side."""

    id: UUID
    bond: str
    label: str
    other: Brief | None
    source: str
    valid_from: date
    valid_to: date | None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A value that somebody proposed for an element and nobody has confirmed 待核实, as this viewer may read it."""

    element: str
    label: str
    text: str
    said_by: str
    since: datetime
    due: datetime | None
    number: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card 人员卡片 and the like: what one viewer may read of one entity for one purpose, as of a day.

    `hidden` counts attributes that this viewer may not read. `known_at` is the moment of the base it was read from.
    """

    brief: Brief
    title: str
    purpose: str
    on: date
    known_at: datetime
    lines: tuple[Line, ...]
    bonds: tuple[Bonded, ...]
    hidden: int
    area: str
    proposed: tuple[Unconfirmed, ...] = ()
