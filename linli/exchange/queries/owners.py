"""Who answers for an element, and how long an answer may take; what a county set holds from a day on."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from linli.accounts import api as accounts
from linli.exchange.models import AnswerLimit, Dataset, History, OwnerUnit
from linli.exchange.rules.terms import COMMUNITY
from linli.regions import api as regions
from linli.registry import api as registry

SHIPPED = Path(__file__).resolve().parents[1] / "sample" / "owners.json"
APPLICATION, FREE, CORRECTION = "application", "application_free", "correction"
LIMITS = (APPLICATION, FREE, CORRECTION)
SET_OWNER, SET_LIMIT = "set_owner", "set_limit"


@dataclass(frozen=True)
class OwnerLine:
    """An owner department of the dictionary, what it owns, and who answers for it.

    `how` the unit was found: set, name, community (each answers for itself), centre (nobody else was found), none.
    `coming` is what was set for a later day.
    """

    owner: str
    unit: accounts.UnitInfo | None
    how: str
    elements: tuple[str, ...]
    datasets: tuple[str, ...]
    coming: tuple[History, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Whether nobody was named for it."""
        return self.how in {"centre", "none"}


@dataclass(frozen=True)
class LimitLine:
    """Within how many working days an answer is owed, and what was set for a later day."""

    code: str
    days: int
    coming: tuple[History, ...] = ()


@dataclass
class _Settings:
    """What was set, read in two queries: rows of the history by subject, and what held before there was one."""

    now: datetime
    rows: dict[UUID, list[History]] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)

    def held(self, step: str, code: str) -> History | None:
        begun = [row for row in self.rows.get(subject_of(step, code), ()) if row.at <= self.now]
        return begun[-1] if begun else None

    def coming(self, step: str, code: str) -> tuple[History, ...]:
        return tuple(row for row in self.rows.get(subject_of(step, code), ()) if row.at > self.now)

    def unit_id(self, owner: str) -> int | None:
        row = self.held(SET_OWNER, owner)
        return row.unit_id if row else self.units.get(owner)

    def days_of(self, code: str) -> int:
        row = self.held(SET_LIMIT, code)
        return int(row.after) if row else self.days.get(code, _shipped()["limits"][code])


def subject_of(step: str, code: str) -> UUID:
    """Return under which subject the history keeps what is set about an owner or a limit. `at` is when it begins."""
    return uuid5(NAMESPACE_URL, f"linli:exchange:{step}:{code}")


def owner_unit(owner: str, *, division_id: int, now: datetime) -> accounts.UnitInfo:
    """Return the unit that answers for the elements of an owner department in an area.

    What a county set comes first. What communities own, the community of the area answers for; a department is known
    by its name (公安: 公安局). Where nobody is found the county centre answers. Raises LookupError without a centre.
    """
    found, _how = _found(owner, _settings(now, SET_OWNER, [owner]), division_id)
    if found is None:
        raise LookupError(owner)
    return found


def handlers_of(dataset: Dataset, *, now: datetime) -> list[int]:
    """Return the units that see to it that a data set comes: the owner's of its area, and the data office."""
    office = accounts.unit_for(kind="centre", division_id=dataset.division_id)
    try:
        owner = owner_unit(dataset.source.department, division_id=dataset.division_id, now=now)
    except LookupError:
        return []
    return list(dict.fromkeys([owner.id, *([office.id] if office else [])]))


def superior_of(unit: accounts.UnitInfo) -> accounts.UnitInfo | None:
    """Return the unit above: its parent, else the county centre; None for the centre itself."""
    if unit.parent_id:
        return accounts.unit(unit.parent_id)
    centre = accounts.unit_for(kind="centre", division_id=unit.division_id)
    return centre if centre and centre.id != unit.id else None


def days_for(code: str, *, now: datetime) -> int:
    """Return within how many working days an answer is owed."""
    return _settings(now, SET_LIMIT, [code]).days_of(code)


def limit_lines(*, now: datetime) -> list[LimitLine]:
    """Return the limits of answers."""
    said = _settings(now, SET_LIMIT, LIMITS)
    return [LimitLine(code, said.days_of(code), said.coming(SET_LIMIT, code)) for code in LIMITS]


def owner_lines(*, division_id: int, now: datetime) -> list[OwnerLine]:
    """Return every owner that the dictionary names, as it is answered for in an area, gaps first."""
    owned: dict[str, tuple[list[str], list[str]]] = {}
    for one in registry.all_elements():
        owned.setdefault(one.owner, ([], []))[0].append(one.label)
    for name, department in Dataset.objects.order_by("name").values_list("name", "source__department"):
        owned.setdefault(department, ([], []))[1].append(name)
    said = _settings(now, SET_OWNER, owned)
    lines = [
        OwnerLine(owner, *_answering(owner, said, division_id), tuple(dict.fromkeys(elements)), tuple(datasets),
                  said.coming(SET_OWNER, owner))
        for owner, (elements, datasets) in owned.items()
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (not line.is_gap, line.owner))


def owners_set(*, now: datetime) -> dict[str, int]:
    """Return the units that were set, by owner."""
    rows = History.objects.filter(step=SET_OWNER).values_list("words", flat=True).distinct()
    said = _settings(now, SET_OWNER, {*rows, *OwnerUnit.objects.values_list("owner", flat=True)})
    known = {owner: said.unit_id(owner) for owner in sorted({*said.units, *rows})}
    return {owner: unit for owner, unit in known.items() if unit is not None}


def _answering(owner: str, said: _Settings, division_id: int) -> tuple[accounts.UnitInfo | None, str]:
    """Return who answers, and how it was found; of what communities own, nobody in particular."""
    if owner == COMMUNITY and said.unit_id(owner) is None:
        return None, "community"
    return _found(owner, said, division_id)


def _found(owner: str, said: _Settings, division_id: int) -> tuple[accounts.UnitInfo | None, str]:
    unit_id = said.unit_id(owner)
    if unit_id is not None:
        return accounts.unit(unit_id), "set"
    if owner == COMMUNITY and (found := accounts.unit_for(kind="community", division_id=division_id)):
        return found, "community"
    area = regions.division(division_id).path
    named = [one for one in accounts.units(kind="department") if owner and one.name.startswith(owner)]
    if here := next((one for one in named if one.division_id in area), None):
        return here, "name"
    centre = accounts.unit_for(kind="centre", division_id=division_id)
    return centre, "centre" if centre else "none"


def _settings(now: datetime, step: str, codes: Iterable[str]) -> _Settings:
    codes = list(codes)
    found = _Settings(now)
    rows = History.objects.filter(subject_id__in=[subject_of(step, code) for code in codes]).select_related("unit")
    for row in rows.order_by("at", "id"):
        found.rows.setdefault(row.subject_id, []).append(row)
    if step == SET_OWNER:
        found.units = dict(OwnerUnit.objects.filter(pk__in=codes).values_list("owner", "unit_id"))
    else:
        found.days = dict(AnswerLimit.objects.filter(pk__in=codes).values_list("code", "days"))
    return found


@cache
def _shipped() -> Mapping[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return found
