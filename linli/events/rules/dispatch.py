"""One-step dispatch 一级分拨: a matter and a place together name the unit that leads, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

CENTRE = "centre"
Reason = dict[str, Any]


@dataclass(frozen=True)
class Where:
    """The place of an event as the ids of its divisions; each may be unknown."""

    county_id: int | None = None
    street_id: int | None = None
    community_id: int | None = None
    grid_id: int | None = None

    @property
    def smallest(self) -> int | None:
        """The smallest division that is known."""
        return self.community_id or self.street_id or self.county_id


@dataclass(frozen=True)
class Duty:
    """One matter of the duty list, as dispatch needs it. Limits as in `MatterItem`."""

    id: int
    duty_list_id: int
    code: str
    name: str
    grade: str
    nature: str
    lead: str
    co_units: tuple[str, ...]
    fallback: str
    accept_hours: int
    contact_hours: int
    handle_limit: int
    handle_unit: str


@dataclass(frozen=True)
class Assignment:
    """Who leads, who helps, and the reasons in order."""

    unit_id: int
    unit_name: str
    helpers: tuple[int, ...]
    why: tuple[Reason, ...]


class NoCentreError(LookupError):
    """There is no county centre that could own what nobody else owns."""

    def __str__(self) -> str:
        """Say what to do."""
        return str(_("There is no county centre yet; open a unit of that kind, or plant the demo county: linli demo"))


FindUnit = Callable[[str, Where], tuple[int, str] | None]


def assign(duty: Duty | None, where: Where, *, find: FindUnit, exceptions: Mapping[tuple[str, int], str]) -> Assignment:
    """Return the unit that owns the event. Without a rule that holds it is the county centre, never nobody.

    `find` turns a role (`department:csgl`, `street`, …) and a place into (unit id, name). `exceptions` are the area
    duties by (matter code, division id).
    """
    why: list[Reason] = []
    if duty is None:
        return _to_centre(where, find, [{"kind": "no_matter"}])
    role = _exception(duty, where, exceptions) or duty.lead
    unit = find(role, where)
    if unit is None:
        why.append({"kind": "no_unit", "role": role, "matter": duty.name})
        unit = find(duty.fallback, where)
    if unit is None:
        return _to_centre(where, find, why)
    why.insert(0, {"kind": "duty", "code": duty.code, "matter": duty.name, "unit": unit[1]})
    found = [find(role, where) for role in duty.co_units]
    helpers = tuple(dict.fromkeys(helper[0] for helper in found if helper and helper[0] != unit[0]))
    return Assignment(unit[0], unit[1], helpers, tuple(why))


def _exception(duty: Duty, where: Where, exceptions: Mapping[tuple[str, int], str]) -> str | None:
    for division in (where.community_id, where.street_id, where.county_id):
        if division is not None and (role := exceptions.get((duty.code, division))):
            return role
    return None


def _to_centre(where: Where, find: FindUnit, why: list[Reason]) -> Assignment:
    unit = find(CENTRE, where)
    if unit is None:
        raise NoCentreError
    return Assignment(unit[0], unit[1], (), (*why, {"kind": "centre", "unit": unit[1]}))
