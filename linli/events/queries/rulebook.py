"""The standards in force, in memory: matters, area duties and dispatch rules, and the units that roles name."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from linli.accounts import api as accounts
from linli.events.models import AreaDuty, DispatchRule, DutyList, Enforcement, MatterItem
from linli.events.queries.precedents import precedent_for
from linli.events.rules.dispatch import BELOW, CENTRE, DEPARTMENT, Assignment, Duty, Where, assign
from linli.events.rules.routing import Rule, Said, firing, made
from linli.kernel import api as kernel
from linli.regions import api as regions

DUTY_COLUMNS = [field.name for field in fields(Duty)]
COUNTY_LEVEL, CITY = 3, "city"


@dataclass(frozen=True)
class RuleBook:
    """One version: its matters by code, its area duties by (matter code, division id), its rules in order."""

    duties: Mapping[str, Duty]
    exceptions: Mapping[tuple[str, int], str]
    rules: Sequence[Rule] = ()
    version_id: int | None = None

    def assign(self, duty: Duty | None, where: Where, said: Said) -> Assignment:
        """Return who owns an event of this matter at this place, and why."""
        fired = firing(self.rules, duty, where, said) if self.rules else None
        return assign(
            duty, where, find=find_unit, exceptions=self.exceptions, firing=fired, standing=standing_of_unit,
            decided=_decided(duty, where),
        )  # fmt: skip


NOTHING = RuleBook({}, {})


def rule_book(now: datetime | None = None) -> RuleBook:
    """Return the standards in force at `now`, else at the present moment; read again when they change.

    A version whose day has come takes over at that very moment, without a restart and without a job.
    """
    revision = kernel.revision("duty")
    begins, versions = _schedule(revision)
    at = bisect_right(begins, now or kernel.now())
    return _read(versions[at - 1], revision) if at else NOTHING


def book_of(duty_list: DutyList) -> RuleBook:
    """Return the standards of one version, drafts too; never from memory."""
    return _load(duty_list.pk)


def matters_in_force() -> list[Duty]:
    """Return the matters of the duty list in force, by code."""
    return sorted(rule_book().duties.values(), key=lambda duty: duty.code)


def said_of(*, text: str, channel: str, at: datetime) -> Said:
    """Return what rules ask about a report; the hour is that of the local clock."""
    return Said(text, channel, timezone.localtime(at).hour)


def find_unit(role: str, where: Where) -> tuple[int, str] | None:
    """Return the open unit (id, name) that plays this role at this place, or None.

    Roles: `department:<code>` and `unit:<code>` name one unit; `street`, `community` and `centre` mean the unit of
    that kind that answers for the place, `city` the centre above the county.
    """
    kind, _, code = role.partition(":")
    if code:
        unit = accounts.unit_by_code(code)
        unit = unit if unit and unit.is_open else None
    elif kind == CITY:
        unit = _centre_above(where.county_id or home_county())
    elif kind == CENTRE and where.smallest is None:
        unit = home_centre()
    else:
        division = {"community": where.community_id, "street": where.street_id}.get(kind, where.smallest)
        unit = accounts.unit_for(kind=kind, division_id=division) if division else None
    return (unit.id, unit.name) if unit else None


def home_centre() -> accounts.UnitInfo | None:
    """Return the centre that this node was set up for: the first that was opened."""
    return min((unit for unit in accounts.units() if unit.kind == CENTRE), key=lambda unit: unit.id, default=None)


def home_county() -> int | None:
    """Return the division that the centre of this node answers for."""
    centre = home_centre()
    return centre.division_id if centre else None


def standing_of_unit(unit_id: int) -> str:
    """Return whether a unit is the centre, of the departments, or below them (streets and communities)."""
    unit = accounts.unit(unit_id)
    if unit.kind == CENTRE:
        return CENTRE
    of_county = regions.division(unit.division_id).level <= COUNTY_LEVEL
    return DEPARTMENT if of_county and unit.kind in {DEPARTMENT, "team"} else BELOW


def _centre_above(county_id: int | None) -> accounts.UnitInfo | None:
    """Return the centre of the city to which a county belongs."""
    above = regions.division(county_id).path[:-1] if county_id else []
    return accounts.unit_for(kind=CENTRE, division_id=above[-1]) if above else None


def _decided(duty: Duty | None, where: Where) -> tuple[int, str] | None:
    """Return the unit that a precedent names for this matter at this place."""
    unit = precedent_for(duty.code, where) if duty else None
    return (unit, accounts.unit(unit).name) if unit else None


@lru_cache(maxsize=1)
def _schedule(_revision: int) -> tuple[list[datetime], list[int]]:
    """Return when versions begin, in order, and which; of two that begin together the one decided later holds."""
    kept = Enforcement.objects.filter(cancelled_at=None).order_by("begins_at", "id")
    rows = list(kept.values_list("begins_at", "duty_list_id"))
    return [begins for begins, _version in rows], [version for _begins, version in rows]


@lru_cache(maxsize=4)
def _read(version_id: int, _revision: int) -> RuleBook:
    return _load(version_id)


def _load(version_id: int) -> RuleBook:
    rows = MatterItem.objects.filter(duty_list_id=version_id).order_by("place", "id").values(*DUTY_COLUMNS)
    duties = {row["code"]: Duty(**{**row, **_tuples(row)}) for row in rows}
    exceptions = AreaDuty.objects.filter(duty_list_id=version_id).values_list("matter_code", "division_id", "lead")
    rules = DispatchRule.objects.filter(duty_list_id=version_id).values_list("name", "target", "conditions")
    return RuleBook(
        duties,
        {(code, division): lead for code, division, lead in exceptions},
        tuple(made(*rule) for rule in rules),
        version_id,
    )


def _tuples(row: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(row[name]) for name in ("co_units", "class_path")}
