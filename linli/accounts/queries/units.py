"""The units of the county, in memory: read on every dispatch, changed a few times a year."""

from dataclasses import dataclass

from linli.accounts.models import Unit
from linli.accounts.rules.refusals import UnknownUnitError
from linli.kernel import api as kernel
from linli.regions import api as regions

REVISION = "units"


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """One unit 单位 as others see it. `division_id` is the area it answers for."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    division_id: int
    phone: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class _Units:
    revision: int
    by_id: dict[int, UnitInfo]
    by_code: dict[str, UnitInfo]
    by_place: dict[tuple[str, int], UnitInfo]


def unit(unit_id: int) -> UnitInfo:
    """Return a unit, closed ones too. Raises UnknownUnitError."""
    found = _units().by_id.get(unit_id)
    if found is None:
        raise UnknownUnitError
    return found


def unit_by_code(code: str) -> UnitInfo | None:
    """Return the unit with this code, closed ones too."""
    return _units().by_code.get(code)


def unit_for(*, kind: str, division_id: int) -> UnitInfo | None:
    """Return the open unit of that kind that answers for the area, else for its nearest ancestor.

    Where several units of one kind answer for one area (departments of a county), the first by code is returned.
    """
    places = _units().by_place
    for place in reversed(regions.division(division_id).path):
        if found := places.get((kind, place)):
            return found
    return None


def units(*, kind: str | None = None) -> list[UnitInfo]:
    """Return the open units by code, all or of one kind."""
    return [info for info in _units().by_code.values() if info.is_open and kind in (None, info.kind)]


_loaded: _Units | None = None


def _units() -> _Units:
    global _loaded  # noqa: PLW0603  one index per process; the assignment is atomic and the value is never changed
    revision = kernel.revision(REVISION)
    if _loaded is None or _loaded.revision != revision:
        _loaded = _load(revision)
    return _loaded


def _load(revision: int) -> _Units:
    infos = [_info(row) for row in Unit.objects.order_by("code")]
    by_place = {(info.kind, info.division_id): info for info in reversed(infos) if info.is_open}
    return _Units(
        revision=revision,
        by_id={info.id: info for info in infos},
        by_code={info.code: info for info in infos},
        by_place=by_place,
    )


def _info(row: Unit) -> UnitInfo:
    return UnitInfo(
        id=row.pk,
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent_id=row.parent_id,
        division_id=row.division_id,
        phone=row.phone,
        is_open=row.closed_at is None,
    )
