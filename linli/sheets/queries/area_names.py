"""What a form calls an area: of the area that the base keeps as a code, the part that a column asks for."""

from collections.abc import Callable, Mapping
from functools import cache

from linli.regions import api as regions

GRID = "grid"
DIGITS = {"province": 2, "city": 4, "county": 6, "street": 9, "community": 12}  # of a division's code, GB/T 10114-2003
WHOLE = 12


def area_namer(level: str) -> Callable[[str], str]:
    """Return what names the part of an area that lies on a level; without one from the street down.

    "" where the code ends above the level, where the level has no codes (a villagers' group), and for what lies in
    no division that is known here.
    """
    grids = cache(_grids)
    if level == GRID:
        return lambda code: grids().get(code, "")
    if level:
        return lambda code: _division(code, DIGITS.get(level, 0))
    return lambda code: "".join(
        [*(_division(code, DIGITS[one]) for one in ("street", "community")),
         grids().get(code, "") if len(code) > WHOLE else ""]
    ) or _division(code, DIGITS["county"])  # fmt: skip


def _division(code: str, digits: int) -> str:
    """Return the name of the division at so many digits; "" where the code does not reach down to it."""
    begins = code[:digits]
    if not digits or len(begins) < digits or not begins[_above(digits) :].strip("0"):
        return ""
    found = regions.division_by_code(begins)
    return found.name if found else ""


def _above(digits: int) -> int:
    return max((one for one in (0, *DIGITS.values()) if one < digits), default=0)


def _grids() -> Mapping[str, str]:
    return dict(regions.Grid.objects.filter(retired_at=None).values_list("code", "name"))
