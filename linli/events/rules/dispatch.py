"""One-step dispatch 一级分拨: a matter and a place together name the unit that leads, and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

CENTRE, DEPARTMENT, BELOW = "centre", "department", "below"
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
    """One matter of the duty list, as dispatch needs it. Fields as in `MatterItem`."""

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
    class_path: tuple[str, ...] = ()
    duty_kind: str = "basic"
    check_hours: int = 8
    leads: Mapping[str, str] = field(default_factory=dict)
    stages: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Firing:
    """The dispatch rule that fits a report: its name, and the role of the unit that it names."""

    rule: str
    role: str


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


def assign(
    duty: Duty | None,
    where: Where,
    *,
    find: FindUnit,
    exceptions: Mapping[tuple[str, int], str],
    firing: Firing | None = None,
    standing: Callable[[int], str] | None = None,
    decided: tuple[int, str] | None = None,
) -> Assignment:
    """Return the unit that owns the event. Without a rule that holds it is the county centre, never nobody.

    `find` turns a role (`department:csgl`, `street`, …) and a place into (unit id, name). `exceptions` are the area
    duties by (matter code, division id). `firing` goes before both; where it names no unit that may lead, the
    matter's fallback owns the event. `decided` is the unit of a precedent, which goes before the duty list.
    `standing` tells whether a unit is a department, the centre or below them.
    """
    if duty is None:
        return _to_centre(where, find, [{"kind": "no_matter"}])
    if firing:
        return _by_rule(duty, where, find, firing, standing)
    if decided and not (standing and not may_lead(duty.duty_kind, standing(decided[0]))):
        why_decided = {"kind": "precedent", "matter": duty.name, "unit": decided[1]}
        return Assignment(*decided, _helpers(duty, where, find, decided[0]), (why_decided,))
    role = exception(duty, where, exceptions) or duty.lead
    unit = find(role, where)
    why: list[Reason] = []
    if unit is None:
        why.append({"kind": "no_unit", "role": role, "matter": duty.name})
        unit = find(duty.fallback, where)
    if unit is None:
        return _to_centre(where, find, why)
    why.insert(0, {"kind": "duty", "code": duty.code, "matter": duty.name, "unit": unit[1]})
    return Assignment(unit[0], unit[1], _helpers(duty, where, find, unit[0]), tuple(why))


def exception(duty: Duty, where: Where, exceptions: Mapping[tuple[str, int], str]) -> str | None:
    """Return the role that an area duty names for this matter at this place; the smallest area goes first."""
    for division in (where.community_id, where.street_id, where.county_id):
        if division is not None and (role := exceptions.get((duty.code, division))):
            return role
    return None


def may_lead(duty_kind: str, standing: str) -> bool:
    """Tell whether such a unit may lead: what is reserved stays above, what is supported needs a department."""
    allowed = {"reserved": {DEPARTMENT, CENTRE}, "supporting": {DEPARTMENT}}.get(duty_kind)
    return allowed is None or standing in allowed


def _by_rule(
    duty: Duty, where: Where, find: FindUnit, firing: Firing, standing: Callable[[int], str] | None
) -> Assignment:
    unit = find(firing.role, where)
    if unit is None or (standing and not may_lead(duty.duty_kind, standing(unit[0]))):
        why: list[Reason] = [{"kind": "rule_broken", "rule": firing.rule, "role": firing.role}]
        unit = find(duty.fallback, where)
        if unit is None:
            return _to_centre(where, find, why)
        why.append({"kind": "fallback", "matter": duty.name, "unit": unit[1]})
    else:
        why = [{"kind": "rule", "rule": firing.rule, "unit": unit[1]}]
    return Assignment(unit[0], unit[1], _helpers(duty, where, find, unit[0]), tuple(why))


def _helpers(duty: Duty, where: Where, find: FindUnit, leading: int) -> tuple[int, ...]:
    found = [find(role, where) for role in duty.co_units]
    return tuple(dict.fromkeys(helper[0] for helper in found if helper and helper[0] != leading))


def _to_centre(where: Where, find: FindUnit, why: list[Reason]) -> Assignment:
    unit = find(CENTRE, where)
    if unit is None:
        raise NoCentreError
    return Assignment(unit[0], unit[1], (), (*why, {"kind": "centre", "unit": unit[1]}))
