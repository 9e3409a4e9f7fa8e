"""What a record may be opened for, by whom, and for which open case: as the register of processing activities says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from linli.accounts import api as accounts
from linli.registry.models import Entity
from linli.registry.queries.sight import covers
from linli.registry.rules.elements import SENSITIVE_FROM
from linli.registry.rules.masks import Clearance
from linli.registry.rules.refusals import PurposeMissingError
from linli.trust import api as trust

DOMAIN = "registry"


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody may choose for one record: purposes by code with their words, and open cases that concern it."""

    purposes: list[tuple[str, str]]
    cases: list[trust.Case]
    bound: frozenset[str]


def purposes_of(by: accounts.Actor, *, now: datetime, capability: str = "") -> list[tuple[str, str]]:
    """Return the purposes that somebody may choose now, by code with their words; only posts with the capability."""
    held = by.holdings_with(capability) if capability else by.holdings
    found = trust.purposes_of(by=by, domain=DOMAIN, now=now, holdings=held)
    return [(_short(one), str(one.name)) for one in found]


def purpose_words(code: str) -> str:
    """Return what a purpose is called in the newest version of the register; the code where it was never in it."""
    found = trust.newest_activity(_long(code))
    return str(found.name) if found else code


def purposes_in_force(now: datetime) -> frozenset[str]:
    """Return the codes of the purposes for which records may be used now, by whomever."""
    return frozenset(_short(one) for one in trust.purposes_of(by=accounts.SYSTEM, domain=DOMAIN, now=now))


def grade_of_purpose(purpose: str, *, now: datetime) -> int:
    """Return the highest grade that is given out whole for a purpose; 0 where it is not in force.

    What rests on consent gives out nothing sensitive: to that people agree separately, before an officer.
    """
    found = trust.activity(_long(purpose), on=timezone.localdate(now))
    if found is None:
        return 0
    return min(found.grade, SENSITIVE_FROM - 1) if found.rests_on_consent else found.grade


def offer_for(entity: Entity, by: accounts.Actor, *, now: datetime, with_cases: bool = True) -> Offer:
    """Return what somebody may choose to open this record."""
    found = trust.purposes_of(by=by, domain=DOMAIN, now=now, holdings=_covering(entity, by))
    cases = trust.cases_for(by=by, about=about_of(entity), activities=found, now=now) if with_cases else []
    bound = frozenset(_short(one) for one in found if one.case_needed)
    return Offer([(_short(one), str(one.name)) for one in found], cases, bound)


def warrant_over(entity: Entity, by: accounts.Actor, *, purpose: str, now: datetime, case: str = "") -> trust.Warrant:
    """Return that somebody may open this record for a purpose. Raises PurposeMissingError with the reason."""
    try:
        return trust.purpose_for(
            by=by, code=_long(purpose), now=now, holdings=_covering(entity, by), about=about_of(entity), case=case
        )
    except trust.PurposeRefusedError as refused:
        raise PurposeMissingError(refused.sentence) from refused


def warrant_to(capability: str, by: accounts.Actor, *, purpose: str, now: datetime) -> trust.Warrant:
    """Return that somebody may use a list for a purpose with a capability. Raises PurposeMissingError."""
    try:
        return trust.purpose_for(by=by, code=_long(purpose), now=now, holdings=by.holdings_with(capability))
    except trust.PurposeRefusedError as refused:
        raise PurposeMissingError(refused.sentence) from refused


def narrowed(clearance: Clearance, kind: str, activity: trust.Activity) -> Clearance:
    """Return a clearance up to the highest grade of an activity, and for its elements only."""
    own = frozenset(one.partition(".")[2] for one in activity.elements if one.startswith(f"{kind}."))
    only = own if activity.elements else None
    return replace(clearance, highest=min(clearance.highest, activity.grade), only=only)


def about_of(entity: Entity) -> trust.About:
    """Return whom a look at this record concerns, and where."""
    near: Iterable[int | None] = (
        entity.community_id, entity.street_id, entity.county_id,
        entity.registered_community_id, entity.registered_street_id,
    )  # fmt: skip
    divisions = frozenset(one for one in near if one is not None)
    return trust.About(entity.kind, entity.id, tuple(entity.subjects), divisions, entity.grid_id)


def _covering(entity: Entity, by: accounts.Actor) -> list[accounts.ActorHolding]:
    covering = [held for held in by.holdings if covers(held, entity)]
    return sorted(covering, key=lambda held: bool(held.basis))  # what is one's own for good comes first


def _long(code: str) -> str:
    return f"{DOMAIN}.{code}"


def _short(one: trust.Activity) -> str:
    return one.code.partition(".")[2]
