"""Who acts: a person with the posts held today, a resident, a guest, or the node itself."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

Kind = Literal["staff", "resident", "guest", "system"]


@dataclass(frozen=True, slots=True)
class ActorHolding:
    """One post held today 任职: in which unit, over which area, and what it allows.

    `basis` is what the ledger is told where it is not one's own for good: whom it covers, or which break-glass opened
    it. With `only_id` it reaches that row of the model `only_kind` and nothing else. `in_place_of` and `covered` are
    the id and name of whom it covers, `ends_at` the moment at which it ends by itself.
    """

    holding_id: UUID
    unit_id: int
    unit_name: str
    unit_kind: str
    post_code: str
    post_name: str
    division_id: int
    grid_id: int | None
    capabilities: frozenset[str]
    basis: str = ""
    only_kind: str = ""
    only_id: UUID | None = None
    in_place_of: UUID | None = None
    covered: str = ""
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks or acts. `token_id` is set where another system speaks with an API key, `phone_token` for residents.

    In a session somebody acts either in their own posts or in one that they cover; `covers` are those they may change
    to, and allow nothing until then.
    """

    person_id: UUID | None
    name: str
    kind: Kind
    holdings: tuple[ActorHolding, ...] = ()
    token_id: UUID | None = None
    phone_token: str = ""
    covers: tuple[ActorHolding, ...] = ()

    def can(self, capability: str) -> bool:
        """Tell whether any holding allows it somewhere. The node itself (`SYSTEM`) may do everything."""
        return self.kind == "system" or any(capability in held.capabilities for held in self.holdings)

    def holdings_with(self, capability: str) -> tuple[ActorHolding, ...]:
        """Return the holdings that allow it; where it is allowed is their unit and area."""
        return tuple(held for held in self.holdings if capability in held.capabilities)

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units the person works in today."""
        return frozenset(held.unit_id for held in self.holdings)

    @property
    def persons(self) -> frozenset[UUID]:
        """The person and whom they act in place of: what one of them did is nobody else's work to them."""
        others = {held.in_place_of for held in self.holdings}
        return frozenset(one for one in (self.person_id, *others) if one is not None)

    @property
    def acting(self) -> ActorHolding | None:
        """The post in which they act in place of somebody, where that is all they act in."""
        only = self.holdings[0] if len(self.holdings) == 1 else None
        return only if only and only.in_place_of else None

    def in_one_place(self, holding_id: str) -> "Actor":
        """Return the person in the own posts, or in the one covered post that is named and still lent."""
        lent = tuple(held for held in self.holdings if held.in_place_of)
        chosen = tuple(held for held in lent if str(held.holding_id) == holding_id)
        own = tuple(held for held in self.holdings if not held.in_place_of)
        others = tuple(held for held in lent if held not in chosen)
        return replace(self, holdings=chosen or own, covers=others)

    @property
    def is_known(self) -> bool:
        """Whether a person stands behind it (staff or resident, signed in)."""
        return self.person_id is not None


GUEST = Actor(person_id=None, name="", kind="guest")
SYSTEM = Actor(person_id=None, name="系统", kind="system")
