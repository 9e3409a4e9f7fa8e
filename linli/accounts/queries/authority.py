"""Who may manage accounts, who may give rights, and over which area."""

from django.db.models import QuerySet

from linli.accounts.models import Holding
from linli.accounts.queries import units
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.refusals import NotAllowedError, NotGrantorError
from linli.regions import api as regions

MANAGE, GRANT = "accounts.manage", "accounts.grant"


def may_manage(actor: Actor, *, division_id: int | None = None) -> bool:
    """Tell whether the actor manages accounts, in that area where one is named: over one's own area, never above it."""
    if division_id is None or actor.kind == "system":
        return actor.can(MANAGE)
    return any(division_id in regions.descendants(held.division_id) for held in actor.holdings_with(MANAGE))


def units_managed(actor: Actor) -> list[units.UnitInfo]:
    """Return the open units in whose area the actor manages accounts, by code."""
    return [one for one in units.units() if may_manage(actor, division_id=one.division_id)]


def may_grant(actor: Actor, *, division_id: int | None = None) -> bool:
    """Tell whether the actor gives posts and rights there: the security administrator.

    Until a node has one, the system administrator does, so that the first one can be appointed.
    """
    if actor.kind == "system":
        return True
    if division_id is None:
        return actor.can(GRANT) or (actor.can(MANAGE) and not security_administrators().exists())
    if any(division_id in regions.descendants(held.division_id) for held in actor.holdings_with(GRANT)):
        return True
    return may_manage(actor, division_id=division_id) and not security_administrators().exists()


def security_administrators() -> "QuerySet[Holding]":
    """Return the holdings of security administrators who can sign in."""
    return Holding.objects.filter(
        post__capabilities__contains=[GRANT], ended_at=None, lent_by=None, person__is_active=True
    )


def need_grant_everywhere(actor: Actor) -> None:
    """Raise NotAllowedError unless the actor gives rights over every county centre: for what counts everywhere."""
    need_grant(actor)
    for centre in units.units(kind="centre"):
        need_grant(actor, division_id=centre.division_id)


def need_grant(actor: Actor, *, division_id: int | None = None) -> None:
    """Raise NotGrantorError unless the actor gives rights there."""
    if not may_grant(actor, division_id=division_id):
        raise NotGrantorError


def need_manage(actor: Actor, *, division_id: int | None = None) -> None:
    """Raise NotAllowedError unless the actor manages accounts there."""
    if not may_manage(actor, division_id=division_id):
        raise NotAllowedError
