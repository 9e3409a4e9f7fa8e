"""The duty list in force, in memory, and the units that its roles name."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from linli.accounts import api as accounts
from linli.events.models import AreaDuty, DutyList, MatterItem
from linli.events.rules.dispatch import CENTRE, Duty, Where
from linli.kernel import api as kernel

DUTY_COLUMNS = [field.name for field in fields(Duty)]


@dataclass(frozen=True)
class RuleBook:
    """The duty list in force: its matters by code, and its area duties by (matter code, division id)."""

    duties: Mapping[str, Duty]
    exceptions: Mapping[tuple[str, int], str]


def rule_book() -> RuleBook:
    """Return the rules in force now; read again when the duty list changes."""
    return _read(kernel.revision("duty"))


def matters_in_force() -> list[Duty]:
    """Return the matters of the duty list in force, by code."""
    return sorted(rule_book().duties.values(), key=lambda duty: duty.code)


def find_unit(role: str, where: Where) -> tuple[int, str] | None:
    """Return the unit (id, name) that plays this role at this place, or None.

    Roles: `department:<code>` and `unit:<code>` name one unit; `street`, `community` and `centre` mean the unit of
    that kind that answers for the place.
    """
    kind, _, code = role.partition(":")
    if code:
        unit = accounts.unit_by_code(code)
    elif kind == CENTRE and where.smallest is None:
        unit = home_centre()
    else:
        division = {"community": where.community_id, "street": where.street_id}.get(kind, where.smallest)
        unit = accounts.unit_for(kind=kind, division_id=division) if division else None
    return (unit.id, unit.name) if unit else None


def home_centre() -> accounts.UnitInfo | None:
    """Return the centre that this node was set up for: the first that was opened."""
    return min((unit for unit in accounts.units() if unit.kind == CENTRE), key=lambda unit: unit.id, default=None)


@lru_cache(maxsize=1)
def _read(_revision: int) -> RuleBook:
    current = DutyList.objects.exclude(in_force_from=None).order_by("-in_force_from", "-number").first()
    if current is None:
        return RuleBook({}, {})
    rows = MatterItem.objects.filter(duty_list=current).values(*DUTY_COLUMNS)
    duties = {row["code"]: Duty(**{**row, "co_units": tuple(row["co_units"])}) for row in rows}
    exceptions = AreaDuty.objects.filter(duty_list=current).values_list("matter_code", "division_id", "lead")
    return RuleBook(duties, {(code, division): lead for code, division, lead in exceptions})
