"""Who acts: a person with the posts held today, a resident, a guest, or the node itself."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Kind = Literal["staff", "resident", "guest", "system"]


@dataclass(frozen=True, slots=True)
class ActorHolding:
    """One post held today 任职: in which unit, over which area, and what it allows.

    `basis` is what the ledger is told where it is not one's own for good: whom it covers, or which break-glass opened
    it. With `only_id` it reaches that row of the model `only_kind` and nothing else.
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


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks or acts. `token_id` is set where another system speaks with an API key, `phone_token` for residents."""

    person_id: UUID | None
    name: str
    kind: Kind
    holdings: tuple[ActorHolding, ...] = ()
    token_id: UUID | None = None
    phone_token: str = ""

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
    def is_known(self) -> bool:
        """Whether a person stands behind it (staff or resident, signed in)."""
        return self.person_id is not None


GUEST = Actor(person_id=None, name="", kind="guest")
SYSTEM = Actor(person_id=None, name="系统", kind="system")
