"""Who may manage accounts, and over which area."""

from linli.accounts.queries import units
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.refusals import NotAllowedError
from linli.regions import api as regions

MANAGE = "accounts.manage"


def may_manage(actor: Actor, *, division_id: int | None = None) -> bool:
    """Tell whether the actor manages accounts, in that area where one is named: over one's own area, never above it."""
    if division_id is None or actor.kind == "system":
        return actor.can(MANAGE)
    return any(division_id in regions.descendants(held.division_id) for held in actor.holdings_with(MANAGE))


def units_managed(actor: Actor) -> list[units.UnitInfo]:
    """Return the open units in whose area the actor manages accounts, by code."""
    return [one for one in units.units() if may_manage(actor, division_id=one.division_id)]


def need_manage_everywhere(actor: Actor) -> None:
    """Raise NotAllowedError unless the actor manages the area of every county centre: for what counts everywhere."""
    need_manage(actor)
    for centre in units.units(kind="centre"):
        need_manage(actor, division_id=centre.division_id)


def need_manage(actor: Actor, *, division_id: int | None = None) -> None:
    """Raise NotAllowedError unless the actor manages accounts there."""
    if not may_manage(actor, division_id=division_id):
        raise NotAllowedError
