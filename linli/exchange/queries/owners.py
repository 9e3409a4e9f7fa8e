"""Who answers for an element, and how long an answer may take."""

import json
from functools import cache
from pathlib import Path

from linli.accounts import api as accounts
from linli.exchange.models import AnswerLimit, Dataset, OwnerUnit
from linli.exchange.rules.terms import COMMUNITY
from linli.regions import api as regions

SHIPPED = Path(__file__).resolve().parents[1] / "sample" / "owners.json"
APPLICATION, FREE, CORRECTION = "application", "application_free", "correction"


def owner_unit(owner: str, *, division_id: int) -> accounts.UnitInfo:
    """Return the unit that answers for the elements of an owner department in an area.

    What a county set comes first. What communities own, the community of the area answers for; a department is known
    by its name (公安: 公安局). Where nobody is found the county centre answers. Raises LookupError without a centre.
    """
    said = OwnerUnit.objects.filter(pk=owner).values_list("unit_id", flat=True).first()
    if said is not None:
        return accounts.unit(said)
    if owner == COMMUNITY and (found := accounts.unit_for(kind="community", division_id=division_id)):
        return found
    area = regions.division(division_id).path
    named = [one for one in accounts.units(kind="department") if owner and one.name.startswith(owner)]
    here = next((one for one in named if one.division_id in area), None)
    centre = here or accounts.unit_for(kind="centre", division_id=division_id)
    if centre is None:
        raise LookupError(owner)
    return centre


def handlers_of(dataset: Dataset) -> list[int]:
    """Return the units that see to it that a data set comes: the owner's of its area, and the data office."""
    office = accounts.unit_for(kind="centre", division_id=dataset.division_id)
    try:
        owner = owner_unit(dataset.source.department, division_id=dataset.division_id)
    except LookupError:
        return []
    return list(dict.fromkeys([owner.id, *([office.id] if office else [])]))


def superior_of(unit: accounts.UnitInfo) -> accounts.UnitInfo | None:
    """Return the unit above: its parent, else the county centre; None for the centre itself."""
    if unit.parent_id:
        return accounts.unit(unit.parent_id)
    centre = accounts.unit_for(kind="centre", division_id=unit.division_id)
    return centre if centre and centre.id != unit.id else None


def days_for(code: str) -> int:
    """Return within how many working days an answer is owed."""
    own = AnswerLimit.objects.filter(pk=code).values_list("days", flat=True).first()
    return int(_shipped()["limits"][code] if own is None else own)


@cache
def _shipped() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return found
